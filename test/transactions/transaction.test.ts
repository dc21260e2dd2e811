import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../src/clock.ts'
import type { IntegrationId, TransactionId } from '../../src/id.ts'
import type { LookUp } from '../../src/providers/provider.ts'
import type { Missing } from '../../src/rights/right.ts'
import {
  afterInterruption,
  afterLooking,
  afterSending,
  isParked,
  type LookOutcome,
  MOST_ATTEMPTS,
  type SendOutcome,
  type Step,
  settledAt,
  type Transaction,
  type TransactionReason,
} from '../../src/transactions/transaction.ts'

const T0 = 1_700_000_000_000
const SETTLE = 120
const byReference: LookUp = { field: 'YourRef', value: 'R1' }

type Looking = Extract<TransactionReason, { kind: 'looking' }>

const sending = (over: Partial<Transaction> = {}): Transaction => ({
  id: 'txn_a' as TransactionId,
  integrationId: 'int_a' as IntegrationId,
  sequence: 1,
  bookingKind: 'sales-entry',
  administration: '1001',
  reference: 'R1',
  payload: {},
  lookUp: byReference,
  state: 'sending',
  reason: null,
  missing: [],
  attempts: 1,
  notBefore: 0,
  sendingAt: T0,
  rowVersion: 2,
  ...over,
})

const missing: Missing = {
  layer: 'right',
  cause: 'right_derived',
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
  words: 'Forbidden',
}

/** The transaction as it is after a step. */
const moved = (transaction: Transaction, { state, reason, notBefore, attempts }: Step): Transaction => ({
  ...transaction,
  state,
  reason,
  notBefore,
  attempts,
})

const outcomes: SendOutcome[] = [
  { kind: 'written', providerId: 'P1', status: 201 },
  { kind: 'refused', words: 'Invalid journal.', status: 500 },
  { kind: 'denied', missing: [missing], words: 'Forbidden', status: 403 },
  { kind: 'not_sent', for: 'rate_limit', until: T0 + MINUTE, words: '', status: 429 },
  { kind: 'not_sent', for: 'provider', until: T0 + SECOND, words: '', status: 401 },
  { kind: 'not_sent', for: 'error_budget', until: T0 + MINUTE, words: '', status: null },
  { kind: 'lost', words: 'fetch failed', status: null },
  { kind: 'lost', words: 'HTTP 502', status: 502 },
]

describe('what a sending makes of a transaction', () => {
  const expected: Record<string, [Partial<Step>, Partial<Step>]> = {
    written: [
      { state: 'delivered', providerId: 'P1' },
      { state: 'delivered', providerId: 'P1' },
    ],
    refused: [
      { state: 'failed', reason: { kind: 'refused', words: 'Invalid journal.' } },
      { state: 'failed', reason: { kind: 'refused', words: 'Invalid journal.' } },
    ],
    denied: [
      { state: 'held', missing: [missing] },
      { state: 'held', missing: [missing] },
    ],
    not_sent: [
      { state: 'queued', attempts: 0 },
      { state: 'queued', attempts: 0 },
    ],
    lost: [
      { state: 'uncertain', attempts: 1, notBefore: T0 + SECOND },
      { state: 'uncertain', attempts: 1 },
    ],
  }
  for (const outcome of outcomes)
    for (const [nth, lookUp] of [byReference, null].entries())
      it(`${outcome.kind} (${'status' in outcome ? outcome.status : ''}) with${lookUp === null ? 'out' : ''} a look-up`, () => {
        const step = afterSending(sending({ lookUp }), outcome, T0)
        expect(step).toMatchObject(expected[outcome.kind]?.[nth] ?? {})
      })

  it('P47 parks a lost answer without a look-up, with its reason and the words there were', () => {
    const step = afterSending(sending({ lookUp: null }), { kind: 'lost', words: 'HTTP 502', status: 502 }, T0)
    expect(step).toMatchObject({ state: 'uncertain', reason: { kind: 'no_look_up', words: 'HTTP 502' }, notBefore: 0 })
    expect(isParked(step)).toBe(true)
  })

  it('P45 takes a sending found unfinished for a lost answer', () => {
    expect(afterInterruption(sending(), T0)).toMatchObject({
      state: 'uncertain',
      reason: { kind: 'looking', lostAt: T0 },
    })
    expect(afterInterruption(sending({ lookUp: null }), T0)).toMatchObject({ reason: { kind: 'no_look_up' } })
  })

  it('P56 keeps a refusal word for word and asks for no other try', () => {
    const words = 'Ongeldig dagboek. “Het” moet een kasboek zijn — 7 € & <b>'
    const step = afterSending(sending(), { kind: 'refused', words, status: 500 }, T0)
    expect(step).toMatchObject({
      state: 'failed',
      reason: { kind: 'refused', words },
      attempt: { outcome: 'refused', words },
    })
  })

  it('waits until the moment named, and does not count what was certainly not sent', () => {
    const until = T0 + 17 * SECOND
    const step = afterSending(
      sending({ attempts: 4 }),
      { kind: 'not_sent', for: 'rate_limit', until, words: '', status: 429 },
      T0,
    )
    expect(step).toMatchObject({
      state: 'queued',
      notBefore: until,
      attempts: 3,
      reason: { kind: 'waiting', for: 'rate_limit' },
    })
  })
})

