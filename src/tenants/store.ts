import { asc, eq, gt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { Slice } from '../http/page.ts'
import type { TenantId } from '../id.ts'

export type TenantRow = typeof tenants.$inferSelect

export const insertTenant = (db: Db, tenant: typeof tenants.$inferInsert): Statement =>
  db.insert(tenants).values(tenant)

export const updateTenant = (
  db: Db,
  tenant: TenantId,
  change: Partial<Pick<TenantRow, 'name' | 'locale'>>,
): Statement => db.update(tenants).set(change).where(eq(tenants.id, tenant))

export async function tenantById(db: Db, tenant: TenantId): Promise<TenantRow | null> {
  const [row] = await db.select().from(tenants).where(eq(tenants.id, tenant))
  return row ?? null
}

export const listTenants = (db: Db, { after, limit }: Slice): Promise<TenantRow[]> =>
  db
    .select()
    .from(tenants)
    .where(after === null ? undefined : gt(tenants.id, after as TenantId))
    .orderBy(asc(tenants.id))
    .limit(limit)
