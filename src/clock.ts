/** Tell the time in Unix milliseconds. Only `workers/wire.ts` and tests know a real one. */
export type Clock = { now(): number }

/** Give so many random bytes of cryptographic quality. */
export type Random = (bytes: number) => Uint8Array<ArrayBuffer>

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Write a moment as the API does: RFC 3339, UTC, milliseconds. */
export const rfc3339 = (at: number): string => new Date(at).toISOString()