const looking = (over: Partial<Looking> = {}): Looking => ({
  kind: 'looking',
  lostAt: T0,
  looks: 0,
  words: 'reset',
  ...over,
})
const uncertain = (reason: Looking, over: Partial<Transaction> = {}) => sending({ state: 'uncertain', reason, ...over })
const found = (...ids: string[]): LookOutcome => ({ kind: 'found', ids })

const look = (outcome: LookOutcome, askedAt: number, over: Partial<Transaction> = {}): Step =>
  afterLooking(uncertain(looking(), over), looking(), outcome, SETTLE, askedAt)

describe('what a look-up makes of a transaction', () => {
  it('P46 takes the one booking found for this one, at any time', () => {
    for (const askedAt of [T0 + 1, T0 + SETTLE * SECOND, T0 + 60 * MINUTE])
      expect(look(found('P1'), askedAt)).toMatchObject({ state: 'delivered', providerId: 'P1' })
  })

  it('parks several bookings with the reference, and names them', () => {
    const step = look(found('P1', 'P2'), T0 + SECOND)
    expect(step).toMatchObject({
      state: 'uncertain',
      reason: { kind: 'several_found', ids: ['P1', 'P2'] },
      providerId: null,
    })
    expect(isParked(step)).toBe(true)
  })

  it('P46 sends again only when nothing is found by a look that was asked once the provider had its time', () => {
    expect(look(found(), T0 + SETTLE * SECOND - 1)).toMatchObject({
      state: 'uncertain',
      notBefore: T0 + SETTLE * SECOND,
    })
    expect(look(found(), T0 + SETTLE * SECOND)).toMatchObject({ state: 'queued', reason: null, notBefore: 0 })
  })

  it('looks at growing distances, and once more at the very moment of being settled', () => {
    let now = T0 + SECOND
    let transaction = uncertain(looking())
    const moments = [now]
    while (transaction.state === 'uncertain' && moments.length < 50) {
      const reason = transaction.reason?.kind === 'looking' ? transaction.reason : looking()
      transaction = moved(transaction, afterLooking(transaction, reason, found(), SETTLE, now))
      now = transaction.notBefore
      moments.push(now)
    }
    expect(moments.filter(at => at > 0).map(at => (at - T0) / SECOND)).toEqual([1, 6, 21, 51, 111, 120])
  })

  it('P52 parks what was sent ten times without a definite answer', () => {
    const step = look(found(), T0 + SETTLE * SECOND, { attempts: MOST_ATTEMPTS })
    expect(step).toMatchObject({ state: 'uncertain', reason: { kind: 'too_many_attempts', attempts: MOST_ATTEMPTS } })
    expect(isParked(step)).toBe(true)
  })

  it('asks again where the provider gave no usable answer, however late it is', () => {
    const until = T0 + 61 * MINUTE
    const step = look({ kind: 'unclear', words: '<html>', until }, T0 + 60 * MINUTE)
    expect(step).toMatchObject({ state: 'uncertain', reason: looking(), notBefore: until })
    expect(isParked(step)).toBe(false)
  })

  it('P46 parks what cannot be proven absent once the provider had its time, and never sends it', () => {
    const outcome: LookOutcome = { kind: 'unproven', words: 'Forbidden' }
    expect(look(outcome, T0 + SECOND)).toMatchObject({
      state: 'uncertain',
      reason: looking(),
      notBefore: T0 + SETTLE * SECOND,
    })
    const step = look(outcome, T0 + SETTLE * SECOND)
    expect(step).toMatchObject({ state: 'uncertain', reason: { kind: 'too_many_attempts', words: 'Forbidden' } })
    expect(isParked(step)).toBe(true)
  })
})

