import type { PeopleFailures, Said } from '../problem-words.ts'
import { quotable } from '../quotable.ts'
import { site } from './site.ts'

const said = (title: string, detail: string): Said => ({ title, detail })

const issuerSaid = (words: string): string => {
  const quoted = quotable(words)
  return quoted === null ? '' : ` The sign-in service said: “${quoted}”`
}

export const peopleFailures: PeopleFailures = {
  sign_in_over: () =>
    said(
      'This sign-in is over',
      'It has been used already, took too long, or began in another browser. Start signing in again.',
    ),
  sign_in_declined: ({ words }) =>
    said('Not signed in', `Signing in was broken off. Start again if you do want to sign in.${issuerSaid(words)}`),
  sign_in_refused: ({ words }) =>
    said(
      'Signing in failed',
      `The answer of the sign-in service is not right, so nobody is signed in. Start again; if it keeps failing, ask Zetel's operator.${issuerSaid(words)}`,
    ),
  issuer_unreachable: (_, wait) =>
    said('Sign-in service out of reach', `The sign-in service does not answer now. Try again ${wait}.`),
  no_issuer: () =>
    said(
      'Signing in is not set up',
      "This Zetel has no sign-in service. Zetel's operator sets one up with ZETEL_ISSUER.",
    ),
  invitation_over: () =>
    said(
      'This invitation no longer works',
      'It has been used, withdrawn, or has expired. Ask whoever sent you the link for a new one.',
    ),
  role_missing: ({ role }) =>
    said(
      'You may not do this',
      `It takes the role of ${site.roles[role]}. Ask someone who has it, or ask for that role.`,
    ),
  form_outdated: () =>
    said(
      'This page was too old',
      'The form does not belong to your present session, so nothing has changed. Go back, reload the page and try again.',
    ),
  last_admin: () =>
    said(
      'The last administrator stays',
      'Without an administrator nobody can manage this customer. Make someone else administrator first.',
    ),
}
