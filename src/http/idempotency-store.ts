import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { idempotencyKeys } from '../../db/schema/tenants.ts'

/** Who a key belongs to: a tenant's id, or the operator. */
export type Owner = string
export type KeyRow = typeof idempotencyKeys.$inferSelect

const thisKey = (owner: Owner, key: string) => and(eq(idempotencyKeys.tenantId, owner), eq(idempotencyKeys.key, key))

/** A call still running, as taken at `createdAt`. */
const taken = (owner: Owner, key: string, createdAt: number) =>
  and(thisKey(owner, key), eq(idempotencyKeys.createdAt, createdAt), isNull(idempotencyKeys.status))

/** Take a key, once: true for the one caller who may run. */
export async function takeKey(db: Db, owner: Owner, key: string, requestHash: string, now: number): Promise<boolean> {
  const inserted = await db
    .insert(idempotencyKeys)
    .values({ tenantId: owner, key, requestHash, status: null, body: null, createdAt: now })
    .onConflictDoNothing({ target: [idempotencyKeys.tenantId, idempotencyKeys.key] })
  return inserted.rowsAffected === 1
}

export async function keyRow(db: Db, owner: Owner, key: string): Promise<KeyRow | null> {
  const [row] = await db.select().from(idempotencyKeys).where(thisKey(owner, key))
  return row ?? null
}

/** Take over a key whose call never finished, unless somebody else just did. */
export async function takeOver(db: Db, owner: Owner, key: string, createdAt: number, now: number): Promise<boolean> {
  const updated = await db
    .update(idempotencyKeys)
    .set({ createdAt: now })
    .where(taken(owner, key, createdAt))
  return updated.rowsAffected === 1
}

export const keepAnswer = (db: Db, owner: Owner, key: string, createdAt: number, status: number, sealed: string) =>
  db
    .update(idempotencyKeys)
    .set({ status, body: sealed })
    .where(taken(owner, key, createdAt))

export const releaseKey = (db: Db, owner: Owner, key: string, createdAt: number) =>
  db.delete(idempotencyKeys).where(taken(owner, key, createdAt))

/** Forget answers from before a moment (Unix ms): the sweep's. */
export const forgetAnswers = (db: Db, before: number) =>
  db.delete(idempotencyKeys).where(and(lt(idempotencyKeys.createdAt, before), isNotNull(idempotencyKeys.status)))
