import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ConnectionState, Trouble, Warning } from '../../src/connections/connection.ts'
import type { ConnectionId, ConnectLinkId, IntegrationId, ServiceAccountId, TenantId } from '../../src/id.ts'
import type { UserKind } from '../../src/providers/provider.ts'
import type { End } from '../../src/seats/seat.ts'
import type { Locale } from '../../src/words/words.ts'

export const connections = sqliteTable(
  'connections',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<ConnectionId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    end: text().$type<End>().notNull(),
    state: text().$type<ConnectionState>().notNull(),
    trouble: text({ mode: 'json' }).$type<Trouble>(),
    warnings: text({ mode: 'json' }).$type<Warning[]>().notNull(),
    providerUserId: text('provider_user_id'),
    username: text(),
    email: text(),
    userKind: text('user_kind').$type<UserKind>(),
    /** The credential in use and the one it replaced, until the new one is proven. */
    sealedCurrent: blob('sealed_current', { mode: 'buffer' }).$type<Uint8Array>(),
    sealedPrevious: blob('sealed_previous', { mode: 'buffer' }).$type<Uint8Array>(),
    proven: integer({ mode: 'boolean' }).notNull(),
    /** Administrations the user and the app reach together, null while unknown. */
    reach: text({ mode: 'json' }).$type<string[]>(),
    consentedScopes: text('consented_scopes', { mode: 'json' }).$type<string[]>(),
    connectedAt: integer('connected_at'),
    accessExpiresAt: integer('access_expires_at'),
    lastRefreshAt: integer('last_refresh_at'),
    lastProbeAt: integer('last_probe_at'),
    lastDeliveryAt: integer('last_delivery_at'),
    /** When the sweep must wake this seat at the latest. */
    dueAt: integer('due_at'),
    rowVersion: integer('row_version').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_connection_per_end').on(table.tenantId, table.integrationId, table.end),
    index('connections_due').on(table.dueAt),
    // For the overview: what a verdict rests on, read without the sealed credentials beside it.
    index('connections_health').on(
      table.tenantId,
      table.integrationId,
      table.end,
      table.state,
      table.trouble,
      table.warnings,
      table.lastProbeAt,
    ),
  ],
)

export const connectLinks = sqliteTable(
  'connect_links',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<ConnectLinkId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    serviceAccountId: text('service_account_id').$type<ServiceAccountId>(),
    locale: text().$type<Locale>().notNull(),
    secretHash: text('secret_hash').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    /** The sign-in now under way: its `state` and browser as hashes, one at a time. */
    stateHash: text('state_hash'),
    browserHash: text('browser_hash'),
    stateExpiresAt: integer('state_expires_at'),
    stateUsedAt: integer('state_used_at'),
    /** Set while a consent is being worked on; the sweep wakes what stays set. */
    workingSince: integer('working_since'),
    createdAt: integer('created_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_link_per_secret').on(table.secretHash),
    uniqueIndex('one_link_per_state').on(table.stateHash),
    index('connect_links_working').on(table.workingSince),
  ],
)
