// Connections of every kind, and what the overview is to make of them.
import fc from 'fast-check'
import { DAY } from '../../src/clock.ts'
import {
  CONNECTION_STATES,
  type ConnectionState,
  TROUBLE_KINDS,
  type Trouble,
  type Warning,
} from '../../src/connections/connection.ts'
import { type HealthFacts, type HealthReason, judgeHealth } from '../../src/health/verdict.ts'
import { TRANSACTION_STATES, type TransactionState } from '../../src/transactions/transaction.ts'
import { type Case, NOW, type Queued, queued, well } from './overview-database.ts'

/** The facts that stand in the database for a connection, counted here. */
export function factsOf({ state, trouble, warnings, lastProbeAt, lastDeliveryAt, queue }: Case): HealthFacts {
  const count = (of: TransactionState, since = 0) =>
    queue.filter(one => one.state === of && one.updatedAt >= since).length
  const counts = {
    held: count('held'),
    queued: count('queued'),
    uncertain: count('uncertain'),
    failed: count('failed', NOW - DAY),
  }
  return { state, trouble, warnings, lastProbeAt, lastDeliveryAt, counts }
}

export const sinceOf = ({ trouble, queue }: Case): number | null =>
  trouble?.since ??
  queue.filter(({ state }) => state === 'held' || state === 'uncertain').map(one => one.acceptedAt)[0] ??
  null

/** The worst first. */
export const REASONS: readonly HealthReason['kind'][] = [
  'reconnect_required',
  'uncertain',
  'held',
  'degraded',
  'administration_not_granted',
  'rights_missing',
  'failed',
  'client_user',
  'not_connected',
  'ended',
  'not_probed',
  'fine',
]

/** Which of the connections the overview shows, by their place in the list, the worst first. */
export function expectedOrder(cases: readonly Case[], shows: (one: Case, at: number) => boolean): number[] {
  const place = (one: Case) => REASONS.indexOf(judgeHealth(factsOf(one)).reason.kind)
  return [...cases.entries()]
    .filter(([at, one]) => !one.ended && shows(one, at))
    .toSorted(([a, one], [b, other]) => {
      const [mine, theirs] = [sinceOf(one) ?? Infinity, sinceOf(other) ?? Infinity]
      return place(one) - place(other) || (mine === theirs ? 0 : mine - theirs) || a - b
    })
    .map(([at]) => at)
}

const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(fields, { noNullPrototype: true })
const at = fc.integer({ min: NOW - 3, max: NOW })
const anyWarning: fc.Arbitrary<Warning> = fc.oneof(
  record({
    kind: fc.constantFrom(
      'client_user',
      'rights_missing',
      'user_signed_in_elsewhere',
      'administrations_picked_by_hand',
    ),
    at,
  }),
  // A name that looks like a warning is none.
  record({
    kind: fc.constant('administration_not_granted'),
    administration: fc.constantFrom('1', '"kind":"client_user"'),
    at,
  }),
)

const anyQueue: fc.Arbitrary<Queued[]> = fc
  .array(
    record({
      state: fc.constantFrom(...TRANSACTION_STATES),
      updatedAt: fc.constantFrom(NOW - DAY - 1, NOW - DAY, NOW),
      reference: fc.constantFrom('ab', 'B1', 'b%', '_a'),
    }),
    { maxLength: 4 },
  )
  .map(queue => queue.map((one, place) => queued(one.state, { ...one, acceptedAt: NOW - 4 + Math.floor(place / 2) })))

const anyText = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '%', '_', '\\', '*', '[', ']', ' '), maxLength: 4 })
const often = <T>(usual: T, other: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, other)

/** Any connection, the well-behaved often enough for the milder verdicts to come about. */
export const anyCase: fc.Arbitrary<Case> = record({
  tenant: fc.constantFrom(0, 1, 2),
  ended: often(false, fc.boolean()),
  label: anyText,
  sourceRef: anyText,
  username: fc.option(anyText),
  email: fc.option(anyText),
  books: anyText,
  state: often<ConnectionState>('active', fc.constantFrom(...CONNECTION_STATES)),
  trouble: often<Trouble | null>(
    null,
    record({ kind: fc.constantFrom(...TROUBLE_KINDS), words: fc.string(), since: at }),
  ),
  warnings: often<Warning[]>([], fc.array(anyWarning, { maxLength: 3 })),
  lastProbeAt: fc.option(at),
  lastDeliveryAt: fc.option(at),
  queue: often<Queued[]>([], anyQueue),
})

const asks = (kind: 'client_user' | 'rights_missing'): Case => ({ ...well, warnings: [{ kind, at: NOW }] })

/** One connection for each reason there is. */
export const oneOfEach: Case[] = [
  { ...well, state: 'pending' },
  { ...well, state: 'ended' },
  { ...well, state: 'reconnect_required' },
  { ...well, state: 'degraded', trouble: { kind: 'token_unclear', words: '', since: NOW } },
  ...(['uncertain', 'held', 'failed'] as const).map(state => ({ ...well, queue: [queued(state)] })),
  { ...well, warnings: [{ kind: 'administration_not_granted', administration: '1', at: NOW }] },
  asks('client_user'),
  asks('rights_missing'),
  { ...well, lastProbeAt: null },
  well,
]
