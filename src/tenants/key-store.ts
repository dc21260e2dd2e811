import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { apiKeys } from '../../db/schema/tenants.ts'
import { MINUTE } from '../clock.ts'
import type { Slice } from '../http/page.ts'
import type { ApiKeyId, TenantId } from '../id.ts'
import { type Caller, isScope } from './api-key.ts'

export type ApiKeyRow = typeof apiKeys.$inferSelect

export const insertKey = (
  db: Db,
  tenant: TenantId | null,
  key: Omit<typeof apiKeys.$inferInsert, 'tenantId'>,
): Statement => db.insert(apiKeys).values({ tenantId: tenant, ...key })

/** How exactly it is told when a key was last used: a write at every use would cost a round trip. */
const USED_TO_WITHIN = 5 * MINUTE

/** Find who calls by the hash of the key, and note that it is used: the one look-up that knows no tenant yet. */
export async function callerByHash(db: Db, hash: string, now: number): Promise<Caller | null> {
  const { id: keyId, tenantId: tenant, scopes, lastUsedAt } = apiKeys
  const [row] = await db
    .select({ keyId, tenant, scopes, lastUsedAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  if (row === undefined) return null
  if (now - (row.lastUsedAt ?? 0) >= USED_TO_WITHIN)
    await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.hash, hash))
  return { keyId: row.keyId, tenant: row.tenant, scopes: row.scopes.filter(isScope) }
}

export const listKeys = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<ApiKeyRow[]> =>
  db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenant), after === null ? undefined : gt(apiKeys.id, after as ApiKeyId)))
    .orderBy(asc(apiKeys.id))
    .limit(limit)

export async function keyById(db: Db, tenant: TenantId, id: ApiKeyId): Promise<ApiKeyRow | null> {
  const [row] = await db.select().from(apiKeys).where(thisKey(tenant, id))
  return row ?? null
}

export const revokeKey = (db: Db, tenant: TenantId, id: ApiKeyId, at: number): Statement =>
  db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(thisKey(tenant, id), isNull(apiKeys.revokedAt)))

const thisKey = (tenant: TenantId, id: ApiKeyId) => and(eq(apiKeys.tenantId, tenant), eq(apiKeys.id, id))
