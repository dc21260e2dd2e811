import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { people } from '../../db/schema/people.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { apiKeys } from '../../db/schema/tenants.ts'
import { attempts, transactions } from '../../db/schema/transactions.ts'
import type { TenantId, TransactionId } from '../id.ts'
import { type AttemptRow, type TransactionRow, thisOne } from './store.ts'

const { tenantId, id, integrationId, bookingKind, reference, reason, state, sequence } = transactions

/** Attempts that a page shows; a provider that stays away is asked again for as long as it takes. */
export const MOST_ATTEMPTS_SHOWN = 50

/** Who said what became of a transaction, by name; null where nobody did, or by a key that is not the tenant's. */
export const resolvedBy = (tenant: TenantId) => sql<
  string | null
>`case when ${reason} ->> 'kind' = 'resolved' then coalesce(
  (select ${people.name} from ${people} where ${people.id} = substr(${reason} ->> 'by', 8)),
  (select ${apiKeys.label} from ${apiKeys} where ${apiKeys.id} = substr(${reason} ->> 'by', 5) and ${apiKeys.tenantId} = ${tenant})
) end`

/** The tenant's integrations, ended ones too, or only that of one transaction; with what a remedy has to know of them. */
export const seatsOf = (db: Db, tenant: TenantId, of: TransactionId | null = null) =>
  db
    .select({
      id: integrations.id,
      label: integrations.label,
      endedAt: integrations.endedAt,
      registration: providerApps.registration,
      username: connections.username,
    })
    .from(integrations)
    .innerJoin(providerApps, eq(providerApps.id, integrations.providerAppId))
    .leftJoin(
      connections,
      and(
        eq(connections.tenantId, integrations.tenantId),
        eq(connections.integrationId, integrations.id),
        eq(connections.end, 'target'),
      ),
    )
    .where(
      and(
        eq(integrations.tenantId, tenant),
        of === null
          ? undefined
          : eq(integrations.id, db.select({ of: integrationId }).from(transactions).where(thisOne(tenant, of))),
      ),
    )
    .orderBy(sql`${integrations.label} collate nocase`, asc(integrations.id))

export type SeatRow = Awaited<ReturnType<typeof seatsOf>>[number]

/** All there is to know of one transaction; attempts the newest first, of which `MOST_ATTEMPTS_SHOWN` at most. */
export type Whole = { row: TransactionRow; resolvedBy: string | null; attempts: AttemptRow[]; seat: SeatRow | null }

export async function readTransaction(db: Db, tenant: TenantId, asked: TransactionId): Promise<Whole | null> {
  const [[found], tried, seats] = await db.batch([
    db
      .select({ row: transactions, resolvedBy: resolvedBy(tenant) })
      .from(transactions)
      .where(thisOne(tenant, asked)),
    db
      .select()
      .from(attempts)
      .where(and(eq(attempts.tenantId, tenant), eq(attempts.transactionId, asked)))
      .orderBy(desc(attempts.number))
      .limit(MOST_ATTEMPTS_SHOWN),
    seatsOf(db, tenant, asked),
  ])
  return found === undefined ? null : { ...found, attempts: tried, seat: seats[0] ?? null }
}

/** Find those of a tenant's transactions that are named, in the order of their queues. */
export const transactionsByIds = (db: Db, tenant: TenantId, ids: readonly TransactionId[]) =>
  db
    .select({ id, integrationId, bookingKind, reference, state })
    .from(transactions)
    .where(and(eq(tenantId, tenant), inArray(id, [...ids])))
    .orderBy(asc(integrationId), asc(sequence))

export type NamedRow = Awaited<ReturnType<typeof transactionsByIds>>[number]
