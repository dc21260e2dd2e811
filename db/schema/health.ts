import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditAction } from '../../src/audit/audit.ts'
import type { SignalKind } from '../../src/health/signal.ts'
import type { AuditId, IntegrationId, TenantId } from '../../src/id.ts'

/** What happened to a connection, newest last. */
export const signals = sqliteTable(
  'signals',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    id: text().notNull(),
    at: integer().notNull(),
    kind: text().$type<SignalKind>().notNull(),
    words: text(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.integrationId, table.id] }),
    index('signals_by_time').on(table.tenantId, table.integrationId, table.at),
  ],
)

/** Counts per connection per hour (Unix hours): what the timeline is drawn from. */
export const timeline = sqliteTable(
  'timeline',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    hour: integer().notNull(),
    delivered: integer().notNull(),
    failed: integer().notNull(),
    held: integer().notNull(),
    troubles: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.tenantId, table.integrationId, table.hour] })],
)

/** Who did what, when; appended to, never changed. */
export const audit = sqliteTable(
  'audit',
  {
    tenantId: text('tenant_id').notNull(),
    id: text().$type<AuditId>().notNull(),
    at: integer().notNull(),
    actor: text().notNull(),
    action: text().$type<AuditAction>().notNull(),
    subject: text().notNull(),
    detail: text({ mode: 'json' }).$type<Record<string, string | number | boolean | null>>().notNull(),
  },
  table => [primaryKey({ columns: [table.tenantId, table.id] }), index('audit_by_time').on(table.tenantId, table.at)],
)
