import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { distinct } from '../http/fields.ts'
import { pageFields, pageOf, sliceOf } from '../http/page.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { fail, ok } from '../result.ts'
import { listDeliveries } from './delivery-store.ts'
import { addEndpoint, removeEndpoint, replay } from './endpoint.ts'
import { endpointById, endpointsWithLatest } from './endpoint-store.ts'
import { EVENTS } from './event.ts'
import { webhooksBody } from './list-page.tsx'
import { webhookBody } from './one-page.tsx'

const PER_PAGE = 50
const path = '/t/{tenant}/settings/webhooks'
const one = `${path}/{webhook}` as const

const NewWebhook = z.strictObject({
  url: z.string().trim().max(2_000),
  events: distinct(z.enum(EVENTS), EVENTS.length).default([]),
})

const baseOf = ({ tenant }: Pick<Visit<typeof path>, 'tenant'>) => `/t/${tenant.id}/settings/webhooks`

/** Webhooks of a tenant, for its administrators alone. */
export function webhookPages(site: Site): void {
  const { api } = site
  const { db } = site.ports

  const show = async (visit: Visit<typeof path>, state: FormState, secret: string | null = null) => {
    const rows = await endpointsWithLatest(db, visit.tenant.id)
    return ok<View>({
      title: visit.reader.words.webhook.title,
      place: 'settings',
      setting: 'webhooks',
      body: webhooksBody({ visit, base: baseOf(visit), rows, state, secret }),
    })
  }

  site.page({ path, may: 'write' }, visit => show(visit, blank()))
  site.form(
    { path, may: 'write', body: NewWebhook },
    async visit => {
      const made = await addEndpoint(api, visit.tenant.id, visit.body, visit.actor)
      return made.ok ? show(visit, blank(), made.value.secret) : made
    },
    show,
  )
  site.form({ path: `${one}/remove`, may: 'write' }, async visit => {
    const removed = await removeEndpoint(api, visit.tenant.id, visit.params.webhook, visit.actor)
    return removed.ok ? ok({ to: baseOf(visit), told: 'removed' }) : removed
  })

  site.page(
    { path: one, may: 'write', query: z.object({ cursor: pageFields.cursor.catch(undefined) }) },
    async visit => {
      const { tenant, params, query, reader } = visit
      const slice = sliceOf({ limit: PER_PAGE, cursor: query.cursor })
      const [endpoint, rows] = await Promise.all([
        endpointById(db, tenant.id, params.webhook),
        listDeliveries(db, tenant.id, params.webhook, slice),
      ])
      if (endpoint === null) return fail({ kind: 'not_found' })
      const base = `${baseOf(visit)}/${endpoint.id}`
      const { data: deliveries, next_cursor } = pageOf(rows, slice, row => row)
      const pager = {
        next: next_cursor === null ? null : `${base}?cursor=${next_cursor}`,
        first: query.cursor === undefined ? null : base,
      }
      return ok<View>({
        title: new URL(endpoint.url).host,
        place: 'settings',
        setting: 'webhooks',
        trail: [{ label: reader.words.webhook.title, url: baseOf(visit) }],
        body: webhookBody({ visit, base, endpoint, deliveries, pager }),
      })
    },
  )
  site.form({ path: `${one}/deliveries/{webhook_delivery}/replay`, may: 'write' }, async visit => {
    const { webhook, webhook_delivery } = visit.params
    const replayed = await replay(api, visit.tenant.id, webhook, webhook_delivery)
    return replayed.ok ? ok({ to: `${baseOf(visit)}/${webhook}`, told: 'replayed' }) : replayed
  })
}
