import { z } from '@hono/zod-openapi'
import { pageOf, sliceOf } from '../http/page.ts'
import { cursorField, waysAround } from '../http/pager.ts'
import type { Site } from '../http/site.ts'
import { mayWrite } from '../http/visit.ts'
import { ok } from '../result.ts'
import { AUDIT_ACTIONS } from './audit.ts'
import { logBody } from './log-page.tsx'
import { readLog } from './log-read.ts'

const PER_PAGE = 50

const Asked = z.object({
  action: z.enum(AUDIT_ACTIONS).nullable().catch(null),
  subject: z.string().trim().min(1).max(100).nullable().catch(null),
  cursor: cursorField,
})

/** The audit log of a tenant, for all who may look at it. */
export function auditPages(site: Site): void {
  site.page({ path: '/t/{tenant}/settings/audit', may: 'read', query: Asked }, async visit => {
    const { tenant, reader, query } = visit
    const { action, subject, cursor } = query
    const base = `/t/${tenant.id}/settings/audit`
    const slice = sliceOf({ limit: PER_PAGE, cursor })
    const log = await readLog(site.ports.db, tenant.id, { action, subject }, slice)
    const { data: rows, next_cursor } = pageOf(log.rows, slice, row => row)
    return ok({
      title: reader.words.site.settings.audit,
      place: 'settings',
      setting: 'audit',
      body: logBody({
        reader,
        base,
        log: { ...log, rows },
        filter: { action, subject },
        pager: waysAround(base, query, next_cursor),
        showsPrefixes: mayWrite(visit),
      }),
    })
  })
}
