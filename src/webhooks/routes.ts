import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { Api } from '../http/api.ts'
import { distinct, id, moment } from '../http/fields.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { fail, ok } from '../result.ts'
import { DELIVERY_STATES, deliveryState } from './delivery.ts'
import { type DeliveryRow, listDeliveries } from './delivery-store.ts'
import { addEndpoint, removeEndpoint, replay } from './endpoint.ts'
import { type EndpointRow, endpointById, listEndpoints } from './endpoint-store.ts'
import { EVENTS } from './event.ts'
import { describeMessages } from './message-view.ts'

const Events = distinct(z.enum(EVENTS), EVENTS.length).openapi({
  description: 'Which events are sent; an empty list for all',
})

const NewWebhook = z
  .strictObject({
    url: z.string().max(2_000).openapi({
      description: 'https, on port 443, by a name in public',
      example: 'https://hooks.example.com/zetel',
    }),
    events: Events.default([]),
  })
  .openapi('NewWebhook')

const shape = {
  id: id('whk'),
  url: z.string(),
  events: Events,
  created_at: moment,
  disabled_at: moment.nullable().openapi({ description: 'Since when nothing is sent: the receiver answered 410' }),
}
const Webhook = z.strictObject(shape).openapi('Webhook')
const ShownOnce = z
  .strictObject({
    ...shape,
    secret: z.string().openapi({
      description: 'What messages are signed with, as Standard Webhooks says: shown here and never again.',
    }),
  })
  .openapi('WebhookShownOnce')

const Delivery = z
  .strictObject({
    id: id('msg').openapi({ description: 'The `webhook-id` of the message, the same at every attempt' }),
    event: z.enum(EVENTS),
    state: z.enum(DELIVERY_STATES),
    created_at: moment,
    attempts: z.number().int().openapi({ description: 'Since it was made, or since it was last replayed' }),
    last_status: z.number().int().nullable().openapi({ description: 'Null where no answer came' }),
    due_at: moment.nullable(),
    delivered_at: moment.nullable(),
  })
  .openapi('WebhookDelivery')

const shown = (row: EndpointRow): z.infer<typeof Webhook> => ({
  id: row.id,
  url: row.url,
  events: row.events,
  created_at: rfc3339(row.createdAt),
  disabled_at: row.disabledAt === null ? null : rfc3339(row.disabledAt),
})

const shownDelivery = (row: DeliveryRow): z.infer<typeof Delivery> => ({
  id: row.id,
  event: row.event,
  state: deliveryState(row),
  created_at: rfc3339(row.createdAt),
  attempts: row.attempts,
  last_status: row.lastStatus,
  due_at: row.dueAt === null ? null : rfc3339(row.dueAt),
  delivered_at: row.deliveredAt === null ? null : rfc3339(row.deliveredAt),
})

const collection = '/v1/tenants/{tenant}/webhooks'
const deliveries = `${collection}/{webhook}/deliveries` as const
const common = { scope: 'admin', tag: 'Webhooks' } as const

/** Webhooks over the API: where a tenant hears of events, and what became of each. */
export function webhookRoutes(api: Api): void {
  const { db } = api.ports
  describeMessages(api)

  api.route(
    {
      ...common,
      method: 'post',
      path: collection,
      summary: 'Add a webhook; its secret is in this answer only',
      body: NewWebhook,
      answer: [201, ShownOnce],
    },
    async ({ params: { tenant }, body, actor }) => {
      const made = await addEndpoint(api, tenant, body, actor)
      return made.ok ? ok({ ...shown(made.value), secret: made.value.secret }) : made
    },
  )

  api.route(
    {
      ...common,
      method: 'get',
      path: collection,
      summary: 'List the webhooks',
      query: PageQuery,
      answer: [200, listOf(Webhook)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listEndpoints(db, tenant, slice), slice, shown))
    },
  )

  api.route(
    {
      ...common,
      method: 'delete',
      path: `${collection}/{webhook}`,
      summary: 'Remove a webhook with all that was told to it',
      answer: [204, null],
    },
    ({ params: { tenant, webhook }, actor }) => removeEndpoint(api, tenant, webhook, actor),
  )

  api.route(
    {
      ...common,
      method: 'get',
      path: deliveries,
      summary: 'List what was told to a webhook, newest first',
      query: PageQuery,
      answer: [200, listOf(Delivery)],
    },
    async ({ params: { tenant, webhook }, query }) => {
      if ((await endpointById(db, tenant, webhook)) === null) return fail({ kind: 'not_found' })
      const slice = sliceOf(query)
      return ok(pageOf(await listDeliveries(db, tenant, webhook, slice), slice, shownDelivery))
    },
  )

  api.route(
    {
      ...common,
      method: 'post',
      path: `${deliveries}/{webhook_delivery}/replay`,
      summary: 'Send a message again, under its old id',
      answer: [200, Delivery],
    },
    async ({ params: { tenant, webhook, webhook_delivery } }) => {
      const replayed = await replay(api, tenant, webhook, webhook_delivery)
      return replayed.ok ? ok(shownDelivery(replayed.value)) : replayed
    },
  )
}
