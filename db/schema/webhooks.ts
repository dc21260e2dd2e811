import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { TenantId, WebhookDeliveryId, WebhookId } from '../../src/id.ts'
import type { EventName } from '../../src/webhooks/event.ts'

/** Where a tenant wants to hear of events; the signing secret is sealed. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<WebhookId>().notNull(),
    url: text().notNull(),
    /** Which events it hears of; empty for all. */
    events: text({ mode: 'json' }).$type<EventName[]>().notNull(),
    sealedSecret: blob('sealed_secret', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** Since when nothing more is sent, because the receiver said 410 or failed for too long. */
    disabledAt: integer('disabled_at'),
  },
  table => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/** Every event for every endpoint, from the moment it happened: the outbox. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    webhookId: text('webhook_id').$type<WebhookId>().notNull(),
    id: text().$type<WebhookDeliveryId>().notNull(),
    event: text().$type<EventName>().notNull(),
    /** The JSON that is signed and sent, the same at every attempt. */
    payload: text().notNull(),
    createdAt: integer('created_at').notNull(),
    attempts: integer().notNull(),
    /** When to try next; null when it has arrived or is given up. */
    dueAt: integer('due_at'),
    deliveredAt: integer('delivered_at'),
    /** What the receiver answered last; null when it did not. */
    lastStatus: integer('last_status'),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.webhookId, table.id] }),
    index('webhook_deliveries_due').on(table.dueAt).where(sql`${table.dueAt} is not null`),
  ],
)
