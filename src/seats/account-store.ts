import { and, asc, eq, getTableColumns, gt, type SQL, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { Slice } from '../http/page.ts'
import type { IntegrationId, ServiceAccountId, TenantId } from '../id.ts'

/** A service account, and the integration whose seat it sits on. */
export type AccountRow = typeof serviceAccounts.$inferSelect & { seat: IntegrationId | null }
export type AccountChange = Partial<
  Pick<AccountRow, 'username' | 'email' | 'kind' | 'roles' | 'administrations' | 'monthlyPriceCents'>
>

/** One user may sit at several provider apps; then it is the longest-held seat that is told. */
const seat: SQL.Aliased<IntegrationId | null> = sql<IntegrationId | null>`(
  select ${seats.integrationId} from ${seats}
  where ${seats.tenantId} = ${serviceAccounts.tenantId} and ${seats.serviceAccountId} = ${serviceAccounts.id}
  order by ${seats.takenAt} limit 1)`.as('seat')

const columns = { ...getTableColumns(serviceAccounts), seat }

export const insertAccount = (
  db: Db,
  tenant: TenantId,
  account: Omit<typeof serviceAccounts.$inferInsert, 'tenantId'>,
): Statement => db.insert(serviceAccounts).values({ tenantId: tenant, ...account })

export const listAccounts = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<AccountRow[]> =>
  db
    .select(columns)
    .from(serviceAccounts)
    .where(
      and(
        eq(serviceAccounts.tenantId, tenant),
        after === null ? undefined : gt(serviceAccounts.id, after as ServiceAccountId),
      ),
    )
    .orderBy(asc(serviceAccounts.id))
    .limit(limit)

export async function accountById(db: Db, tenant: TenantId, id: ServiceAccountId): Promise<AccountRow | null> {
  const [row] = await db
    .select(columns)
    .from(serviceAccounts)
    .where(and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.id, id)))
  return row ?? null
}

/** Change an account if it still is the version this was decided on. */
export const updateAccount = (
  db: Db,
  tenant: TenantId,
  { id, rowVersion }: Pick<AccountRow, 'id' | 'rowVersion'>,
  change: AccountChange,
): Statement =>
  db
    .update(serviceAccounts)
    .set({ ...change, rowVersion: rowVersion + 1 })
    .where(
      and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.id, id), eq(serviceAccounts.rowVersion, rowVersion)),
    )
