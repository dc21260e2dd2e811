import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HOUR, rfc3339 } from '../clock.ts'
import { CONNECTION_STATES } from '../connections/connection.ts'
import { HealthView, healthView } from '../connections/view.ts'
import type { Api } from '../http/api.ts'
import { localeOf } from '../http/context.ts'
import { id, moment } from '../http/fields.ts'
import { PageQuery, pageOf, sliceOf } from '../http/page.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { ok } from '../result.ts'
import { wordsIn } from '../words/words.ts'
import { countHealth, type HealthRow, readHealth } from './read.ts'
import { worstFirst } from './verdict.ts'

const Hour = z.strictObject({ hour: moment, delivered: z.int(), failed: z.int(), held: z.int(), troubles: z.int() })

const ConnectionHealth = HealthView.extend({
  tenant_id: id('ten'),
  integration_id: id('int'),
  label: z.string(),
  state: z.enum(CONNECTION_STATES),
  transactions: z.strictObject({ held: z.int(), queued: z.int(), uncertain: z.int(), failed: z.int() }),
  timeline: z.array(Hour),
}).openapi('ConnectionHealth')

const HealthPage = z
  .strictObject({
    counts: z.strictObject({ healthy: z.int(), attention: z.int(), broken: z.int(), unknown: z.int() }),
    connections: z.array(ConnectionHealth),
    next_cursor: z.string().nullable(),
  })
  .openapi('Health')

/** Health over the API: of one tenant, and of all for the operator. */
export function healthRoutes(api: Api): void {
  const words = { scope: 'read', tag: 'Health' } as const
  api.route(
    {
      ...words,
      method: 'get',
      path: '/v1/tenants/{tenant}/health',
      summary: 'Show how each connection of a tenant is, the worst of a page first',
      query: PageQuery,
      answer: [200, HealthPage],
    },
    ({ c, params, query }) => answer(api, c, params.tenant, query),
  )
  api.route(
    {
      ...words,
      operator: true,
      method: 'get',
      path: '/v1/health',
      summary: 'Show how each connection of every tenant is, the worst of a page first',
      query: PageQuery,
      answer: [200, HealthPage],
    },
    ({ c, query }) => answer(api, c, null, query),
  )
}

async function answer({ ports }: Api, c: Context, tenant: TenantId | null, query: z.output<typeof PageQuery>) {
  const slice = sliceOf(query)
  const now = ports.clock.now()
  const after = slice.after as IntegrationId | null
  const [rows, counts] = await Promise.all([
    readHealth(ports.db, tenant, { after, limit: slice.limit }, now),
    countHealth(ports.db, tenant, now),
  ])
  const page = pageOf(
    rows.map(row => ({ ...row, id: row.integrationId })),
    slice,
    row => row,
  )
  const words = wordsIn(localeOf(c))
  const view = (row: HealthRow) => ({
    ...healthView(row, words),
    tenant_id: row.tenantId,
    integration_id: row.integrationId,
    label: row.label,
    state: row.facts.state,
    transactions: row.facts.counts,
    timeline: row.timeline.map(({ hour, delivered, failed, held, troubles }) => ({
      hour: rfc3339(hour * HOUR),
      delivered,
      failed,
      held,
      troubles,
    })),
  })
  return ok({
    counts,
    connections: page.data.toSorted((a, b) => worstFirst(a.health.verdict, b.health.verdict)).map(view),
    next_cursor: page.next_cursor,
  })
}
