import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { TenantId } from '../../src/id.ts'
import type { ProviderName, UserKind } from '../../src/providers/provider.ts'

/** What a user of a kind costs this tenant each month from a day on; an earlier price stays for what was before. */
export const prices = sqliteTable(
  'prices',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    provider: text().$type<ProviderName>().notNull(),
    userKind: text('user_kind').$type<UserKind>().notNull(),
    /** The first day on which it holds, `2026-01-31`. */
    validFrom: text('valid_from').notNull(),
    /** Euro cents each month. */
    monthlyCents: integer('monthly_cents').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [primaryKey({ columns: [table.tenantId, table.provider, table.userKind, table.validFrom] })],
)
