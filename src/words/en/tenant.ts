import type { TenantWords } from '../tenant-words.ts'
import { count } from './measures.ts'

export const tenant: TenantWords = {
  title: 'Who backs what',
  integrations: amount => count(amount, 'integration', 'integrations'),
  first: 'This first',
  free: amount => `${count(amount, 'free user', 'free users')}.`,
  cost: (money, without) =>
    without === 0
      ? `The users that are needed cost ${money} a month together.`
      : `The users that are needed cost at least ${money} a month together; the price of ${without} is not known yet.`,
  newIntegration: 'New integration',
  unfinished: amount => `Finish ${count(amount, 'new integration', 'new integrations')}`,
  empty: {
    admin:
      'There is no integration yet. Start with a new integration: Zetel asks what you connect, which user that takes and which rights that user gets.',
    viewer: 'There is no integration yet. An administrator of this customer can make one.',
  },
  noMore: 'No integrations come after this.',
  picture: 'Picture of who sits where. The table after it says the same.',
  table: 'Integrations with their seat and user',
  columns: { source: 'Source', state: 'State', seat: 'Seat', account: 'Service account', ways: 'Go on' },
  seat: { taken: 'taken', empty: 'empty' },
  short: '1 user short',
  make: name => (name === null ? 'make a user of its own' : `make '${name}@…'`),
  steps: 'Steps',
  fits: 'free, fits this seat',
  cautions: { client_user: 'beware: client user', administration_unproven: 'beware: access not certain' },
  unseated: {
    title: 'On no seat',
    spare: 'free, not needed now',
    noAccess: administrations => `no access to ${administrations}`,
    elsewhere: 'sits on another seat already',
    more: amount => `${count(amount, 'more user', 'more users')} on no seat`,
  },
}
