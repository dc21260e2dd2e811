import { and, asc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { attempts, transactions } from '../../db/schema/transactions.ts'
import type { ConnectionId, IntegrationId, TenantId, TransactionId } from '../id.ts'
import type { BookingKind } from '../rights/right.ts'
import type { Step, Transaction, TransactionState } from './transaction.ts'

export type TransactionRow = typeof transactions.$inferSelect
export type AttemptRow = typeof attempts.$inferSelect

const ofSeat = (tenant: TenantId, integration: IntegrationId) =>
  and(eq(transactions.tenantId, tenant), eq(transactions.integrationId, integration))

const thisOne = (tenant: TenantId, id: TransactionId) => and(eq(transactions.tenantId, tenant), eq(transactions.id, id))

export type NewTransaction = Omit<
  typeof transactions.$inferInsert,
  'sequence' | 'attempts' | 'rowVersion' | 'updatedAt'
>

/** Insert a transaction at the end of its queue, unless its idempotency key is taken: then nothing is written and false is given. */
export async function insertTransaction(db: Db, transaction: NewTransaction): Promise<boolean> {
  const last = sql<number>`(select coalesce(max(${transactions.sequence}), 0) + 1 from ${transactions} where ${ofSeat(transaction.tenantId, transaction.integrationId)})`
  const inserted = await db
    .insert(transactions)
    .values({ ...transaction, sequence: last, attempts: 0, rowVersion: 1, updatedAt: transaction.acceptedAt })
    .onConflictDoNothing({ target: [transactions.tenantId, transactions.idempotencyKey] })
  return inserted.rowsAffected === 1
}

export async function transactionByKey(db: Db, tenant: TenantId, key: string): Promise<TransactionRow | null> {
  const [row] = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.tenantId, tenant), eq(transactions.idempotencyKey, key)))
  return row ?? null
}

export async function transactionById(db: Db, tenant: TenantId, id: TransactionId): Promise<TransactionRow | null> {
  const [row] = await db.select().from(transactions).where(thisOne(tenant, id))
  return row ?? null
}

export const attemptsOf = (db: Db, tenant: TenantId, id: TransactionId): Promise<AttemptRow[]> =>
  db
    .select()
    .from(attempts)
    .where(and(eq(attempts.tenantId, tenant), eq(attempts.transactionId, id)))
    .orderBy(asc(attempts.number))

/**
 * The next transactions of a queue in their order: what is queued, left in sending, or being looked for, and what is held
 * of the kinds that may go, so that nothing newer overtakes it (P50).
 */
export const nextInQueue = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  mayGo: readonly BookingKind[],
  limit: number,
): Promise<TransactionRow[]> =>
  db
    .select()
    .from(transactions)
    .where(
      and(
        ofSeat(tenant, integration),
        or(
          eq(transactions.state, 'queued'),
          eq(transactions.state, 'sending'),
          isLooking,
          and(eq(transactions.state, 'held'), inArray(transactions.bookingKind, [...mayGo])),
        ),
      ),
    )
    .orderBy(asc(transactions.sequence))
    .limit(limit)

const isLooking = and(
  eq(transactions.state, 'uncertain'),
  sql`json_extract(${transactions.reason}, '$.kind') = 'looking'`,
)

/** Mark a waiting transaction as being sent, before the request leaves (PROMISES 4.2). Changes nothing if somebody was first. */
export const markSending = (
  db: Db,
  tenant: TenantId,
  { id, state, rowVersion }: Pick<Transaction, 'id' | 'state' | 'rowVersion'>,
  now: number,
): Statement =>
  db
    .update(transactions)
    .set({
      state: 'sending',
      missing: [],
      sendingAt: now,
      attempts: sql`${transactions.attempts} + 1`,
      rowVersion: rowVersion + 1,
      updatedAt: now,
    })
    .where(and(thisOne(tenant, id), eq(transactions.state, state), eq(transactions.rowVersion, rowVersion)))

/** Write what became of a transaction, if nobody changed it meanwhile, with the attempt that it was. */
export const writeStep = (db: Db, tenant: TenantId, transaction: Transaction, step: Step, now: number): Statement[] => [
  db
    .update(transactions)
    .set({
      state: step.state,
      reason: step.reason,
      missing: step.missing,
      notBefore: step.notBefore,
      providerId: step.providerId,
      attempts: step.attempts,
      deliveredAt: step.state === 'delivered' ? now : null,
      rowVersion: transaction.rowVersion + 1,
      updatedAt: now,
    })
    .where(and(thisOne(tenant, transaction.id), eq(transactions.rowVersion, transaction.rowVersion))),
  db.insert(attempts).values({
    tenantId: tenant,
    transactionId: transaction.id,
    number: sql<number>`(select coalesce(max(${attempts.number}), 0) + 1 from ${attempts} where ${attempts.tenantId} = ${tenant} and ${attempts.transactionId} = ${transaction.id})`,
    at: now,
    ...step.attempt,
  }),
]

