import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { ok } from '../result.ts'
import { listAudit } from './store.ts'

const Entry = z
  .strictObject({
    id: z.string(),
    at: moment,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditEntry')

/** The audit log over the API, newest first. */
export function auditRoutes(api: Api): void {
  api.route(
    {
      method: 'get',
      path: '/v1/tenants/{tenant}/audit',
      scope: 'read',
      tag: 'Audit',
      summary: 'List who did what and when, newest first',
      query: PageQuery,
      answer: [200, listOf(Entry)],
    },
    async ({ params, query }) => {
      const slice = sliceOf(query)
      const rows = await listAudit(api.ports.db, params.tenant, slice.limit, slice.after)
      return ok(
        pageOf(rows, slice, ({ id, at, actor, action, subject, detail }) => ({
          id,
          at: rfc3339(at),
          actor,
          action,
          subject,
          detail,
        })),
      )
    },
  )
}
