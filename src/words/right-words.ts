import type { Warning } from '../connections/connection.ts'
import type { UserKind } from '../providers/provider.ts'
import type { BookingKind, Cause, Layer, Right, SourceKind, Verdict } from '../rights/right.ts'
import { type Sentences, say } from './sentences.ts'

/** What a sentence on rights is about: all of it is already in words. */
export type RightSeen = {
  /** 'gebruiker 'kassa1'', or 'de gekoppelde gebruiker' when nobody is known. */
  user: string
  /** The plain name of the right, such as 'Verkoopboekingen aanmaken'. */
  right: string
  /** The provider's own number. */
  administration: string
}

export type Explained = { reason: string; remedy: string }

export type RightWords = {
  /** Name a right plainly; one that no booking needs keeps the provider's own name. */
  name(right: Right): string
  /** Call a user by name, in the middle of a sentence. */
  user(username: string | null): string
  /** How the user and the app stand in a path of screens when their names are not known. */
  inPath: { user: string; app: string }
  layers: Record<Layer, string>
  verdicts: Record<Verdict['verdict'], { name: string; text: string }>
  causes: Record<Cause, (seen: RightSeen) => Explained>
  /** A booking kind that is not in the provider's catalogue (EOL-01). */
  unknownBooking(seen: RightSeen): Explained
  /** The label of what was not said by the provider but concluded (EOL-04). */
  derived: string
  warnings: Sentences<Warning, Explained>
  bookingKinds: Record<BookingKind, string>
  sourceKinds: Record<SourceKind, string>
  userKinds: Record<UserKind, string>
  steps: StepWords
}

/** One step each, to be done by a person; paths of screens are given. */
export type StepWords = {
  connectAgain(user: string): string
  connectUnused: string
  unblock(user: string, screen: string): string
  setAccess(seen: RightSeen, screen: string): string
  setRights(seen: RightSeen, screen: string): string
  /** The two remedies for a client user (EOL-07); `null` is the administration that the integration books into. */
  newOfficeUser(administration: string | null, screen: string): string
  existingOfficeUser(administration: string | null): string
  /** Added to the second when the licence is an accountancy licence; `sure` is false when that is not known. */
  accountancyLicence(administration: string | null, screen: string, sure: boolean): string
  registerScope(right: string): string
  approveScope: string
  renewLicence: string
  checkModule(seen: RightSeen): string
  /** DIV-08, in order. */
  openApp(screen: string): string
  grant(administration: string): string
  /** DIV-09. */
  belowTheFold: string
  allAdministrations: string
  /** DIV-10. */
  newOnesNoLongerAdded: string
  /** DIV-11. */
  linkedEntrepreneurs(sure: boolean): string
  /** DIV-12: the advice and its effect in one sentence, so that neither is shown alone. */
  selfRegistered: string
  otherBookingKind: string
  /** EOL-05, in order. */
  probe(seen: RightSeen): string[]
  checkAgain: string
  /** How to make a dedicated user, in order. */
  newUser(administration: string, screens: { users: string; access: string; rights: string }): string[]
}

/** Say what a warning is about, and what to do. */
export const sayWarning = (words: RightWords, warning: Warning): Explained =>
  say<Warning, Warning['kind'], Explained, []>(words.warnings, warning.kind, warning)
