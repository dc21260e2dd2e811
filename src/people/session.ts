import { HOUR, MINUTE } from '../clock.ts'

/** A browser that did nothing for this long has to sign in again (ASVS 7.3.1). */
export const IDLE_LIMIT = 2 * HOUR
/** However busy, after this long it has to sign in again (ASVS 7.3.2). */
export const ABSOLUTE_LIMIT = 12 * HOUR
/** How exactly it is remembered when a session was last used: writing at every page would cost a round trip. */
const SEEN_TO_WITHIN = 5 * MINUTE

/** Times in Unix ms. */
export type SessionTimes = { createdAt: number; seenAt: number }

/** Tell whether a session may still be used. */
export const isGood = ({ createdAt, seenAt }: SessionTimes, now: number): boolean =>
  now - createdAt < ABSOLUTE_LIMIT && now - seenAt < IDLE_LIMIT

/** Tell whether it is time to note that a session was used. */
export const isSeenAnew = ({ seenAt }: SessionTimes, now: number): boolean => now - seenAt >= SEEN_TO_WITHIN

/** Seconds for which a browser keeps the cookie. */
export const COOKIE_SECONDS = ABSOLUTE_LIMIT / 1000
