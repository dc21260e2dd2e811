import type { Api } from '../http/api.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { fail, ok } from '../result.ts'
import { listTenants, tenantById } from './store.ts'
import { changeTenant, createTenant } from './tenant-changes.ts'
import { NewTenant, shown, Tenant, TenantPatch } from './tenant-form.ts'

const tag = 'Tenants'

export function tenantRoutes(api: Api): void {
  const { db } = api.ports

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
    async ({ body, actor }) => ok(shown(await createTenant(api, body, actor))),
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

  api.route(
    {
      method: 'patch',
      path: '/v1/tenants/{tenant}',
      scope: 'admin',
      tag,
      summary: 'Change a tenant',
      body: TenantPatch,
      answer: [200, Tenant],
    },
    async ({ params, body, actor }) => {
      const changed = await changeTenant(api, params.tenant, body, actor)
      return changed.ok ? ok(shown(changed.value)) : changed
    },
  )
}
