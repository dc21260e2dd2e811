import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { IntegrationId, TenantId } from '../../src/id.ts'
import type { Action } from '../../src/rights/right.ts'
import type { Observation } from '../../src/rights/standing.ts'

/** What is known of each right of a connection: by asking (`probe`) or by being refused (`delivery`). */
export const rights = sqliteTable(
  'rights',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    administration: text().notNull(),
    resource: text().notNull(),
    action: text().$type<Action>().notNull(),
    observation: text({ mode: 'json' }).$type<Observation>().notNull(),
    observedAt: integer('observed_at').notNull(),
  },
  table => [
    primaryKey({
      columns: [table.tenantId, table.integrationId, table.administration, table.resource, table.action],
    }),
  ],
)
