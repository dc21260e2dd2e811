import type { ActionWords, EditWords } from '../connection-words.ts'
import { count } from './measures.ts'

export const connectionActions: ActionWords = {
  title: 'What you can do',
  probe: {
    title: 'Check the rights',
    text: 'Zetel asks the accounting package now which rights and administrations there are. What waited for them and may go now, goes at once.',
    action: 'Check now',
  },
  connect: {
    title: 'Connect',
    again: 'Connect again',
    text: 'You get a link that works once, for seven days. Send it to whoever has to sign in. Until then nothing changes.',
    who: username =>
      username === null
        ? 'Whoever signs in has to be a user that belongs to no other integration yet.'
        : `Only '${username}' can connect with this link.`,
    action: 'Make a connect link',
    otherUser: 'Rather another user? Follow the steps',
    made: 'The connect link',
    madeText: until => `This link stands here once and works until ${until}. Keep it now, or send it at once.`,
    back: 'Back to the integration',
  },
  transfer: {
    title: 'Move the user',
    text: username =>
      `'${username}' moves with its access to an integration where nobody sits yet. This seat is empty afterwards; what is in its queue is held.`,
    to: 'To which integration',
    choose: 'Choose an integration',
    option: (label, administration) => `${label}, administration ${administration}`,
    action: 'Move the user',
    nowhere: 'There is no other integration with an empty seat at the same provider app.',
  },
  disconnect: {
    title: 'Disconnect',
    text: 'The seat becomes free and Zetel can book nothing here any more. The next page says what will happen.',
    open: 'Disconnect',
    heading: label => `Disconnect ${label}`,
    happens: queued => [
      'The access is thrown away and the seat is free. Zetel asks the accounting package nothing more.',
      queued === 0
        ? 'Nothing is in the queue now. What still comes in is held until someone is connected again.'
        : `${count(queued, 'booking', 'bookings')} in the queue ${queued === 1 ? 'is' : 'are'} held until someone is connected again.`,
      'The service account stays, and may sit on another integration.',
      'This cannot be undone: whoever wants to connect again signs in anew.',
    ],
    action: 'End the connection',
  },
  end: {
    title: 'End the integration',
    text: 'The integration leaves all lists and never books again. The next page says what will happen.',
    open: 'End',
    heading: label => `End ${label}`,
    happens: [
      'The integration leaves all lists, and nothing can be sent in to it any more.',
      'The bookings and the audit log are kept.',
      'This cannot be undone: to connect again later, make a new integration.',
    ],
    action: 'End the integration',
    seated: 'A user still sits on this integration. Disconnect it first, and end it then.',
    toDisconnect: 'Go to disconnecting',
    waiting: 'See what waits',
  },
  confirm: {
    whatHappens: 'What will happen',
    label: label => `Type the name of the integration: ${label}`,
    mismatch: 'This is not the name of this integration.',
  },
}

export const integrationEdit: EditWords = {
  title: 'Change the integration',
  heading: label => `Change ${label}`,
  text: 'Its name, its source, what it books and how. The administration and the provider app are fixed.',
  open: 'Change',
  label: 'Name of the integration',
  source: 'Source',
  sourceKind: 'Kind of source',
  sourceProvider: 'System',
  sourceRef: 'Reference',
  sourceRefHint: 'What the source is called itself, such as a web address or the number of a till',
  books: 'What this integration books',
  booksHint: 'Zetel checks the rights that this needs.',
  strict: 'Strict',
  strictHint: 'Hold what is not certain to be allowed, instead of trying it.',
  bookkeeping: 'Bookkeeping',
  bookkeepingText:
    'Only needed when the source sends documents instead of finished bookings. Leave all of it empty otherwise.',
  journal: 'Journal',
  defaultCustomer: 'Customer when none is named',
  defaultCustomerHint: 'As the accounting package knows it; a GUID with Exact Online',
  lines: 'Lines for each kind of VAT',
  linesText: 'Each category and rate of VAT gets an account and a code. An empty line does not count.',
  line: number => `Line ${number}`,
  vatCategory: 'VAT category',
  vatCategoryHint: 'S, Z, E, AE or another code of UNCL5305',
  vatRate: 'Rate',
  glAccount: 'Ledger account',
  vatCode: 'VAT code',
  save: 'Save',
}
