import { z } from '@hono/zod-openapi'
import type { Api } from '../http/api.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { appById } from '../providers/app-store.ts'
import { providerNamed } from '../providers/catalog.ts'
import { fail, ok } from '../result.ts'
import { requirementsOf } from '../rights/requirements.ts'
import { BOOKING_KINDS, NEED_PURPOSES } from '../rights/right.ts'
import { changeIntegration, createIntegration, endIntegration } from './integration-changes.ts'
import { Integration, IntegrationPatch, NewIntegration, shown } from './integration-form.ts'
import { integrationById, listIntegrations } from './integration-store.ts'

const Requirement = z
  .strictObject({
    resource: z.string().openapi({ example: 'salesentry/SalesEntries' }),
    action: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    purpose: z.enum(NEED_PURPOSES),
    booking_kinds: z.array(z.enum(BOOKING_KINDS)),
    /** App scopes, any one of which should cover it; none where none is needed or known. */
    scopes: z.array(z.string()),
  })
  .openapi('Requirement')

const tag = 'Integrations'
const collection = '/v1/tenants/{tenant}/integrations'
const one = `${collection}/{integration}` as const

export function integrationRoutes(api: Api): void {
  const { db } = api.ports

  api.route(
    {
      method: 'post',
      path: collection,
      scope: 'write',
      tag,
      summary: 'Add an integration',
      body: NewIntegration,
      answer: [201, Integration],
    },
    ({ params, body, actor }) => createIntegration(api, params.tenant, body, actor),
  )

  api.route(
    {
      method: 'get',
      path: collection,
      scope: 'read',
      tag,
      summary: 'List the integrations',
      query: PageQuery,
      answer: [200, listOf(Integration)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listIntegrations(db, tenant, slice), slice, shown))
    },
  )

  api.route(
    { method: 'get', path: one, scope: 'read', tag, summary: 'Show an integration', answer: [200, Integration] },
    async ({ params }) => {
      const integration = await integrationById(db, params.tenant, params.integration)
      return integration === null ? fail({ kind: 'not_found' }) : ok(shown(integration))
    },
  )

  api.route(
    {
      method: 'patch',
      path: one,
      scope: 'write',
      tag,
      summary: 'Change an integration',
      body: IntegrationPatch,
      answer: [200, Integration],
    },
    ({ params, body, actor }) => changeIntegration(api, params.tenant, params.integration, body, actor),
  )

  api.route(
    { method: 'delete', path: one, scope: 'write', tag, summary: 'End an integration', answer: [204, null] },
    ({ params, actor }) => endIntegration(api, params.tenant, params.integration, actor),
  )

  api.route(
    {
      method: 'get',
      path: `${one}/requirements`,
      scope: 'read',
      tag,
      summary: 'List the rights an integration needs',
      answer: [200, listOf(Requirement)],
    },
    async ({ params }) => {
      const integration = await integrationById(db, params.tenant, params.integration)
      if (integration === null) return fail({ kind: 'not_found' })
      const app = await appById(db, integration.providerAppId)
      const provider = providerNamed(app?.provider ?? '')
      if (provider === null) throw new Error(`No provider for ${integration.id}`)
      const data = requirementsOf(provider, integration.bookingKinds).map(({ bookingKinds, scopes, ...need }) => ({
        ...need,
        booking_kinds: bookingKinds,
        scopes: [...scopes],
      }))
      return ok({ data, next_cursor: null })
    },
  )
}
