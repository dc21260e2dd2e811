import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { IntegrationId, TenantId, TransactionId } from '../../src/id.ts'
import type { JsonObject, LookUp } from '../../src/providers/provider.ts'
import type { BookingKind, Missing } from '../../src/rights/right.ts'
import type {
  Acceptance,
  AttemptOutcome,
  TransactionReason,
  TransactionState,
} from '../../src/transactions/transaction.ts'

export const transactions = sqliteTable(
  'transactions',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text().$type<TransactionId>().notNull(),
    integrationId: text('integration_id').$type<IntegrationId>().notNull(),
    /** Place in the integration's queue; given at acceptance, kept for good. */
    sequence: integer().notNull(),
    bookingKind: text('booking_kind').$type<BookingKind>().notNull(),
    administration: text().notNull(),
    reference: text().notNull(),
    payload: text({ mode: 'json' }).$type<JsonObject>().notNull(),
    lookUp: text('look_up', { mode: 'json' }).$type<LookUp>(),
    state: text().$type<TransactionState>().notNull(),
    reason: text({ mode: 'json' }).$type<TransactionReason>(),
    missing: text({ mode: 'json' }).$type<Missing[]>().notNull(),
    doubts: text({ mode: 'json' }).$type<Missing[]>().notNull(),
    /** The answer given at acceptance, given again to whoever repeats the key. */
    acceptance: text({ mode: 'json' }).$type<Acceptance>().notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: text('request_hash').notNull(),
    providerId: text('provider_id'),
    attempts: integer().notNull(),
    notBefore: integer('not_before').notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    sendingAt: integer('sending_at'),
    deliveredAt: integer('delivered_at'),
    updatedAt: integer('updated_at').notNull(),
    rowVersion: integer('row_version').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_transaction_per_key').on(table.tenantId, table.idempotencyKey),
    uniqueIndex('one_place_in_the_queue').on(table.tenantId, table.integrationId, table.sequence),
    index('transactions_by_state').on(table.tenantId, table.integrationId, table.state, table.sequence),
    index('transactions_under_way')
      .on(table.updatedAt)
      .where(sql`${table.state} in ('queued', 'sending', 'uncertain')`),
    // For the overview: what asks for a person, found without reading what was delivered.
    index('transactions_waiting')
      .on(table.tenantId, table.integrationId, table.state, table.bookingKind, table.sequence)
      .where(sql`${table.state} in ('held', 'uncertain')`),
    index('transactions_failed')
      .on(table.tenantId, table.integrationId, table.updatedAt)
      .where(sql`${table.state} = 'failed'`),
    // For lists of one kind: one that is seldom booked would else be looked for among all.
    index('transactions_by_kind').on(table.tenantId, table.bookingKind, table.id),
    index('transactions_by_reference').on(table.tenantId, table.integrationId, sql`${table.reference} collate nocase`),
  ],
)

/** Every time a transaction was put to the provider, or looked for there. */
export const attempts = sqliteTable(
  'attempts',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    transactionId: text('transaction_id').$type<TransactionId>().notNull(),
    number: integer().notNull(),
    at: integer().notNull(),
    outcome: text().$type<AttemptOutcome>().notNull(),
    status: integer(),
    words: text(),
  },
  table => [primaryKey({ columns: [table.tenantId, table.transactionId, table.number] })],
)
