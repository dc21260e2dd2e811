import { SECOND } from '../clock.ts'
import type { IntegrationId, TransactionId } from '../id.ts'
import type { JsonObject, LookUp } from '../providers/provider.ts'
import type { BookingKind, Missing, Verdict } from '../rights/right.ts'

/** `held → queued → sending → delivered | uncertain | failed | cancelled`, and `uncertain → delivered | queued`. */
export const TRANSACTION_STATES = [
  'held',
  'queued',
  'sending',
  'delivered',
  'uncertain',
  'failed',
  'cancelled',
] as const
export type TransactionState = (typeof TRANSACTION_STATES)[number]

/** Why a transaction is where it is; what `held` waits for stands in its `missing`. */
export type TransactionReason =
  /** The provider refused the content, in its own words. */
  | { kind: 'refused'; words: string }
  /** The answer was lost: it is being looked for by its reference. `lostAt` is Unix ms. */
  | { kind: 'looking'; lostAt: number; looks: number; words: string }
  /** Parked for a person: the provider offers no look-up (P47). */
  | { kind: 'no_look_up'; words: string }
  /** Parked for a person: several bookings carry the reference. */
  | { kind: 'several_found'; ids: string[] }
  /** Parked for a person: sent so many times without a definite answer, or looked for where nothing proves it absent. */
  | { kind: 'too_many_attempts'; attempts: number; words: string }
  /** Waiting for the provider until `notBefore`. */
  | { kind: 'waiting'; for: 'rate_limit' | 'error_budget' | 'provider'; words: string }
  /** A person said so. */
  | { kind: 'resolved'; by: string }

export type AttemptOutcome =
  | 'delivered'
  | 'refused'
  | 'denied'
  | 'unauthorized'
  | 'rate_limited'
  | 'unclear'
  | 'found'
  | 'not_found'
  | 'several_found'
  | 'look_up_unclear'
  | 'interrupted'
  /** A person did the same by hand in the provider's own screens, and wrote down what it said (EOL-05). */
  | 'tried_by_hand'

/** The first answer to a submission, repeated for a repeated key. */
export type Acceptance = { id: TransactionId; state: 'queued' | 'held' } & Verdict

/** One booking handed to Zetel. Times in Unix ms; `sequence` is its place in the integration's queue. */
export type Transaction = {
  id: TransactionId
  integrationId: IntegrationId
  sequence: number
  bookingKind: BookingKind
  administration: string
  reference: string
  payload: JsonObject
  lookUp: LookUp | null
  state: TransactionState
  reason: TransactionReason | null
  missing: Missing[]
  attempts: number
  notBefore: number
  sendingAt: number | null
  rowVersion: number
}

/** What became of one sending. */
export type SendOutcome =
  | { kind: 'written'; providerId: string; status: number }
  | { kind: 'refused'; words: string; status: number }
  | { kind: 'denied'; missing: Missing[]; words: string; status: number }
  /** Certainly not written; try again from `until`. */
  | {
      kind: 'not_sent'
      for: 'rate_limit' | 'error_budget' | 'provider'
      until: number
      words: string
      status: number | null
    }
  /** Nobody knows whether it was written (P46). */
  | { kind: 'lost'; words: string; status: number | null }

/**
 * What a look-up by reference gave; `ids` are bookings that no other transaction claims. `unproven`: nothing was found,
 * and it is not proven that the user may read what was looked for, so that it may be there all the same.
 */
export type LookOutcome =
  | { kind: 'found'; ids: string[] }
  | { kind: 'unproven'; words: string }
  | { kind: 'unclear'; words: string; until: number }

/** The fields that an outcome changes. */
export type Step = {
  state: TransactionState
  reason: TransactionReason | null
  missing: Missing[]
  notBefore: number
  providerId: string | null
  /** Sendings that may have reached the provider. */
  attempts: number
  attempt: { outcome: AttemptOutcome; status: number | null; words: string | null }
}

/** A transaction sent so often without a definite answer waits for a person (P52). */
export const MOST_ATTEMPTS = 10

const LOOK_AFTER_SECONDS = [1, 5, 15, 30, 60]

const step = (of: Transaction, attempt: Step['attempt'], change: Partial<Step> & Pick<Step, 'state'>): Step => ({
  reason: null,
  missing: [],
  notBefore: 0,
  providerId: null,
  attempts: of.attempts,
  attempt,
  ...change,
})

