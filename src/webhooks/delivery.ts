import { DAY, HOUR, MINUTE, SECOND } from '../clock.ts'

/** How long after a failed attempt the next one is made, as Standard Webhooks 1.0.0 has it; the first goes at once. */
export const RETRY_AFTER: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** What a receiver answered to one attempt; `retryAfter` is its header of that name. */
export type Answer = { status: number; retryAfter: string | null }

export type Outcome =
  | { kind: 'delivered' }
  /** The receiver says that it is no more (410): nothing is sent there again. */
  | { kind: 'gone' }
  | { kind: 'again'; at: number }
  | { kind: 'given_up' }

/**
 * Decide what an attempt makes of a delivery: only 2xx has arrived, a redirect has not. `attempts` counts this one, `answer`
 * is null when none came within its time, `jitter` from 0 to 1 spreads the next moment over a tenth to either side.
 */
export function afterAttempt(attempts: number, answer: Answer | null, now: number, jitter: number): Outcome {
  if (answer !== null && answer.status >= 200 && answer.status < 300) return { kind: 'delivered' }
  if (answer?.status === 410) return { kind: 'gone' }
  const delay = RETRY_AFTER[attempts - 1]
  if (delay === undefined) return { kind: 'given_up' }
  const scheduled = now + Math.round(delay * (0.9 + 0.2 * jitter))
  return { kind: 'again', at: Math.max(scheduled, askedFor(answer?.retryAfter ?? null, now)) }
}

/** The moment a receiver asks to be left alone until: seconds or a date (RFC 9110 section 10.2.3), a day at most. */
function askedFor(retryAfter: string | null, now: number): number {
  const text = retryAfter?.trim() ?? ''
  const at = /^\d{1,9}$/.test(text) ? now + Number(text) * SECOND : Date.parse(text)
  return Number.isNaN(at) ? now : Math.min(at, now + DAY)
}

export const DELIVERY_STATES = ['due', 'delivered', 'given_up'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Tell how a delivery stands; after a replay it stands as if it had never gone. */
export const deliveryState = (row: { dueAt: number | null; deliveredAt: number | null }): DeliveryState =>
  row.dueAt !== null ? 'due' : row.deliveredAt !== null ? 'delivered' : 'given_up'
