import { z } from '@hono/zod-openapi'
import { runBatch } from '../../db/open.ts'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { id, line, moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { newId } from '../id.ts'
import { fail, ok } from '../result.ts'
import { LOCALES } from '../words/words.ts'
import { insertTenant, listTenants, type TenantRow, tenantById } from './store.ts'

const NewTenant = z.strictObject({ name: line(200), locale: z.enum(LOCALES) }).openapi('NewTenant')

const Tenant = z
  .strictObject({ id: id('ten'), name: z.string(), locale: z.enum(LOCALES), created_at: moment })
  .openapi('Tenant')

const shown = (row: TenantRow): z.infer<typeof Tenant> => ({
  id: row.id,
  name: row.name,
  locale: row.locale,
  created_at: rfc3339(row.createdAt),
})

const tag = 'Tenants'

export function tenantRoutes(api: Api): void {
  const { clock, random, db } = api.ports

  api.route(
    {
      method: 'post',
      path: '/v1/tenants',
      scope: 'admin',
      operator: true,
      tag,
      summary: 'Add a tenant',
      body: NewTenant,
      answer: [201, Tenant],
    },
    async ({ body, actor }) => {
      const tenant = { id: newId('ten', clock, random), ...body, createdAt: clock.now() }
      const audit = api.audit(tenant.id, actor, 'tenant.created', tenant.id, { name: body.name })
      await runBatch(db, [insertTenant(db, tenant), audit])
      return ok(shown(tenant))
    },
  )

  api.route(
    {
      method: 'get',
      path: '/v1/tenants',
      scope: 'read',
      operator: true,
      tag,
      summary: 'List the tenants',
      query: PageQuery,
      answer: [200, listOf(Tenant)],
    },
    async ({ query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listTenants(db, slice), slice, shown))
    },
  )

  api.route(
    {
      method: 'get',
      path: '/v1/tenants/{tenant}',
      scope: 'read',
      tag,
      summary: 'Show a tenant',
      answer: [200, Tenant],
    },
    async ({ params }) => {
      const tenant = await tenantById(db, params.tenant)
      return tenant === null ? fail({ kind: 'not_found' }) : ok(shown(tenant))
    },
  )
}
