import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ConnectLinkId, IntegrationId, OnboardingId, PersonId, ServiceAccountId, TenantId } from '../../src/id.ts'
import type { Draft } from '../../src/onboarding/onboarding.ts'

/** Guided flows on their way: whoever leaves and comes back goes on where they were. */
export const onboardings = sqliteTable(
  'onboardings',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<OnboardingId>().notNull(),
    draft: text({ mode: 'json' }).$type<Draft>().notNull(),
    /** The integration made of the draft, once there is one. */
    integrationId: text('integration_id').$type<IntegrationId>(),
    serviceAccountId: text('service_account_id').$type<ServiceAccountId>(),
    connectLinkId: text('connect_link_id').$type<ConnectLinkId>(),
    startedBy: text('started_by').$type<PersonId>().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    finishedAt: integer('finished_at'),
    rowVersion: integer('row_version').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('onboardings_by_time').on(table.tenantId, table.updatedAt),
  ],
)
