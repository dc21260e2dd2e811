import { USERS_SCREEN } from '../../providers/exact-online/screens.ts'
import type { RefusalWords } from '../page-words.ts'
import { states } from './states.ts'

const NEW_LINK = 'Ask whoever sent you the link for a new connect link.'

export const refused: RefusalWords = {
  user_already_seated: (_, other) => ({
    title: 'This user belongs to another integration',
    happened:
      other === null
        ? 'Nothing new was connected. The older connection goes on working.'
        : `This user sits on the integration '${other}'. Nothing new was connected, and '${other}' goes on working.`,
    next: `Every integration needs a user of its own. Sign in again with another user, not used for anything yet. Is there none? Make a new office user ('kantoorgebruiker') under ${USERS_SCREEN}.`,
    action: 'Try again with another user',
  }),
  wrong_user: ({ expected, signedIn }) => ({
    title: 'This is another user',
    happened: `You signed in as '${signedIn}', and this integration asks for '${expected}'. Nothing was connected.`,
    next: `Sign in again, as '${expected}'. If your browser fills in another user by itself, open the link in a private window.`,
    action: `Sign in as ${expected}`,
  }),
  consent_declined: ({ words }) => ({
    title: 'No consent was given',
    happened: `Nothing was connected and nothing has changed.${states.providerSaid(words)}`,
    next: 'If you want to connect after all, start again and give consent.',
    action: 'Start again',
  }),
  link_expired: () => ({
    title: 'This connect link has expired',
    happened: 'A connect link works for a limited time. Nothing was connected.',
    next: NEW_LINK,
    action: 'Open a new link',
  }),
  link_used: () => ({
    title: 'This connect link has been used',
    happened: 'A connect link works once, and this one has been used to connect. That connection goes on working.',
    next: `Do you want to connect again? ${NEW_LINK}`,
    action: 'Open a new link',
  }),
  state_invalid: () => ({
    title: 'We do not recognise this sign-in',
    happened: 'The sign-in was not started in this browser, or took too long. Nothing was connected.',
    next: 'Open the connect link again, and finish signing in in the same browser.',
    action: 'Start again',
  }),
  state_used: () => ({
    title: 'This sign-in has been handled',
    happened: 'This page was opened a second time. The first time counts; nothing was connected twice.',
    next: 'If you want to sign in once more, open the connect link again.',
    action: 'Start again',
  }),
  identity_unreadable: () => ({
    title: 'Almost done',
    happened: 'The sign-in worked, but the accounting package has not yet said who signed in.',
    next: 'Zetel tries again by itself. You need not do anything; look in a minute whether it worked.',
    action: 'See whether it worked',
  }),
  consent_overtaken: () => ({
    title: 'Somebody has signed in again meanwhile',
    happened:
      'The same user signed in once more at the same moment, or consent was withdrawn at once. Nothing was connected.',
    next: 'See whether somebody else has just made the connection. If not, sign in again.',
    action: 'Sign in again',
  }),
  provider_unreachable: () => ({
    title: 'The accounting package does not answer',
    happened: 'The sign-in could not be finished. Nothing was connected.',
    next: 'Wait a few minutes and then start again.',
    action: 'Start again',
  }),
  code_refused: ({ words }) => ({
    title: 'The sign-in was not completed',
    happened: `The accounting package did not take the sign-in code; it is good for a few minutes only. Nothing was connected.${states.providerSaid(words)}`,
    next: 'Start again, and finish signing in in one go.',
    action: 'Start again',
  }),
  provider_app_refused: ({ words }) => ({
    title: 'The accounting package refuses our app',
    happened: `This is not your doing: it is about the registration of the app. Nothing was connected.${states.providerSaid(words)}`,
    next: 'Tell whoever sent you the link. Start again once it is mended.',
    action: 'Start again',
  }),
}
