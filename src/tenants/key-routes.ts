import { z } from '@hono/zod-openapi'
import { runBatch } from '../../db/open.ts'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { distinct, id, line, moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { newId } from '../id.ts'
import { fail, ok } from '../result.ts'
import { isScope, newApiKey, SCOPES } from './api-key.ts'
import { type ApiKeyRow, insertKey, keyById, listKeys, revokeKey } from './key-store.ts'

const Scopes = distinct(z.enum(SCOPES), SCOPES.length)

const NewKey = z.strictObject({ label: line(200), scopes: Scopes.min(1) }).openapi('NewApiKey')

const shape = {
  id: id('key'),
  label: z.string(),
  /** The first characters of the key, to tell it from others. */
  prefix: z.string(),
  scopes: Scopes,
  created_at: moment,
  revoked_at: moment.nullable(),
  /** To within a few minutes. */
  last_used_at: moment.nullable(),
}
const Key = z.strictObject(shape).openapi('ApiKey')
const ShownOnce = z
  .strictObject({ ...shape, key: z.string().openapi({ description: 'The key itself: shown here and never again.' }) })
  .openapi('ApiKeyShownOnce')

const shown = (row: Omit<ApiKeyRow, 'hash' | 'tenantId'>): z.infer<typeof Key> => ({
  id: row.id,
  label: row.label,
  prefix: row.prefix,
  scopes: row.scopes.filter(isScope),
  created_at: rfc3339(row.createdAt),
  revoked_at: row.revokedAt === null ? null : rfc3339(row.revokedAt),
  last_used_at: row.lastUsedAt === null ? null : rfc3339(row.lastUsedAt),
})

const tag = 'API keys'
const collection = '/v1/tenants/{tenant}/api-keys'

/** Keys of a tenant; whoever may manage them may give any scope. */
export function keyRoutes(api: Api): void {
  const { clock, random, db, hash: digest } = api.ports

  api.route(
    {
      method: 'post',
      path: collection,
      scope: 'admin',
      tag,
      summary: 'Add an API key',
      body: NewKey,
      answer: [201, ShownOnce],
    },
    async ({ params: { tenant }, body, actor }) => {
      const { key, hash, prefix } = newApiKey(random, digest)
      const row = {
        id: newId('key', clock, random),
        ...body,
        prefix,
        createdAt: clock.now(),
        revokedAt: null,
        lastUsedAt: null,
      }
      const audit = api.audit(tenant, actor, 'api_key.created', row.id, {
        label: body.label,
        scopes: body.scopes.join(' '),
      })
      await runBatch(db, [insertKey(db, tenant, { ...row, hash }), audit])
      return ok({ ...shown(row), key })
    },
  )

  api.route(
    {
      method: 'get',
      path: collection,
      scope: 'admin',
      tag,
      summary: 'List the API keys',
      query: PageQuery,
      answer: [200, listOf(Key)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listKeys(db, tenant, slice), slice, shown))
    },
  )

  api.route(
    {
      method: 'delete',
      path: `${collection}/{api_key}`,
      scope: 'admin',
      tag,
      summary: 'Revoke an API key',
      answer: [204, null],
    },
    async ({ params: { tenant, api_key }, actor }) => {
      const row = await keyById(db, tenant, api_key)
      if (row === null) return fail({ kind: 'not_found' })
      if (row.revokedAt !== null) return ok(null)
      const audit = api.audit(tenant, actor, 'api_key.revoked', row.id, { label: row.label })
      await runBatch(db, [revokeKey(db, tenant, row.id, clock.now()), audit])
      api.gate.forget(row.id)
      return ok(null)
    },
  )
}
