import { DAY, SECOND } from '../clock.ts'
import type { Definition } from '../providers/provider.ts'

/** An access and refresh token as one; times in Unix ms. */
export type Credential = {
  /** Null when an odd answer gave only a refresh token. */
  accessToken: string | null
  refreshToken: string
  /** It came of a refresh; false for a sign-in, whose access token may work while another sign-in has ended its chain. */
  renewed: boolean
  /** The latest moment at which the provider is known to have honoured this chain: newest wins (EOL-09, P2). */
  aliveAt: number
  receivedAt: number
  expiresAt: number
}

/** The credential in use, and the one it replaced for as long as the new one is unproven (P7). */
export type Held = { current: Credential; previous: Credential | null; proven: boolean }

/** Seconds before its end at which an access token is no longer handed out: a call must end within its life. */
export const SKEW_SECONDS = 5

/**
 * Take in a credential: the one last known alive is current, the other waits until one is proven.
 * A current one that a refresh has proven newer stays alone. The same refresh token again is no rotation (P6).
 */
export function take(held: Held | null, fresh: Credential): Held {
  if (held === null) return { current: fresh, previous: null, proven: false }
  if (fresh.refreshToken === held.current.refreshToken) return { ...held, current: fresh }
  if (fresh.aliveAt >= held.current.aliveAt) return { current: fresh, previous: held.current, proven: false }
  return held.proven && held.current.renewed ? held : { ...held, previous: newer(held.previous, fresh), proven: false }
}

const newer = (a: Credential | null, b: Credential): Credential => (a !== null && a.aliveAt > b.aliveAt ? a : b)

/**
 * The provider honoured the current access token: the previous credential is no longer needed (P7). Between two sign-ins
 * only a refresh decides.
 */
export const prove = (held: Held): Held =>
  held.proven || !isProof(held) ? held : { current: held.current, previous: null, proven: true }

const isProof = ({ current, previous }: Held): boolean => current.renewed || previous === null

/** The current credential is dead: fall back once on the one it replaced, if that is still kept. */
export const fallBack = (held: Held): Held | null =>
  held.previous === null ? null : { current: held.previous, previous: null, proven: false }

/** The first moment at which the provider takes a refresh (EOL 1.4: the last 30 s of the access token's life, or after). */
export const refreshAllowedFrom = (credential: Credential, oauth: Definition['oauth']): number =>
  Math.max(credential.receivedAt, credential.expiresAt - oauth.refreshLeadSeconds * SECOND)

/** The moment to refresh a chain that nobody uses: half of its idle life (P9). */
export const keepAliveAt = (credential: Credential, oauth: Definition['oauth']): number =>
  credential.receivedAt + (oauth.refreshIdleDays * DAY) / 2

export type Freshness =
  /** Hand it out. */
  | 'fresh'
  /** Refresh first; if that cannot be done now it is still good. */
  | 'due'
  /** Not to be handed out any more. */
  | 'expired'

/** Tell what may be done with the access token now. */
export function freshness(credential: Credential, oauth: Definition['oauth'], now: number): Freshness {
  if (credential.accessToken === null || now >= credential.expiresAt - SKEW_SECONDS * SECOND) return 'expired'
  return now >= refreshAllowedFrom(credential, oauth) ? 'due' : 'fresh'
}
