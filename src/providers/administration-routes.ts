import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { id, moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { ok } from '../result.ts'
import { createAdministration, NewAdministration } from './administration-changes.ts'
import { type AdministrationRow, listAdministrations } from './administration-store.ts'
import { PROVIDER_NAMES } from './provider.ts'

const Administration = z
  .strictObject({
    id: id('adm'),
    provider: z.enum(PROVIDER_NAMES),
    external_id: z.string(),
    name: z.string(),
    created_at: moment,
  })
  .openapi('Administration')

const shown = (row: Omit<AdministrationRow, 'tenantId'>): z.infer<typeof Administration> => ({
  id: row.id,
  provider: row.provider,
  external_id: row.externalId,
  name: row.name,
  created_at: rfc3339(row.createdAt),
})

const tag = 'Administrations'
const path = '/v1/tenants/{tenant}/administrations'

export function administrationRoutes(api: Api): void {
  const { db } = api.ports

  api.route(
    {
      method: 'post',
      path,
      scope: 'write',
      tag,
      summary: 'Add an administration',
      body: NewAdministration,
      answer: [201, Administration],
    },
    async ({ params: { tenant }, body, actor }) => {
      const created = await createAdministration(api, tenant, body, actor)
      return created.ok ? ok(shown(created.value)) : created
    },
  )

  api.route(
    {
      method: 'get',
      path,
      scope: 'read',
      tag,
      summary: 'List the administrations',
      query: PageQuery,
      answer: [200, listOf(Administration)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listAdministrations(db, tenant, slice), slice, shown))
    },
  )
}
