import { capital } from '../quotable.ts'
import type { RightSeen, RightWords } from '../right-words.ts'

const inHere = ({ right, administration }: RightSeen): string => `'${right}' in administration ${administration}`

export const unknownBooking: RightWords['unknownBooking'] = ({ administration }) => ({
  reason: `Zetel does not know which rights this kind of booking needs in administration ${administration}, and therefore does not book it.`,
  remedy: 'Choose a booking kind that Zetel knows for this accounting package.',
})

export const causes: RightWords['causes'] = {
  not_connected: seen => ({
    reason: `This integration is not connected, so ${inHere(seen)} cannot be done now.`,
    remedy: 'Make a connect link and let an unused user sign in.',
  }),
  reconnect_required: seen => ({
    reason: `The connection is broken, so ${inHere(seen)} cannot be done now.`,
    remedy: `Make a connect link and let ${seen.user} sign in again.`,
  }),
  provider_refuses_connection: seen => ({
    reason: `Exact Online allows no connection for ${seen.user}, so ${inHere(seen)} cannot be done. Usually several users then hang on one log-in (One Exact Identity).`,
    remedy: 'Use a separate user with an e-mail address of its own, for this integration only.',
  }),
  user_blocked: seen => ({
    reason: `${capital(seen.user)} is blocked or not active in Exact Online, so ${inHere(seen)} cannot be done.`,
    remedy: `Let an administrator make ${seen.user} active again in Exact Online.`,
  }),
  client_user: seen => ({
    reason: `${capital(seen.user)} is a client user ('clientgebruiker (MijnKantoor)'). Such a user has very limited rights and is not fully API-compatible, so ${inHere(seen)} cannot be relied on.`,
    remedy: `A client user is advised against. There are two remedies: a new office user ('kantoorgebruiker') limited to only administration ${seen.administration}, or an existing office user.`,
  }),
  app_scope_missing: seen => ({
    reason: `The app is not registered with Exact Online for ${inHere(seen)}: the app registration lacks the scope.`,
    remedy: `Add the scope to the app registration. The rights of ${seen.user} need not change for this.`,
  }),
  app_scope_doubtful: seen => ({
    reason: `It is not certain that the app registration covers ${inHere(seen)}: the scope that belongs to it is not in there.`,
    remedy: 'Check the scopes of the app registration, and add to them if needed.',
  }),
  licence_expired: seen => ({
    reason: `The Exact Online licence has expired or is blocked, so ${inHere(seen)} cannot be done.`,
    remedy: 'Let the owner of the licence get in touch with Exact.',
  }),
  licence_module: seen => ({
    reason: `Exact Online refused ${inHere(seen)}, although ${seen.user} does have that right. Probably the module is not in the licence. This is derived: Exact Online did not say why.`,
    remedy: 'Let the owner of the licence check whether the module is in it, and add it if needed.',
  }),
  division_out_of_scope: seen => ({
    reason: `The app may not enter administration ${seen.administration}, so ${inHere(seen)} cannot be done. This is about the app, not about the rights of ${seen.user}.`,
    remedy: `Give the app administration ${seen.administration}, under 'Administraties beheren'. The Administratiemenu is at the top left in the blue bar; Appmachtigingen is in the group 'Overige'.`,
  }),
  administration_out_of_reach: seen => ({
    reason: `${capital(seen.user)} has no access to administration ${seen.administration}, or that administration is blocked. So ${inHere(seen)} cannot be done.`,
    remedy: `Give ${seen.user} access to administration ${seen.administration}, and check that the administration itself is active.`,
  }),
  administration_unproven: seen => ({
    reason: `Zetel does not know yet whether ${seen.user} has access to administration ${seen.administration}. So ${inHere(seen)} is uncertain.`,
    remedy: 'Check the access in Exact Online; Zetel also asks again by itself.',
  }),
  right_missing: seen => ({
    reason: `${capital(seen.user)} does not have the right ${inHere(seen)}.`,
    remedy: `Give ${seen.user} the right '${seen.right}' in administration ${seen.administration}.`,
  }),
  right_derived: seen => ({
    reason: `Exact Online refused ${inHere(seen)} without saying why. Probably ${seen.user} does not have this right. This is derived from what was being booked.`,
    remedy: `Give ${seen.user} the right '${seen.right}' in administration ${seen.administration}. If that does not help, do the check by hand.`,
  }),
  right_unproven: seen => ({
    reason: `It is not known whether ${seen.user} has the right ${inHere(seen)}: Exact Online gave no answer to that.`,
    remedy: `Check whether ${seen.user} has the right '${seen.right}' in administration ${seen.administration}.`,
  }),
}
