import { ACCESS_SCREEN, USERS_SCREEN } from '../../providers/exact-online/screens.ts'
import type { PageWords } from '../page-words.ts'
import { refused } from './refused.ts'

const newUser = `Is there no such user yet? Make it under ${USERS_SCREEN}, as an office user ('kantoorgebruiker'), and give it access under ${ACCESS_SCREEN}.`

export const pages: PageWords = {
  otherLanguage: 'In het Nederlands',
  connect: {
    title: (integration, provider) => `Connect ${integration} to ${provider}`,
    facts: {
      tenant: 'Customer',
      integration: 'Integration',
      provider: 'Accounting package',
      administration: 'Administration',
    },
    whoSignsIn: 'Who has to sign in',
    onlyThisUser: username => `Sign in as '${username}'. With another user the connection will not be made.`,
    anUnusedUser: `Sign in with a user that is for this integration only. ${newUser}`,
    aDifferentUser:
      'Every integration needs a user of its own: a different one from the other integrations, not used for anything yet. With a user that is already connected, nothing will be connected.',
    notTheseUsers: 'Do not sign in with these users, because they belong to another integration:',
    whatIsAsked: 'What will be asked',
    consent: (provider, administration) =>
      `${provider} asks whether the app may book and read on behalf of this user, in administration ${administration}.`,
    reach: {
      published: administration =>
        `Does Exact Online ask which administrations it is about? Then choose at least ${administration}. With many rights that choice is at the bottom: scroll to the end.`,
      self_registered: () =>
        'This is a self-registered app: there is no choice of administrations. The app reaches everything that this user reaches.',
    },
    bookings: 'This integration books:',
    whatHappens: provider =>
      `You now go to ${provider} to sign in and give consent. Then you come back here. Zetel does not see your password.`,
    start: provider => `Sign in to ${provider}`,
  },
  connected: {
    title: integration => `${integration} is connected`,
    lead: (username, provider) => `Connected as user '${username}' of ${provider}.`,
    verdicts: {
      allowed: administration => `All is well: this user has every right in administration ${administration}.`,
      denied: administration =>
        `Something is still needed: rights are missing in administration ${administration}. Bookings that need them are held, and go on by themselves as soon as the right is there.`,
      unknown: administration =>
        `The rights in administration ${administration} are not all known yet. Zetel asks for them again by itself.`,
    },
    access: administration => `Access to administration ${administration} ('toegang')`,
    rights: administration => `Rights in administration ${administration} ('rechten')`,
    checks: { fine: 'in order', missing: 'missing', unknown: 'unknown' },
    whatIsMissing: 'What is missing',
    whatIsUnknown: 'What is not certain yet',
    warnings: 'Good to know',
    howToMend: 'How to mend it',
    checkAgain: 'Check the rights again',
    done: 'Done',
  },
  refused,
  toStart: 'To the start page',
  tryAgain: 'Try again',
  code: 'Code',
}
