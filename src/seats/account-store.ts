import { and, asc, eq, getTableColumns, gt, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { Slice } from '../http/page.ts'
import type { IntegrationId, ServiceAccountId, TenantId } from '../id.ts'
import type { ProviderName } from '../providers/provider.ts'

/** A service account, and the integration whose seat it sits on. */
export type AccountRow = typeof serviceAccounts.$inferSelect & { seat: IntegrationId | null }
export type AccountChange = Partial<
  Pick<AccountRow, 'username' | 'email' | 'kind' | 'roles' | 'administrations' | 'monthlyPriceCents'>
>

/** One user may sit at several provider apps; then it is the longest-held seat that is told. */
const seat: SQL.Aliased<IntegrationId | null> = sql<IntegrationId | null>`(
  select ${seats.integrationId} from ${seats}
  where ${and(eq(seats.tenantId, serviceAccounts.tenantId), eq(seats.serviceAccountId, serviceAccounts.id))}
  order by ${seats.takenAt} limit 1)`.as('seat')

export const accountColumns = { ...getTableColumns(serviceAccounts), seat }

export const insertAccount = (
  db: Db,
  tenant: TenantId,
  account: Omit<typeof serviceAccounts.$inferInsert, 'tenantId'>,
): Statement => db.insert(serviceAccounts).values({ tenantId: tenant, ...account })

export const listAccounts = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<AccountRow[]> =>
  db
    .select(accountColumns)
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
    .select(accountColumns)
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

/** Which of these usernames a tenant has already at a provider, whatever their capitals (of ASCII). */
export async function takenUsernames(
  db: Db,
  tenant: TenantId,
  provider: ProviderName,
  usernames: readonly string[],
): Promise<string[]> {
  if (usernames.length === 0) return []
  const rows = await db
    .select({ username: serviceAccounts.username })
    .from(serviceAccounts)
    .where(
      and(
        eq(serviceAccounts.tenantId, tenant),
        eq(serviceAccounts.provider, provider),
        inArray(sql`${serviceAccounts.username} collate nocase`, [...usernames]),
      ),
    )
  return rows.map(({ username }) => username)
}

/** The integrations on whose seats an account sits: one at each provider app. */
export async function seatsOfAccount(db: Db, tenant: TenantId, id: ServiceAccountId): Promise<IntegrationId[]> {
  const rows = await db
    .select({ integration: seats.integrationId })
    .from(seats)
    .where(and(eq(seats.tenantId, tenant), eq(seats.serviceAccountId, id)))
  return rows.map(({ integration }) => integration)
}