/** Decide what a sending's outcome makes of a transaction; a lost answer is never sent again unseen (P46, P47). */
export function afterSending(transaction: Transaction, outcome: SendOutcome, now: number): Step {
  switch (outcome.kind) {
    case 'written':
      return step(
        transaction,
        { outcome: 'delivered', status: outcome.status, words: null },
        { state: 'delivered', providerId: outcome.providerId },
      )
    case 'refused':
      return step(
        transaction,
        { outcome: 'refused', status: outcome.status, words: outcome.words },
        { state: 'failed', reason: { kind: 'refused', words: outcome.words } },
      )
    case 'denied':
      return step(
        transaction,
        { outcome: 'denied', status: outcome.status, words: outcome.words },
        { state: 'held', missing: outcome.missing },
      )
    case 'not_sent':
      return step(
        transaction,
        {
          outcome: outcome.status === 401 ? 'unauthorized' : 'rate_limited',
          status: outcome.status,
          words: outcome.words,
        },
        {
          state: 'queued',
          notBefore: outcome.until,
          attempts: transaction.attempts - 1,
          reason: { kind: 'waiting', for: outcome.for, words: outcome.words },
        },
      )
    case 'lost':
      return lost(transaction, outcome.words, { outcome: 'unclear', status: outcome.status, words: outcome.words }, now)
  }
}

/** Decide what a sending found unfinished at a start makes of a transaction: the same as a lost answer. */
export const afterInterruption = (transaction: Transaction, now: number): Step =>
  lost(transaction, '', { outcome: 'interrupted', status: null, words: null }, now)

function lost(transaction: Transaction, words: string, attempt: Step['attempt'], now: number): Step {
  if (transaction.lookUp === null)
    return step(transaction, attempt, { state: 'uncertain', reason: { kind: 'no_look_up', words } })
  return step(transaction, attempt, {
    state: 'uncertain',
    reason: { kind: 'looking', lostAt: now, looks: 0, words },
    notBefore: now + (LOOK_AFTER_SECONDS[0] ?? 1) * SECOND,
  })
}

type Looking = Extract<TransactionReason, { kind: 'looking' }>

/** The moment from which a look-up may be believed that a lost booking is not there: the provider has had its time to show it. */
export const settledAt = ({ lostAt }: Looking, settleSeconds: number): number => lostAt + settleSeconds * SECOND

/**
 * Decide what a look-up asked at `askedAt` makes of an uncertain transaction. "Not found" counts only once the provider has
 * had `settleSeconds` to show it (P46); several bookings with the reference, and what cannot be proven absent, wait for a person.
 */
export function afterLooking(
  transaction: Transaction,
  reason: Looking,
  outcome: LookOutcome,
  settleSeconds: number,
  askedAt: number,
): Step {
  const settled = settledAt(reason, settleSeconds)
  if (outcome.kind === 'unproven') return unproven(transaction, reason, outcome.words, settled, askedAt)
  if (outcome.kind === 'unclear')
    return step(
      transaction,
      { outcome: 'look_up_unclear', status: null, words: outcome.words },
      { state: 'uncertain', reason, notBefore: outcome.until },
    )
  const [id, ...others] = outcome.ids
  if (others.length > 0)
    return step(
      transaction,
      { outcome: 'several_found', status: null, words: null },
      { state: 'uncertain', reason: { kind: 'several_found', ids: outcome.ids } },
    )
  if (id !== undefined)
    return step(transaction, { outcome: 'found', status: null, words: null }, { state: 'delivered', providerId: id })
  return notFound(transaction, reason, settled, askedAt)
}

function unproven(transaction: Transaction, reason: Looking, words: string, settled: number, askedAt: number): Step {
  const attempt = { outcome: 'look_up_unclear', status: null, words } as const
  if (askedAt < settled) return step(transaction, attempt, { state: 'uncertain', reason, notBefore: settled })
  return step(transaction, attempt, {
    state: 'uncertain',
    reason: { kind: 'too_many_attempts', attempts: transaction.attempts, words },
  })
}

function notFound(transaction: Transaction, reason: Looking, settled: number, askedAt: number): Step {
  const attempt = { outcome: 'not_found', status: null, words: null } as const
  if (askedAt < settled) {
    const looks = reason.looks + 1
    const next = askedAt + (LOOK_AFTER_SECONDS[looks] ?? 60) * SECOND
    return step(transaction, attempt, {
      state: 'uncertain',
      reason: { ...reason, looks },
      notBefore: Math.min(next, settled),
    })
  }
  if (transaction.attempts >= MOST_ATTEMPTS)
    return step(transaction, attempt, {
      state: 'uncertain',
      reason: { kind: 'too_many_attempts', attempts: transaction.attempts, words: reason.words },
    })
  return step(transaction, attempt, { state: 'queued' })
}

/** Tell whether a transaction waits for a person and not for time. */
export const isParked = (transaction: Pick<Transaction, 'state' | 'reason'>): boolean =>
  transaction.state === 'uncertain' && transaction.reason?.kind !== 'looking'
