import { z } from '@hono/zod-openapi'
import { CONNECTION_STATES, TROUBLE_KINDS } from '../connections/connection.ts'
import type { Api } from '../http/api.ts'
import { id, moment } from '../http/fields.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import { TRANSACTION_STATES } from '../transactions/transaction.ts'
import { EVENTS } from './event.ts'

const of = { tenant_id: id('ten'), integration_id: id('int') }

const ConnectionNews = z.strictObject({
  ...of,
  state: z.enum(CONNECTION_STATES),
  cause: z.enum(TROUBLE_KINDS).nullable().openapi({ description: 'What is wrong with it, if anything' }),
})

const RightsNews = z.strictObject(of)

const TransactionNews = z.strictObject({
  ...of,
  transaction_id: id('txn'),
  reference: z.string(),
  booking_kind: z.enum(BOOKING_KINDS),
  state: z.enum(TRANSACTION_STATES),
})

/** A message as a receiver gets it. */
export const WebhookMessage = z
  .strictObject({
    type: z.enum(EVENTS),
    timestamp: moment.openapi({ description: 'When it happened' }),
    data: z.union([TransactionNews, ConnectionNews, RightsNews]),
  })
  .openapi('WebhookMessage')

const Headers = z.object({
  'webhook-id': id('msg').openapi({ description: 'The same at every attempt: take a message once' }),
  'webhook-timestamp': z.string().openapi({ description: 'When this attempt was made, in Unix seconds' }),
  'webhook-signature': z
    .string()
    .openapi({ description: 'As Standard Webhooks says: `v1,` and HMAC-SHA256 in base64' }),
})

/** Describe to readers of the document what Zetel sends, and how it understands the answer. */
export function describeMessages({ app }: Api): void {
  app.openAPIRegistry.registerWebhook({
    method: 'post',
    path: 'event',
    operationId: 'webhook_event',
    summary: 'Tell of an event, at least once and in no fixed order',
    tags: ['Webhooks'],
    request: {
      headers: Headers,
      body: { required: true, content: { 'application/json': { schema: WebhookMessage } } },
    },
    responses: {
      '2XX': { description: 'It has arrived' },
      410: { description: 'Nothing is sent there any more' },
      default: { description: 'It is sent again later, ten times in all' },
    },
  })
}
