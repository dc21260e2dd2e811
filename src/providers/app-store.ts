import { asc, eq, getTableColumns, gt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { providerApps } from '../../db/schema/providers.ts'
import type { Slice } from '../http/page.ts'
import type { ProviderAppId } from '../id.ts'

const { sealedSecret: _sealed, ...columns } = getTableColumns(providerApps)

/** A provider app without its secret: all that this store ever reads. */
export type AppRow = Omit<typeof providerApps.$inferSelect, 'sealedSecret'>

export const insertApp = (db: Db, app: typeof providerApps.$inferInsert): Statement =>
  db.insert(providerApps).values({ ...app, sealedSecret: Buffer.from(app.sealedSecret) })

export const listApps = (db: Db, { after, limit }: Slice): Promise<AppRow[]> =>
  db
    .select(columns)
    .from(providerApps)
    .where(after === null ? undefined : gt(providerApps.id, after as ProviderAppId))
    .orderBy(asc(providerApps.id))
    .limit(limit)

export async function appById(db: Db, id: ProviderAppId): Promise<AppRow | null> {
  const [row] = await db.select(columns).from(providerApps).where(eq(providerApps.id, id))
  return row ?? null
}