describe('any history of outcomes', () => {
  const sendOutcomes = fc.constantFrom(...outcomes)
  const lookOutcomes: fc.Arbitrary<LookOutcome> = fc.oneof(
    fc.array(fc.constantFrom('P1', 'P2'), { maxLength: 2 }).map(ids => found(...new Set(ids))),
    fc.constant<LookOutcome>({ kind: 'unproven', words: '' }),
    fc.constant<LookOutcome>({ kind: 'unclear', words: '', until: 0 }),
  )
  const history = fc.record({
    lookUp: fc.constantFrom(byReference, null),
    moves: fc.array(
      fc.record({ send: sendOutcomes, look: lookOutcomes, crash: fc.boolean(), wait: fc.nat(200 * SECOND) }),
      {
        maxLength: 40,
      },
    ),
  })

  type History = typeof history extends fc.Arbitrary<infer H> ? H : never

  /** Live through a history as the drain would; every step with what it was decided on. */
  function live({ lookUp, moves }: History) {
    let transaction = sending({ lookUp, state: 'queued', attempts: 0 })
    let now = T0
    const steps: { before: Transaction; step: Step; look: LookOutcome | null; at: number }[] = []
    for (const move of moves) {
      now = Math.max(now + move.wait, transaction.notBefore)
      const before = transaction
      if (before.state === 'queued') {
        const sent = { ...before, state: 'sending' as const, attempts: before.attempts + 1 }
        const step = move.crash ? afterInterruption(sent, now) : afterSending(sent, move.send, now)
        steps.push({ before: sent, step, look: null, at: now })
        transaction = moved(before, step)
      } else if (before.state === 'uncertain' && before.reason?.kind === 'looking') {
        const step = afterLooking(before, before.reason, move.look, SETTLE, now)
        steps.push({ before, step, look: move.look, at: now })
        transaction = moved(before, step)
      } else break
    }
    return { transaction, steps }
  }

  it('P46 is queued again after a lost answer only by a look-up that found nothing once settled', () => {
    fc.assert(
      fc.property(history, given => {
        for (const { before, step, look: seen, at } of live(given).steps) {
          if (step.state !== 'queued' || before.state !== 'uncertain') continue
          expect(seen).toEqual(found())
          expect(before.reason?.kind).toBe('looking')
          if (before.reason?.kind === 'looking') expect(at).toBeGreaterThanOrEqual(settledAt(before.reason, SETTLE))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('P47 is never sent again by itself when it cannot be looked up', () => {
    fc.assert(
      fc.property(history, given => {
        const { steps, transaction } = live({ ...given, lookUp: null })
        const lost = steps.findIndex(({ step }) => step.state === 'uncertain')
        if (lost < 0) return
        expect(lost).toBe(steps.length - 1)
        expect(isParked(transaction)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('P52 ends, is parked with a reason, or has a moment to go on at, and is sent at most ten times in doubt', () => {
    fc.assert(
      fc.property(history, given => {
        const { steps, transaction } = live(given)
        for (const { step, at } of steps) {
          expect(step.attempts).toBeGreaterThanOrEqual(0)
          expect(step.attempts).toBeLessThanOrEqual(MOST_ATTEMPTS)
          if (step.state === 'uncertain') expect(step.reason).not.toBeNull()
          if (step.state === 'held') expect(step.missing).not.toEqual([])
          if (
            step.state === 'uncertain' &&
            step.reason?.kind === 'looking' &&
            step.attempt.outcome !== 'look_up_unclear'
          )
            expect(step.notBefore).toBeGreaterThan(at)
        }
        expect(['queued', 'delivered', 'failed', 'held', 'uncertain']).toContain(transaction.state)
      }),
      { numRuns: 2_000 },
    )
  })
})
