import type { LineWords } from '../account-words.ts'

export const accountLines: LineWords = {
  no_username: () => 'the username is missing.',
  no_email: () => 'the e-mail address is missing.',
  too_many_parts: () => 'there is more here than a username and an e-mail address.',
  not_a_username: () => 'this username is longer than 200 characters, or holds some that cannot be shown.',
  not_an_email: ({ text }) => `“${text}” is not an e-mail address.`,
  twice: ({ username, first }) => `“${username}” stands on line ${first} too.`,
  exists: ({ username }) => `this customer has “${username}” already.`,
}
