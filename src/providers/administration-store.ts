import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { administrations } from '../../db/schema/providers.ts'
import type { Slice } from '../http/page.ts'
import type { AdministrationId, TenantId } from '../id.ts'

export type AdministrationRow = typeof administrations.$inferSelect

export const insertAdministration = (
  db: Db,
  tenant: TenantId,
  administration: Omit<typeof administrations.$inferInsert, 'tenantId'>,
): Statement => db.insert(administrations).values({ tenantId: tenant, ...administration })

export const listAdministrations = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<AdministrationRow[]> =>
  db
    .select()
    .from(administrations)
    .where(
      and(
        eq(administrations.tenantId, tenant),
        after === null ? undefined : gt(administrations.id, after as AdministrationId),
      ),
    )
    .orderBy(asc(administrations.id))
    .limit(limit)

export async function administrationById(
  db: Db,
  tenant: TenantId,
  id: AdministrationId,
): Promise<AdministrationRow | null> {
  const [row] = await db
    .select()
    .from(administrations)
    .where(and(eq(administrations.tenantId, tenant), eq(administrations.id, id)))
  return row ?? null
}
