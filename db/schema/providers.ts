import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AdministrationId, ProviderAppId, TenantId } from '../../src/id.ts'
import type { ProviderName } from '../../src/providers/provider.ts'

/** Our registrations with providers. One client is registered once, so the seat rule cannot be split in two. */
export const providerApps = sqliteTable(
  'provider_apps',
  {
    id: text().$type<ProviderAppId>().primaryKey(),
    provider: text().$type<ProviderName>().notNull(),
    baseUrl: text('base_url').notNull(),
    clientId: text('client_id').notNull(),
    sealedSecret: blob('sealed_secret', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    registration: text().$type<'published' | 'self_registered'>().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    callsPerMinute: integer('calls_per_minute'),
    createdAt: integer('created_at').notNull(),
  },
  table => [uniqueIndex('one_app_per_client').on(table.provider, table.clientId)],
)

export const administrations = sqliteTable(
  'administrations',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<AdministrationId>().notNull(),
    provider: text().$type<ProviderName>().notNull(),
    externalId: text('external_id').notNull(),
    name: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_administration_per_number').on(table.tenantId, table.provider, table.externalId),
    index('administrations_by_tenant').on(table.tenantId),
  ],
)