export const deliveredNow = (db: Db, tenant: TenantId, connection: ConnectionId, now: number): Statement =>
  db
    .update(connections)
    .set({ lastDeliveryAt: now })
    .where(and(eq(connections.tenantId, tenant), eq(connections.id, connection)))

/** A person's decision on a transaction that is in one of these states; changes nothing otherwise. */
export const decideTransaction = (
  db: Db,
  tenant: TenantId,
  id: TransactionId,
  from: readonly TransactionState[],
  change: Partial<
    Pick<TransactionRow, 'state' | 'reason' | 'missing' | 'doubts' | 'notBefore' | 'providerId' | 'deliveredAt'>
  >,
  now: number,
): Statement =>
  db
    .update(transactions)
    .set({ ...change, rowVersion: sql`${transactions.rowVersion} + 1`, updatedAt: now })
    .where(and(thisOne(tenant, id), inArray(transactions.state, [...from])))

export const queueHeld = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  kinds: readonly BookingKind[],
  now: number,
): Statement =>
  db
    .update(transactions)
    .set({
      state: 'queued',
      missing: [],
      notBefore: 0,
      rowVersion: sql`${transactions.rowVersion} + 1`,
      updatedAt: now,
    })
    .where(
      and(ofSeat(tenant, integration), eq(transactions.state, 'held'), inArray(transactions.bookingKind, [...kinds])),
    )

/** Say anew what the held ones of a kind wait for. */
export const renameMissing = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  kind: BookingKind,
  missing: Transaction['missing'],
): Statement =>
  db
    .update(transactions)
    .set({ missing })
    .where(and(ofSeat(tenant, integration), eq(transactions.state, 'held'), eq(transactions.bookingKind, kind)))

/** Hold what is queued of these kinds: the right they need has gone. */
export const holdQueued = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  kind: BookingKind,
  missing: Transaction['missing'],
  now: number,
): Statement =>
  db
    .update(transactions)
    .set({ state: 'held', missing, rowVersion: sql`${transactions.rowVersion} + 1`, updatedAt: now })
    .where(and(ofSeat(tenant, integration), eq(transactions.state, 'queued'), eq(transactions.bookingKind, kind)))

/** Hold all that is queued: nobody sits on the seat any more. */
export const holdAllQueued = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  missing: Transaction['missing'],
  now: number,
): Statement =>
  db
    .update(transactions)
    .set({ state: 'held', missing, rowVersion: sql`${transactions.rowVersion} + 1`, updatedAt: now })
    .where(and(ofSeat(tenant, integration), eq(transactions.state, 'queued')))

/** Which of these bookings at the provider belong to another transaction of the tenant. */
export async function claimedIds(
  db: Db,
  tenant: TenantId,
  not: TransactionId,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ providerId: transactions.providerId })
    .from(transactions)
    .where(and(eq(transactions.tenantId, tenant), ne(transactions.id, not), inArray(transactions.providerId, [...ids])))
  return new Set(rows.flatMap(row => (row.providerId === null ? [] : [row.providerId])))
}

/** The oldest held transaction of a queue: since when it waits. */
export async function heldSince(db: Db, tenant: TenantId, integration: IntegrationId): Promise<number | null> {
  const [row] = await db
    .select({ at: transactions.updatedAt })
    .from(transactions)
    .where(and(ofSeat(tenant, integration), eq(transactions.state, 'held')))
    .orderBy(asc(transactions.sequence))
    .limit(1)
  return row?.at ?? null
}

export const listTransactions = (
  db: Db,
  tenant: TenantId,
  filter: { state: TransactionState | null; integration: IntegrationId | null; after: string | null; limit: number },
): Promise<TransactionRow[]> =>
  db
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, tenant),
        filter.state === null ? undefined : eq(transactions.state, filter.state),
        filter.integration === null ? undefined : eq(transactions.integrationId, filter.integration),
        filter.after === null ? undefined : gt(transactions.id, filter.after as TransactionId),
      ),
    )
    .orderBy(asc(transactions.id))
    .limit(filter.limit)

/** Queues in which something has been under way for too long: their seats are woken. */
export const stuckQueues = (
  db: Db,
  before: number,
  limit: number,
): Promise<{ tenantId: TenantId; integrationId: IntegrationId }[]> =>
  db
    .selectDistinct({ tenantId: transactions.tenantId, integrationId: transactions.integrationId })
    .from(transactions)
    .where(and(sql`${transactions.state} in ('queued', 'sending', 'uncertain')`, lt(transactions.updatedAt, before)))
    .limit(limit)
