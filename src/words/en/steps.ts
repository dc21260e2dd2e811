import type { StepWords } from '../right-words.ts'

/** `null`: the one that the integration books into. */
const named = (administration: string | null): string =>
  administration === null ? 'this administration' : `administration ${administration}`

export const steps: StepWords = {
  connectAgain: user => `Open a new connect link and let ${user} sign in.`,
  connectUnused: 'Open a connect link and let a user sign in that belongs to no other integration yet.',
  unblock: (user, screen) => `Open ${screen} and make ${user} active again; mind the end date too.`,
  setAccess: ({ user, administration }, screen) =>
    `Access: open ${screen} and switch on administration ${administration} for ${user}.`,
  setRights: ({ user, right, administration }, screen) =>
    `Rights: in administration ${administration}, go to ${screen} and give ${user} the right to ${right}.`,
  newOfficeUser: (administration, screen) =>
    `Remedy 1: make a new office user ('kantoorgebruiker', ${screen}) and limit its access to only ${named(administration)}.`,
  existingOfficeUser: administration =>
    `Remedy 2: use an existing office user ('kantoorgebruiker') with access to ${named(administration)} that belongs to no other integration yet.`,
  accountancyLicence: (administration, screen, sure) =>
    `${sure ? 'This is an accountancy licence, so' : 'If it is an accountancy licence,'} that office user also has to be given access to ${named(administration)} of the client: open ${screen} and switch it on.`,
  registerScope: right => `Add to the app registration with Exact Online the scope that belongs to '${right}'.`,
  approveScope:
    'Wait until Exact has approved the change; until then the old registration holds. Then check the rights again.',
  renewLicence: 'Let the owner of the licence ask Exact why it is blocked or has expired.',
  checkModule: ({ right, administration }) =>
    `Find out whether the licence of administration ${administration} has the module that '${right}' belongs to.`,
  openApp: screen =>
    `Open ${screen}. The Administratiemenu is at the top left in the blue bar; Appmachtigingen is in the group 'Overige'.`,
  grant: administration => `Put administration ${administration} in the app's list and save.`,
  belowTheFold:
    'If the app has many scopes, the administrations are below the edge of the screen: scroll down to the very end.',
  allAdministrations:
    "If the app had 'Alle administraties' (all administrations) before, all of them are in the left list: the app loses what you do not choose.",
  newOnesNoLongerAdded: 'Mind: after a choice by hand, new administrations may no longer be added by themselves.',
  linkedEntrepreneurs: sure =>
    sure
      ? 'Mind: this is an accountancy subscription with linked entrepreneurs. A change can affect them too; agree on it with them first.'
      : 'Is this an accountancy subscription with linked entrepreneurs? Then a change can affect them too; agree on it with them first.',
  selfRegistered:
    'Another way is a self-registered app. Its effect: it skips the choice of administrations and reaches every administration in the subscription, and every one that a linked entrepreneur has granted to the accountant.',
  otherBookingKind: "Choose a booking kind from this integration's list.",
  probe: ({ user, right, administration }) => [
    `Check by hand: log in to Exact Online as ${user} and open administration ${administration}.`,
    `Do the same there: ${right}.`,
    'Does a pop-up appear? Note its text letter by letter and record it with this refusal.',
    `Does it work there? Then the rights of ${user} are not the cause, but the app, the licence or the Appmachtigingen.`,
  ],
  checkAgain: 'Then let Zetel check the rights again. What waits for them goes on by itself.',
  newUser: (administration, screens) => [
    `Open ${screens.users} and make a new office user ('kantoorgebruiker': a full user, not a client user) with an e-mail address of its own.`,
    `Open ${screens.access} and give that user access to only administration ${administration}.`,
    `Open ${screens.rights} and give the rights that the integration needs.`,
    'Log in to Exact Online once as the new user, so that its log-in works.',
    'Open the connect link and sign in as the new user. Use it for nothing else.',
  ],
}
