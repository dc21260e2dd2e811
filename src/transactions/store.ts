import { and, asc, eq, getTableColumns, gt, inArray, ne, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteInsertValue } from 'drizzle-orm/sqlite-core'
import type { Db, Statement } from '../../db/open.ts'
import { attempts, transactions } from '../../db/schema/transactions.ts'
import type { IntegrationId, TenantId, TransactionId } from '../id.ts'
import { transactionEvent } from '../webhooks/event.ts'
import { tellOfStart, tellOfTurn } from '../webhooks/outbox-store.ts'
import type { Step, TransactionState } from './transaction.ts'

export type TransactionRow = typeof transactions.$inferSelect
export type AttemptRow = typeof attempts.$inferSelect

export const ofSeat = (tenant: TenantId, integration: IntegrationId) =>
  and(eq(transactions.tenantId, tenant), eq(transactions.integrationId, integration))

export const thisOne = (tenant: TenantId, id: TransactionId) =>
  and(eq(transactions.tenantId, tenant), eq(transactions.id, id))

export type NewTransaction = Omit<
  typeof transactions.$inferInsert,
  'sequence' | 'attempts' | 'rowVersion' | 'updatedAt'
>

const newRow = (transaction: NewTransaction) => ({
  ...transaction,
  attempts: 0,
  rowVersion: 1,
  updatedAt: transaction.acceptedAt,
})

/** Insert a transaction at the end of its queue, unless its idempotency key is taken: then nothing is written and false is given. */
export async function insertTransaction(db: Db, transaction: NewTransaction): Promise<boolean> {
  const insert = inserts.get(db) ?? prepareInsert(db)
  inserts.set(db, insert)
  return (await insert.run({ ...ABSENT, ...newRow(transaction) })).rowsAffected === 1
}

/** The same for one that is held, with telling of it: the first statement says whether it was inserted. */
export function insertHeld(db: Db, transaction: NewTransaction): Statement[] {
  const { tenantId: tenant, integrationId: integration, id, acceptedAt: at } = transaction
  return [
    insertInto(db, { ...newRow(transaction), sequence: nextSequence(tenant, integration) }),
    tellOfStart(db, tenant, { event: 'transaction.held', state: 'held', at }, thisOne(tenant, id)),
  ]
}

const inserts = new WeakMap<Db, ReturnType<typeof prepareInsert>>()

type Column = keyof typeof transactions.$inferSelect

const NAMES = Object.keys(getTableColumns(transactions))
const ABSENT = Object.fromEntries(NAMES.map(name => [name, null]))

/** The statement that every booking goes through, built once: building it anew costs a tenth of a submission. */
function prepareInsert(db: Db) {
  const given = Object.fromEntries(NAMES.map(name => [name, sql.placeholder(name)])) as Record<Column, Placeholder>
  return insertInto(db, { ...given, sequence: nextSequence(given.tenantId, given.integrationId) }).prepare()
}

const insertInto = (db: Db, row: SQLiteInsertValue<typeof transactions>) =>
  db
    .insert(transactions)
    .values(row)
    .onConflictDoNothing({ target: [transactions.tenantId, transactions.idempotencyKey] })

const nextSequence = (tenant: TenantId | Placeholder, integration: IntegrationId | Placeholder) =>
  sql<number>`(select coalesce(max(${transactions.sequence}), 0) + 1 from ${transactions} where ${transactions.tenantId} = ${tenant} and ${transactions.integrationId} = ${integration})`

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

export const insertAttempt = (
  db: Db,
  tenant: TenantId,
  transaction: TransactionId,
  attempt: Step['attempt'],
  now: number,
): Statement =>
  db.insert(attempts).values({
    tenantId: tenant,
    transactionId: transaction,
    number: sql<number>`(select coalesce(max(${attempts.number}), 0) + 1 from ${attempts} where ${attempts.tenantId} = ${tenant} and ${attempts.transactionId} = ${transaction})`,
    at: now,
    ...attempt,
  })

export const attemptsOf = (db: Db, tenant: TenantId, id: TransactionId): Promise<AttemptRow[]> =>
  db
    .select()
    .from(attempts)
    .where(and(eq(attempts.tenantId, tenant), eq(attempts.transactionId, id)))
    .orderBy(asc(attempts.number))

/** Tell of what a change of one transaction makes news of; `which` is the change's own condition, and it must follow. */
export function tellOfChange(
  db: Db,
  tenant: TenantId,
  change: { from: TransactionState; to: TransactionState; at: number },
  which: SQL | undefined,
): Statement[] {
  const event = transactionEvent(change.from, change.to)
  return event === null ? [] : [tellOfTurn(db, tenant, { event, state: change.to, at: change.at }, which)]
}

/** A person's decision on a transaction that is in one of these states; changes nothing otherwise: the last statement tells. */
export const decideTransaction = (
  db: Db,
  tenant: TenantId,
  { id, state }: Pick<TransactionRow, 'id' | 'state'>,
  from: readonly TransactionState[],
  change: Partial<
    Pick<TransactionRow, 'state' | 'reason' | 'missing' | 'doubts' | 'notBefore' | 'providerId' | 'deliveredAt'>
  >,
  now: number,
): Statement[] => {
  const which = and(thisOne(tenant, id), inArray(transactions.state, [...from]))
  return [
    ...tellOfChange(db, tenant, { from: state, to: change.state ?? state, at: now }, which),
    db
      .update(transactions)
      .set({ ...change, rowVersion: sql`${transactions.rowVersion} + 1`, updatedAt: now })
      .where(which),
  ]
}

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
