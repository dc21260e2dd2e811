import { and, asc, eq, getTableColumns, gt, inArray, ne, type Placeholder, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { attempts, transactions } from '../../db/schema/transactions.ts'
import type { IntegrationId, TenantId, TransactionId } from '../id.ts'
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

/** Insert a transaction at the end of its queue, unless its idempotency key is taken: then nothing is written and false is given. */
export async function insertTransaction(db: Db, transaction: NewTransaction): Promise<boolean> {
  const insert = inserts.get(db) ?? prepareInsert(db)
  inserts.set(db, insert)
  const { acceptedAt } = transaction
  const inserted = await insert.run({ ...ABSENT, ...transaction, attempts: 0, rowVersion: 1, updatedAt: acceptedAt })
  return inserted.rowsAffected === 1
}

const inserts = new WeakMap<Db, ReturnType<typeof prepareInsert>>()

type Column = keyof typeof transactions.$inferSelect

const NAMES = Object.keys(getTableColumns(transactions))
const ABSENT = Object.fromEntries(NAMES.map(name => [name, null]))

/** The statement that every booking goes through, built once: building it anew costs a tenth of a submission. */
function prepareInsert(db: Db) {
  const given = Object.fromEntries(NAMES.map(name => [name, sql.placeholder(name)])) as Record<Column, Placeholder>
  const { tenantId, integrationId } = transactions
  const sequence = sql<number>`(select coalesce(max(${transactions.sequence}), 0) + 1 from ${transactions} where ${tenantId} = ${given.tenantId} and ${integrationId} = ${given.integrationId})`
  return db
    .insert(transactions)
    .values({ ...given, sequence })
    .onConflictDoNothing({ target: [transactions.tenantId, transactions.idempotencyKey] })
    .prepare()
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
