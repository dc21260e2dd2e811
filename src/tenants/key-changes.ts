import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { type ApiKeyId, newId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { newApiKey } from './api-key.ts'
import type { NewKey } from './key-form.ts'
import { type ApiKeyRow, insertKey, keyById, revokeKey } from './key-store.ts'

/** A key as it is made: the only time that its secret is at hand. */
export type MadeKey = { row: Omit<ApiKeyRow, 'hash' | 'tenantId'>; key: string }

/** Make a key of a tenant; only its hash is kept. */
export async function createKey(api: Api, tenant: TenantId, body: NewKey, actor: Actor): Promise<MadeKey> {
  const { clock, random, db, hash: digest } = api.ports
  const { key, hash, prefix } = newApiKey(random, digest)
  const row = {
    id: newId('key', clock, random),
    ...body,
    prefix,
    createdAt: clock.now(),
    revokedAt: null,
    lastUsedAt: null,
  }
  await runBatch(db, [
    insertKey(db, tenant, { ...row, hash }),
    api.audit(tenant, actor, 'api_key.created', row.id, { label: body.label, scopes: body.scopes.join(' ') }),
  ])
  return { row, key }
}

/** Revoke a key of a tenant: refused at once here, elsewhere within ten seconds. Revoking again changes nothing. */
export async function endKey(api: Api, tenant: TenantId, id: ApiKeyId, actor: Actor): Promise<Result<null, Failure>> {
  const { clock, db } = api.ports
  const row = await keyById(db, tenant, id)
  if (row === null) return fail({ kind: 'not_found' })
  if (row.revokedAt !== null) return ok(null)
  try {
    await runBatch(db, [
      revokeKey(db, tenant, row.id, clock.now()),
      orUndoAll(db),
      api.audit(tenant, actor, 'api_key.revoked', row.id, { label: row.label }),
    ])
  } catch (error) {
    if (!isOutdated(error)) throw error // Somebody else has revoked it in this very moment.
  }
  api.gate.forget(row.id)
  return ok(null)
}
