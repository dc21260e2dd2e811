import type { RateReading } from '../provider.ts'

type Headers = Record<string, string>
type Window = { limit: number | null; remaining: number | null; resetAt: number | null }

const count = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null

const windowOf = (headers: Headers, prefix: string): Window => ({
  limit: count(headers[`${prefix}-limit`]),
  remaining: count(headers[`${prefix}-remaining`]),
  resetAt: count(headers[`${prefix}-reset`]),
})

const MINUTE = 'x-ratelimit-minutely'
const DAY = 'x-ratelimit'

const whole = ({ limit, remaining, resetAt }: Window) =>
  limit === null || remaining === null || resetAt === null ? null : { limit, remaining, resetAt }

/** Read both budgets from an answer's headers; resets are Unix milliseconds (§4, C). */
export const readRates = (headers: Headers): RateReading => ({
  minute: whole(windowOf(headers, MINUTE)),
  day: whole(windowOf(headers, DAY)),
})

/** `Retry-After` is not documented by Exact (§4, U); its seconds count from the answer's own `Date`. */
const retryAfter = (headers: Headers): number | null => {
  const seconds = count(headers['retry-after'])
  const from = Date.parse((seconds === null ? headers['retry-after'] : headers.date) ?? '')
  return Number.isNaN(from) ? null : from + (seconds ?? 0) * 1_000
}

/**
 * Tell when a refused caller may ask again: the spent budget's reset, or else the reset of whichever budget is named, the minute first.
 * On a 429 Exact leaves the other budget's headers out (§4, C).
 */
export const askAgainAt = (headers: Headers): number | null => {
  const known = [windowOf(headers, MINUTE), windowOf(headers, DAY)].filter(window => window.resetAt !== null)
  const spent = known.filter(window => window.remaining === 0).map(window => window.resetAt ?? 0)
  return spent.length > 0 ? Math.max(...spent) : (known[0]?.resetAt ?? retryAfter(headers))
}
