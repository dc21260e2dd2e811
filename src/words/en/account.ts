import type { AccountWords } from '../account-words.ts'
import { count, measures } from './measures.ts'

export const account: AccountWords = {
  title: 'Service accounts',
  lead: 'Every integration books as a user of the accounting package. Here you see who they are, who is still free and what they cost.',
  none: 'There are no service accounts yet. Add the users that were made for integrations alone; who signs in through a connect link is added by itself.',
  noneFound: 'No service account matches this filter.',
  showAll: 'Show all service accounts',
  add: {
    title: 'Add a service account',
    text: 'This notes which user there is in the accounting package. Nothing is made or changed over there.',
    action: 'Add this service account',
  },
  several: {
    title: 'Add several service accounts',
    text: most =>
      `All are added, or none: if one line is wrong, you are told which, and nothing changes. At most ${most} lines.`,
    lines: 'Usernames and e-mail addresses',
    linesHint:
      'One on each line: till1; till1@shop.example. A comma or a tab will do too, so you can paste from a spreadsheet.',
    wrong: amount => `${count(amount, 'line is', 'lines are')} wrong; beside the list it says what is the matter.`,
    nothingMade: 'Nothing was added. This is not right yet:',
    action: 'Add all lines',
  },
  change: {
    title: 'Change',
    text: 'This changes what Zetel knows of the user. Nothing changes in the accounting package.',
    action: 'Save the change',
    meanwhile:
      'Above you see how it is now; below is still what you typed. If you save that, it takes the place of what is there now.',
  },
  filter: {
    label: 'Filter',
    seat: 'Seat',
    seats: { free: 'free', seated: 'on an integration' },
    all: 'all',
    search: 'Search by username or e-mail address',
    action: 'Filter',
  },
  fields: {
    username: 'Username',
    usernameHint: 'As the user is called in the accounting package',
    email: 'E-mail address',
    emailHint: 'Preferably one that nobody else uses',
    provider: 'Accounting package',
    kind: 'Kind of user',
    roles: 'Roles',
    rolesHint: 'May stay empty; one on each line',
    administrations: 'Administrations',
    administrationsHint: 'The numbers that this user should reach; empty if you do not know. One on each line.',
    administrationsKnown: some => `Known for this customer: ${some}.`,
    price: 'Its own price a month, in euros',
    priceHint: 'Such as 25 or 25.00. Empty: what users of this kind cost holds for it.',
    providerUser: 'Id in the package',
    since: 'Known since',
  },
  seat: 'Seat',
  free: 'free',
  andMore: amount => `and ${measures.number(amount)} more`,
  perMonth: 'A month',
  ownPrice: 'its own price',
  kindPrice: 'the price of this kind of user',
  noPrice: 'not known',
  toPrices: 'Set what users of this kind cost',
  sharedEmail: 'shared address',
  sharedEmailWith: username => `with ${username}`,
  sharedEmailText: username =>
    `${username} has this e-mail address too. With an address of its own, the password of each user can be reset apart.`,
  clientUser: {
    mark: "attention: client user ('clientgebruiker (MijnKantoor)')",
    text: 'Advised against: its rights are very limited, and it is not fully API-compatible.',
    title: 'Client user: two remedies',
    more: 'See the remedies',
    where: 'This is where you find it in the package:',
  },
  history: {
    title: 'On which seats',
    none: 'This user has not been on any integration yet.',
    when: 'When',
    what: 'What',
    where: 'Integration',
    actions: {
      'connection.active': 'took the seat',
      'connection.ended': 'left the seat',
      'connection.transferred': 'moved',
    },
  },
}
