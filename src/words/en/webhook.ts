import type { WebhookWords } from '../webhook-words.ts'

export const webhook: WebhookWords = {
  title: 'Webhooks',
  lead: 'Zetel sends a message to a system of your own as soon as something changes.',
  receiving:
    'Every message is signed as Standard Webhooks says: check that with a library. A message may come more than once, always with the same webhook-id, and the order is not fixed. It holds ids and references, and no personal data.',
  none: 'There is no webhook yet. Add below the address at which your system receives messages.',
  address: 'Address',
  addressHint: 'Begins with https:// and can be reached from the internet',
  asked: 'Events',
  askedHint: 'Choose nothing to hear of everything, including what is added later',
  all: 'everything',
  state: 'State',
  states: {
    nothing_yet: 'nothing sent yet',
    receives: 'receives',
    trying: 'is tried again',
    given_up: 'given up',
    disabled: 'is off',
  },
  last: 'Last message',
  answered: status => `answered ${status}`,
  noAnswer: 'no answer',
  add: 'Add the webhook',
  addText:
    'From then on every event you chose goes to this address. What has already happened is not sent. You get the secret with which you check the signature.',
  madeTitle: "The webhook's secret",
  madeText: 'Put this secret into your system. It stands here once; afterwards Zetel cannot show it either.',
  remove: 'Remove',
  removeText: host =>
    `Nothing goes to ${host} any more, not even what is still on its way, and the list of messages disappears.`,
  events: {
    'connection.active': {
      name: 'connection works',
      text: 'Someone has signed in, or a faltering connection works again.',
    },
    'connection.degraded': {
      name: 'connection falters',
      text: 'The accounting package gives no access now; Zetel tries again by itself.',
    },
    'connection.reconnect_required': {
      name: 'connect again',
      text: 'Someone has to sign in again; nothing is booked until then.',
    },
    'connection.ended': {
      name: 'connection ended',
      text: 'The seat is free; what was queued is held.',
    },
    'connection.adopted': {
      name: 'user signed in elsewhere',
      text: 'The user of this integration signed in for another one; the new access was taken over here.',
    },
    'rights.lost': { name: 'right lost', text: 'A right that bookings need is no longer there.' },
    'rights.restored': { name: 'right restored', text: 'All rights that bookings need are there again.' },
    'transaction.held': { name: 'booking held', text: 'A booking waits for a right or for a connection.' },
    'transaction.released': {
      name: 'booking released',
      text: 'Nothing stands in the way of the booking any more; it goes by itself.',
    },
    'transaction.delivered': { name: 'booking delivered', text: 'The booking is in the accounting package.' },
    'transaction.uncertain': {
      name: 'booking uncertain',
      text: 'The answer was lost; Zetel looks the booking up, or asks you.',
    },
    'transaction.failed': { name: 'booking failed', text: 'The accounting package rejects what the booking holds.' },
  },
  since: 'Added',
  disabled: when =>
    `This webhook is off: on ${when} your system answered 410, which means that it wants to receive nothing any more. Remove it and add it again if it should after all.`,
  told: 'Messages',
  toldText:
    'Only an answer from 200 to 299 counts as arrived. Zetel tries every message ten times, over a good three days, and then gives up.',
  toldNone: 'Nothing has happened yet that this webhook hears of. The first message will stand here by itself.',
  event: 'Event',
  happened: 'Happened',
  attempts: 'Attempts',
  deliveries: {
    due: 'on its way',
    retrying: 'is tried again',
    delivered: 'arrived',
    given_up: 'given up',
  },
  next: when => `from ${when} on`,
  replay: 'Send again',
  replayText:
    'Sending again is done within a minute, with the same webhook-id; what has already arrived then comes once more.',
  faults: {
    unreadable: 'This is no address that Zetel can read. Write it as https://name/path.',
    not_https: 'This address has to begin with https://.',
    port: 'This address may not have a port number: messages go to port 443 only.',
    userinfo: 'Take user and password out of the address: the signature proves that the message is from Zetel.',
    ip_address: 'Give a name instead of an IP address.',
    not_public: 'This name exists inside a network of its own only. Give a name that can be reached from the internet.',
    trailing_dot: 'Take away the dot at the end of the name.',
    own: 'This is the address of Zetel itself. Give the address of a system of your own.',
  },
}
