import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { id, moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { ok } from '../result.ts'
import { isScope } from './api-key.ts'
import { createKey, endKey } from './key-changes.ts'
import { NewKey, Scopes } from './key-form.ts'
import { type ApiKeyRow, listKeys } from './key-store.ts'

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
  const { db } = api.ports

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
      const { row, key } = await createKey(api, tenant, body, actor)
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
    ({ params: { tenant, api_key }, actor }) => endKey(api, tenant, api_key, actor),
  )
}
