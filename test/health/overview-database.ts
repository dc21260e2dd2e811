// A database of its own, with connections written straight into it in any state that may occur.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InferInsertModel } from 'drizzle-orm'
import { migrate } from '../../db/migrate.ts'
import { type Db, openDb, runBatch } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { timeline } from '../../db/schema/health.ts'
import { administrations, providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { startLibsqlServer } from '../../local/libsql-server.ts'
import type { ConnectionState, Trouble, Warning } from '../../src/connections/connection.ts'
import type {
  AdministrationId,
  ConnectionId,
  IntegrationId,
  ProviderAppId,
  TenantId,
  TransactionId,
} from '../../src/id.ts'
import type { BookingKind, Missing } from '../../src/rights/right.ts'
import type { TransactionState } from '../../src/transactions/transaction.ts'

/** Start an empty database; `close()` it afterwards. */
export async function startDatabase(): Promise<{ db: Db; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'zetel-overview-'))
  const server = await startLibsqlServer({ file: join(folder, 'test.db') })
  await migrate(server.url)
  const close = async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  }
  return { db: openDb(server.url, undefined), close }
}

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
