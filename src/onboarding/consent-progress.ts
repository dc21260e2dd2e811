import { MINUTE } from '../clock.ts'
import { type ConnectionState, isLive } from '../connections/connection.ts'
import type { IntegrationId } from '../id.ts'

/** A connect link as far as it tells how things go; times in Unix ms. */
export type LinkSeen = {
  expiresAt: number
  usedAt: number | null
  /** Set once somebody has begun to sign in, and until when that counts. */
  stateHash: string | null
  stateExpiresAt: number | null
  /** When somebody came back from signing in. */
  stateUsedAt: number | null
  workingSince: number | null
  /** The user that the link asks for, by name and address; null for whoever opens it. */
  expected: { username: string; email: string } | null
}

/** That somebody was turned away: who signed in, and on which integration of the same tenant that user sits. */
export type RefusalSeen = { username: string; sitsOn: { id: IntegrationId; label: string } | null }

/** How the sign-in of the other person goes. */
export type ConsentProgress =
  | { kind: 'no_link' }
  | { kind: 'waiting'; until: number }
  | { kind: 'signing_in' }
  | { kind: 'working' }
  | { kind: 'connected'; username: string | null }
  /** The user sits on another integration of this tenant (EOL-09). */
  | { kind: 'seated'; username: string; on: { id: IntegrationId; label: string } }
  | { kind: 'wrong_user'; username: string; expected: string }
  /** The user is used where this tenant may not look. */
  | { kind: 'in_use'; username: string }
  /** Somebody came back and nothing came of it: consent declined, or the provider did not take part. */
  | { kind: 'nothing_came' }
  | { kind: 'used' }
  | { kind: 'expired'; at: number }

/** Work on a consent that takes longer than this has come to nothing. */
const WORKS_FOR = MINUTE

type Seated = { state: ConnectionState; username: string | null }

/** Tell how far it is, from what the database says. `refusal` is of this very link; `now` is Unix ms. */
export function consentProgress(
  link: LinkSeen | null,
  connection: Seated | null,
  refusal: RefusalSeen | null,
  now: number,
): ConsentProgress {
  if (connection !== null && isLive(connection.state)) return { kind: 'connected', username: connection.username }
  if (link === null) return { kind: 'no_link' }
  if (link.usedAt !== null) return { kind: 'used' }
  if (link.workingSince !== null && now - link.workingSince < WORKS_FOR && refusal === null) return { kind: 'working' }
  const isSigningIn = link.stateHash !== null && link.stateUsedAt === null && now < (link.stateExpiresAt ?? 0)
  if (isSigningIn) return { kind: 'signing_in' }
  if (refusal !== null) return why(refusal, link)
  if (link.expiresAt <= now) return { kind: 'expired', at: link.expiresAt }
  return link.stateUsedAt === null ? { kind: 'waiting', until: link.expiresAt } : { kind: 'nothing_came' }
}

function why({ username, sitsOn }: RefusalSeen, { expected }: LinkSeen): ConsentProgress {
  if (sitsOn !== null) return { kind: 'seated', username, on: sitsOn }
  const isMeant = expected === null || [expected.username, expected.email].some(name => isSame(name, username))
  return isMeant ? { kind: 'in_use', username } : { kind: 'wrong_user', username, expected: expected.username }
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Tell whether somebody is still to sign in, so that it is worth looking again. */
export const isGoingOn = ({ kind }: ConsentProgress): boolean =>
  kind !== 'no_link' && kind !== 'connected' && kind !== 'used' && kind !== 'expired'

/** What is to be done first: to go on, to choose another user, or to send or make a link. */
export type Wanted = 'check' | 'user' | 'mail' | 'make'

/** Tell what is to be done first. `isShown`: a link has just been made and is there to be sent. */
export function wantedNow({ kind }: ConsentProgress, isShown: boolean): Wanted {
  if (kind === 'connected') return 'check'
  if (kind === 'seated' || kind === 'in_use') return 'user'
  return isShown ? 'mail' : 'make'
}
