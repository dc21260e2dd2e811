// Connections written straight into a database, in any state that may occur, and what the overview is to make of them.
import type { InferInsertModel } from 'drizzle-orm'
import fc from 'fast-check'
import { type Db, runBatch } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { timeline } from '../../db/schema/health.ts'
import { administrations, providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { DAY } from '../../src/clock.ts'
import {
  CONNECTION_STATES,
  type ConnectionState,
  TROUBLE_KINDS,
  type Trouble,
  type Warning,
} from '../../src/connections/connection.ts'
import { type HealthFacts, type HealthReason, judgeHealth } from '../../src/health/verdict.ts'
import type {
  AdministrationId,
  ConnectionId,
  IntegrationId,
  ProviderAppId,
  TenantId,
  TransactionId,
} from '../../src/id.ts'
import type { BookingKind, Missing } from '../../src/rights/right.ts'
import { TRANSACTION_STATES, type TransactionState } from '../../src/transactions/transaction.ts'

export const NOW = 1_800_000_000_000

/** One transaction; a queue is written in the order of its acceptance. */
export type Queued = {
  state: TransactionState
  acceptedAt: number
  updatedAt: number
  reference: string
  kind: BookingKind
  missing: Missing[]
}

export type Case = {
  tenant: 0 | 1 | 2
  ended: boolean
  label: string
  sourceRef: string
  username: string | null
  email: string | null
  books: string
  state: ConnectionState
  trouble: Trouble | null
  warnings: Warning[]
  lastProbeAt: number | null
  lastDeliveryAt: number | null
  queue: Queued[]
}

export const well: Case = {
  tenant: 0,
  ended: false,
  label: 'Till',
  sourceRef: 'till.example',
  username: 'user',
  email: 'user@till.example',
  books: 'Books',
  state: 'active',
  trouble: null,
  warnings: [],
  lastProbeAt: 1,
  lastDeliveryAt: 1,
  queue: [],
}

export const queued = (state: TransactionState, more: Partial<Queued> = {}): Queued => ({
  state,
  acceptedAt: NOW - 1,
  updatedAt: NOW - 1,
  reference: 'ref',
  kind: 'sales-entry',
  missing: [],
  ...more,
})

const bare = (at: number) => String(at).padStart(26, '0')
export const tenantAt = (at: number) => `ten_${bare(at)}` as TenantId
export const integrationAt = (at: number) => `int_${bare(at)}` as IntegrationId
/** The id of a transaction by its integration and its place in the queue. */
export const transactionAt = (at: number, place: number) => `txn_${bare(at * 1000 + place)}` as TransactionId

const APP = `app_${bare(0)}` as ProviderAppId

/** Put these connections, and nothing else, into the database; the tenants are called as given. */
export async function write(db: Db, cases: readonly Case[], names: readonly string[] = ['A', 'B', 'C']): Promise<void> {
  const booked = cases.flatMap(({ tenant, queue }, at) =>
    queue.map((one, place) => transactionRow(one, tenant, at, place + 1)),
  )
  await runBatch(db, [
    db.delete(tenants),
    db.delete(providerApps),
    db.delete(administrations),
    db.delete(integrations),
    db.delete(connections),
    db.delete(transactions),
    db.delete(timeline),
    db
      .insert(tenants)
      .values(names.map((name, at) => ({ id: tenantAt(at), name, locale: 'nl' as const, createdAt: 0 }))),
    db.insert(providerApps).values({
      id: APP,
      provider: 'exact-online',
      baseUrl: 'https://start.exactonline.nl',
      clientId: 'client',
      sealedSecret: Buffer.from([0]),
      registration: 'published',
      scopes: [],
      createdAt: 0,
    }),
    ...(cases.length === 0
      ? []
      : [
          db.insert(administrations).values(cases.map(administrationRow)),
          db.insert(integrations).values(cases.map(integrationRow)),
          db.insert(connections).values(cases.flatMap(connectionRows)),
        ]),
    ...(booked.length === 0 ? [] : [db.insert(transactions).values(booked)]),
  ])
}

const administrationRow = ({ tenant, books }: Case, at: number): InferInsertModel<typeof administrations> => ({
  tenantId: tenantAt(tenant),
  id: `adm_${bare(at)}` as AdministrationId,
  provider: 'exact-online',
  externalId: String(1000 + at),
  name: books,
  createdAt: 0,
})

const integrationRow = (
  { tenant, label, sourceRef, ended }: Case,
  at: number,
): InferInsertModel<typeof integrations> => ({
  tenantId: tenantAt(tenant),
  id: integrationAt(at),
  label,
  sourceKind: 'pos',
  sourceProvider: 'lightspeed',
  sourceRef,
  providerAppId: APP,
  administrationId: `adm_${bare(at)}` as AdministrationId,
  bookingKinds: ['sales-entry'],
  strict: false,
  createdAt: 0,
  rowVersion: 1,
  endedAt: ended ? NOW : null,
})

/** The connection itself, and one at the source's end that is no concern of the overview. */
function connectionRows(
  { tenant, state, trouble, warnings, username, email, lastProbeAt, lastDeliveryAt }: Case,
  at: number,
): InferInsertModel<typeof connections>[] {
  const common = { tenantId: tenantAt(tenant), integrationId: integrationAt(at), proven: true, rowVersion: 1 }
  const known = { trouble, warnings, username, email, lastProbeAt, lastDeliveryAt }
  const [target, source] = [`con_${bare(at)}` as ConnectionId, `con_${bare(at + 500)}` as ConnectionId]
  return [
    { ...common, id: target, end: 'target', state, ...known },
    { ...common, id: source, end: 'source', state: 'reconnect_required', warnings: [] },
  ]
}

const transactionRow = (
  { kind, ...one }: Queued,
  tenant: number,
  at: number,
  place: number,
): InferInsertModel<typeof transactions> => ({
  tenantId: tenantAt(tenant),
  id: transactionAt(at, place),
  integrationId: integrationAt(at),
  sequence: place,
  bookingKind: kind,
  administration: String(1000 + at),
  payload: {},
  doubts: [],
  acceptance: { id: transactionAt(at, place), state: 'queued', verdict: 'allowed', missing: [], doubts: [] },
  idempotencyKey: `${at} ${place}`,
  requestHash: '',
  attempts: 0,
  notBefore: 0,
  rowVersion: 1,
  ...one,
})

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
      reference: fc.constantFrom('a', 'B1', 'b%', '_a'),
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
