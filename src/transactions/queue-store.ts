import { and, asc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { transactions } from '../../db/schema/transactions.ts'
import type { ConnectionId, IntegrationId, TenantId } from '../id.ts'
import type { BookingKind } from '../rights/right.ts'
import { insertAttempt, ofSeat, type TransactionRow, tellOfChange, thisOne } from './store.ts'
import type { Step, Transaction } from './transaction.ts'

const isLooking = and(
  eq(transactions.state, 'uncertain'),
  sql`json_extract(${transactions.reason}, '$.kind') = 'looking'`,
)

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

/**
 * Mark a waiting transaction as being sent, before the request leaves (PROMISES 4.2). Changes nothing if somebody was first:
 * the last of the statements tells.
 */
export function markSending(
  db: Db,
  tenant: TenantId,
  { id, state, rowVersion }: Pick<Transaction, 'id' | 'state' | 'rowVersion'>,
  now: number,
): Statement[] {
  const which = and(thisOne(tenant, id), eq(transactions.state, state), eq(transactions.rowVersion, rowVersion))
  const change = {
    state: 'sending' as const,
    missing: [],
    sendingAt: now,
    attempts: sql`${transactions.attempts} + 1`,
    rowVersion: rowVersion + 1,
    updatedAt: now,
  }
  return [
    ...tellOfChange(db, tenant, { from: state, to: 'sending', at: now }, which),
    db.update(transactions).set(change).where(which),
  ]
}

/** Write what became of a transaction, if nobody changed it meanwhile, with the attempt that it was. */
export function writeStep(db: Db, tenant: TenantId, transaction: Transaction, step: Step, now: number): Statement[] {
  const which = and(thisOne(tenant, transaction.id), eq(transactions.rowVersion, transaction.rowVersion))
  const change = {
    state: step.state,
    reason: step.reason,
    missing: step.missing,
    notBefore: step.notBefore,
    providerId: step.providerId,
    attempts: step.attempts,
    deliveredAt: step.state === 'delivered' ? now : null,
    rowVersion: transaction.rowVersion + 1,
    updatedAt: now,
  }
  return [
    ...tellOfChange(db, tenant, { from: transaction.state, to: step.state, at: now }, which),
    db.update(transactions).set(change).where(which),
    insertAttempt(db, tenant, transaction.id, step.attempt, now),
  ]
}

export const deliveredNow = (db: Db, tenant: TenantId, connection: ConnectionId, now: number): Statement =>
  db
    .update(connections)
    .set({ lastDeliveryAt: now })
    .where(and(eq(connections.tenantId, tenant), eq(connections.id, connection)))

export const queueHeld = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  kind: BookingKind,
  now: number,
): Statement[] => {
  const which = and(ofSeat(tenant, integration), eq(transactions.state, 'held'), eq(transactions.bookingKind, kind))
  const change = { state: 'queued' as const, missing: [], notBefore: 0, rowVersion: nextVersion, updatedAt: now }
  return [
    ...tellOfChange(db, tenant, { from: 'held', to: 'queued', at: now }, which),
    db.update(transactions).set(change).where(which),
  ]
}

const nextVersion = sql`${transactions.rowVersion} + 1`

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
): Statement[] => hold(db, tenant, and(ofQueued(tenant, integration), eq(transactions.bookingKind, kind)), missing, now)

/** Hold all that is queued: nobody sits on the seat any more. */
export const holdAllQueued = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  missing: Transaction['missing'],
  now: number,
): Statement[] => hold(db, tenant, ofQueued(tenant, integration), missing, now)

const ofQueued = (tenant: TenantId, integration: IntegrationId) =>
  and(ofSeat(tenant, integration), eq(transactions.state, 'queued'))

const hold = (
  db: Db,
  tenant: TenantId,
  which: SQL | undefined,
  missing: Transaction['missing'],
  now: number,
): Statement[] => [
  ...tellOfChange(db, tenant, { from: 'queued', to: 'held', at: now }, which),
  db.update(transactions).set({ state: 'held', missing, rowVersion: nextVersion, updatedAt: now }).where(which),
]

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
