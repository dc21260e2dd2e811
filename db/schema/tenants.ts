import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ApiKeyId, TenantId } from '../../src/id.ts'
import type { Locale } from '../../src/words/words.ts'

export const tenants = sqliteTable('tenants', {
  id: text().$type<TenantId>().primaryKey(),
  name: text().notNull(),
  locale: text().$type<Locale>().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** A key without a tenant is the operator's: it reaches all tenants. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    tenantId: text('tenant_id').$type<TenantId>(),
    id: text().$type<ApiKeyId>().primaryKey(),
    label: text().notNull(),
    hash: text().notNull(),
    prefix: text().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    revokedAt: integer('revoked_at'),
    /** To within a few minutes. */
    lastUsedAt: integer('last_used_at'),
  },
  table => [
    uniqueIndex('one_api_key_per_hash').on(table.hash),
    index('api_keys_by_tenant').on(table.tenantId, table.id),
  ],
)

/** First answers of unsafe calls by idempotency key; the owner is a tenant or the operator. A row without a status is a call still running. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    tenantId: text('tenant_id').notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer(),
    body: text(),
    createdAt: integer('created_at').notNull(),
  },
  table => [uniqueIndex('one_answer_per_key').on(table.tenantId, table.key)],
)
