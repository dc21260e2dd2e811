import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AdministrationId, IntegrationId, ProviderAppId, ServiceAccountId, TenantId } from '../../src/id.ts'
import type { Bookkeeping, ProviderName, UserKind } from '../../src/providers/provider.ts'
import type { BookingKind, SourceKind } from '../../src/rights/right.ts'
import type { End } from '../../src/seats/seat.ts'

/**
 * Who sits where, across all tenants: one row per taken seat. `one_seat_per_user` is the rule of EOL-09 itself;
 * claiming is one insert, releasing one delete.
 */
export const seats = sqliteTable(
  'seats',
  {
    providerAppId: text('provider_app_id').$type<ProviderAppId>().notNull(),
    providerUserId: text('provider_user_id').notNull(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    end: text().$type<End>().notNull(),
    serviceAccountId: text('service_account_id').$type<ServiceAccountId>().notNull(),
    takenAt: integer('taken_at').notNull(),
  },
  table => [
    uniqueIndex('one_seat_per_user').on(table.providerAppId, table.providerUserId),
    uniqueIndex('one_user_per_seat').on(table.integrationId, table.end),
    index('seats_by_tenant').on(table.tenantId),
  ],
)

export const serviceAccounts = sqliteTable(
  'service_accounts',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<ServiceAccountId>().notNull(),
    provider: text().$type<ProviderName>().notNull(),
    username: text().notNull(),
    email: text().notNull(),
    kind: text().$type<UserKind>().notNull(),
    roles: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** Numbers at the provider that this user is said to reach; what it does reach is learned from probes. */
    administrations: text({ mode: 'json' }).$type<string[]>().notNull(),
    providerUserId: text('provider_user_id'),
    monthlyPriceCents: integer('monthly_price_cents'),
    createdAt: integer('created_at').notNull(),
    rowVersion: integer('row_version').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_account_per_username').on(table.tenantId, table.provider, table.username),
  ],
)

export const integrations = sqliteTable(
  'integrations',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<IntegrationId>().notNull(),
    label: text().notNull(),
    sourceKind: text('source_kind').$type<SourceKind>().notNull(),
    sourceProvider: text('source_provider').notNull(),
    sourceRef: text('source_ref').notNull(),
    providerAppId: text('provider_app_id').$type<ProviderAppId>().notNull(),
    administrationId: text('administration_id').$type<AdministrationId>().notNull(),
    bookingKinds: text('booking_kinds', { mode: 'json' }).$type<BookingKind[]>().notNull(),
    strict: integer({ mode: 'boolean' }).notNull(),
    bookkeeping: text({ mode: 'json' }).$type<Bookkeeping>(),
    createdAt: integer('created_at').notNull(),
    rowVersion: integer('row_version').notNull(),
    endedAt: integer('ended_at'),
  },
  table => [primaryKey({ columns: [table.tenantId, table.id] })],
)
