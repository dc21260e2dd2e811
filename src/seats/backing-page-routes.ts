import { z } from '@hono/zod-openapi'
import { cursorOf } from '../health/overview-cursor.ts'
import type { Site } from '../http/site.ts'
import { ok } from '../result.ts'
import { backingBody } from './backing-page.tsx'
import { readBacking } from './backing-read.ts'

const Query = z.object({ after: z.string().max(100).optional() })

/** The page of a tenant: who backs what. */
export function backingPages(site: Site): void {
  const { db, clock } = site.ports
  site.page({ path: '/t/{tenant}', may: 'read', query: Query }, async visit => {
    const { tenant, query } = visit
    const cursor = cursorOf(query.after ?? '')
    const after = cursor === null ? null : (query.after ?? null)
    const read = await readBacking(db, tenant.id, cursor, clock.now())
    const body = backingBody({ visit, tenant: tenant.id, read, after })
    return ok({ title: visit.reader.words.tenant.title, place: 'seats', body })
  })
}
