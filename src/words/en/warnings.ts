import type { RightWords } from '../right-words.ts'

export const warnings: RightWords['warnings'] = {
  client_user: () => ({
    reason:
      "The connected user is a client user ('clientgebruiker (MijnKantoor)'). This is advised against: its rights are very limited and it is not fully API-compatible.",
    remedy:
      "There are two remedies: a new office user ('kantoorgebruiker') limited to only this administration, or an existing office user.",
  }),
  rights_missing: () => ({
    reason: 'The connected user lacks rights that the bookings of this integration need.',
    remedy: 'Look which rights are missing and give them in Exact Online. What waits for them then goes on by itself.',
  }),
  user_signed_in_elsewhere: () => ({
    reason:
      'The user of this integration has also signed in for another integration. This integration goes on working; the other was not connected.',
    remedy: 'Give the other integration an unused user of its own.',
  }),
  administration_not_granted: ({ administration }) => ({
    reason: `The user should have administration ${administration}, but the app cannot reach it.`,
    remedy: `Give the app administration ${administration}, under 'Administraties beheren'. The Administratiemenu is at the top left in the blue bar; Appmachtigingen is in the group 'Overige'.`,
  }),
  administrations_picked_by_hand: () => ({
    reason:
      'Someone picked by hand which administrations the app may use. New administrations may then no longer be added by themselves.',
    remedy: "Check under 'Administraties beheren' that every administration your integrations need is in the list.",
  }),
}
