import { z } from '@hono/zod-openapi'
import { PageQuery, pageOf, sliceOf } from '../http/page.ts'
import type { Site } from '../http/site.ts'
import { ok } from '../result.ts'
import { LIST, listUrl, ONE, stepUrl } from './address.ts'
import { discard } from './discard.ts'
import { listView } from './list-page.tsx'
import { listUnfinished } from './onboarding-store.ts'
import { startOnboarding } from './save.ts'

/** Whether the integration is to end too, under a name that is unique in the list. */
const DiscardForm = z.strictObject({ end: z.record(z.string(), z.literal('on')).optional() })

/** Where flows begin, are found again, and are thrown away. */
export function onboardingListPages(site: Site): void {
  const { api, ports } = site

  site.page({ path: LIST, may: 'read', query: PageQuery }, async visit => {
    const { tenant, query } = visit
    const slice = sliceOf(query)
    const rows = await listUnfinished(ports.db, tenant.id, slice)
    const page = pageOf(rows, slice, row => row)
    const url = listUrl(tenant.id)
    const next = page.next_cursor === null ? null : `${url}?cursor=${page.next_cursor}`
    return ok(listView({ visit, rows: page.data, next, first: slice.after === null ? null : url }))
  })

  site.form({ path: LIST, may: 'write' }, async ({ tenant, person }) => {
    const id = await startOnboarding(api, tenant.id, person.id)
    return ok({ to: stepUrl(tenant.id, id, 'source') })
  })

  site.form(
    { path: `${ONE}/discard`, may: 'write', body: DiscardForm },
    async ({ tenant, params: { onboarding }, body, actor }) => {
      const alsoEnd = body.end?.[onboarding] === 'on'
      const done = await discard(api, tenant.id, onboarding, alsoEnd, actor)
      return done.ok ? ok({ to: listUrl(tenant.id), told: 'removed' }) : done
    },
  )
}
