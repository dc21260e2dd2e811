import { and, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import type { Slice } from '../http/page.ts'
import type { ProviderAppId } from '../id.ts'

const { sealedSecret: _sealed, ...columns } = getTableColumns(providerApps)

/** A provider app without its secret: all that this store ever reads. */
export type AppRow = Omit<typeof providerApps.$inferSelect, 'sealedSecret'>

export const insertApp = (db: Db, app: typeof providerApps.$inferInsert): Statement =>
  db.insert(providerApps).values({ ...app, sealedSecret: Buffer.from(app.sealedSecret) })

export const updateSecret = (db: Db, id: ProviderAppId, sealedSecret: Uint8Array): Statement =>
  db
    .update(providerApps)
    .set({ sealedSecret: Buffer.from(sealedSecret) })
    .where(eq(providerApps.id, id))

export const listApps = (db: Db, { after, limit }: Slice): Promise<AppRow[]> =>
  db
    .select(columns)
    .from(providerApps)
    .where(after === null ? undefined : gt(providerApps.id, after as ProviderAppId))
    .orderBy(asc(providerApps.id))
    .limit(limit)

/** How many integrations work through an app and have not ended. */
const used = sql<number>`(select count(*) from ${integrations} where ${and(eq(integrations.providerAppId, providerApps.id), isNull(integrations.endedAt))})`

/** An app, with how many integrations work through it. */
export type AppInUse = AppRow & { used: number }

export const listAppsInUse = (db: Db, { after, limit }: Slice): Promise<AppInUse[]> =>
  db
    .select({ ...columns, used })
    .from(providerApps)
    .where(after === null ? undefined : gt(providerApps.id, after as ProviderAppId))
    .orderBy(asc(providerApps.id))
    .limit(limit)

export async function appInUse(db: Db, id: ProviderAppId): Promise<AppInUse | null> {
  const [row] = await db
    .select({ ...columns, used })
    .from(providerApps)
    .where(eq(providerApps.id, id))
  return row ?? null
}

export async function appById(db: Db, id: ProviderAppId): Promise<AppRow | null> {
  const [row] = await db.select(columns).from(providerApps).where(eq(providerApps.id, id))
  return row ?? null
}
