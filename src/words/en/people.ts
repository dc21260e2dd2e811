import type { PeopleWords } from '../people-words.ts'
import { count } from './measures.ts'
import { site } from './site.ts'

export const people: PeopleWords = {
  signIn: {
    title: 'Sign in',
    text: "Sign in with your organisation's account. Zetel does not see your password.",
    action: 'Sign in',
    connectLink: 'Did you get a connect link? Open it; there is no need to sign in to Zetel for that.',
    left: 'You are signed out.',
  },
  invitation: {
    title: where => `Invitation to ${where}`,
    text: (where, role) => `You become a member of ${where}, as ${site.roles[role]}. ${site.roleTexts[role]}`,
    action: 'Sign in and become a member',
    ofOperator: "Zetel's team",
  },
  nothingYet: {
    title: 'You have no access yet',
    text: name => `You are signed in as ${name}, but you are not a member of anything yet.`,
    next: 'Ask an administrator of your organisation for an invitation, and open the link you get.',
  },
  account: {
    title: 'Your account',
    name: 'Name',
    email: 'E-mail address',
    memberOf: 'Member of',
    sessions: amount => `You are signed in with ${count(amount, 'browser', 'browsers')}.`,
    everywhere: 'Sign out everywhere',
    everywhereText: 'This ends every session of yours, this one too. You then sign in again.',
    zone: 'Time zone',
    zoneText: zone => `Times are in the zone ${zone}.`,
    zoneAction: 'Save the time zone',
  },
  members: {
    title: 'Members',
    lead: 'Who may look, and who may change things.',
    name: 'Name',
    email: 'E-mail address',
    role: 'Role',
    since: 'Member since',
    change: 'Save the role',
    remove: 'Remove',
    removeText: name => `${name} can no longer get in from that moment on.`,
    you: 'you',
    invite: 'Invite someone',
    inviteText: 'You get a link that works once, for seven days. Send it yourself to whom you invite.',
    label: 'For whom',
    labelHint: 'For yourself only, to know whom the link is for',
    makeLink: 'Make an invitation',
    linkTitle: 'The invitation',
    linkText: 'This link stands here once. Whoever opens it and signs in is a member.',
    open: 'Invitations not used yet',
    openNone: 'There are no open invitations.',
    expires: when => `good until ${when}`,
    withdraw: 'Withdraw',
  },
}
