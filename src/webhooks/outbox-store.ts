import { type SQL, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts'
import { rfc3339 } from '../clock.ts'
import { newId, type TenantId, type WebhookDeliveryId } from '../id.ts'
import type { TransactionState } from '../transactions/transaction.ts'
import type { EventName } from './event.ts'

// Events go into the batch that makes them true, one row for each endpoint that asks for them: an outbox. For a tenant
// without endpoints that is one look at an index. Plain SQL, for building a query costs more than running this one.

const into = sql`insert into ${webhookDeliveries} (tenant_id, webhook_id, id, event, payload, created_at, attempts, due_at)`

const asks = (tenant: TenantId, event: EventName): SQL =>
  sql`${webhookEndpoints.tenantId} = ${tenant} and ${webhookEndpoints.disabledAt} is null and (${webhookEndpoints.events} = '[]' or exists (select 1 from json_each(${webhookEndpoints.events}) where value = ${event}))`

type News = { id: WebhookDeliveryId; event: EventName; payload: string; at: number }

/** Put an event out for every endpoint of the tenant that asks for it. */
export const tell = (db: Db, tenant: TenantId, { id, event, payload, at }: News): Statement =>
  telling(
    db,
    sql`${into} select ${webhookEndpoints.tenantId}, ${webhookEndpoints.id}, ${id}, ${event}, ${payload}, ${at}, 0, ${at} from ${webhookEndpoints} where ${asks(tenant, event)}`,
  )

export type Turn = { event: EventName; state: TransactionState; at: number }

/**
 * Tell of every transaction that the next statement brings into a state: `which` is that statement's own condition. A message
 * is named after its transaction and that one's coming version, so that no change is told of twice.
 */
export const tellOfTurn = (db: Db, tenant: TenantId, turn: Turn, which: SQL | undefined): Statement =>
  ofTransactions(db, tenant, turn, which, 1)

/** Tell of a transaction that the statement before has just put into the state in which it begins. */
export const tellOfStart = (db: Db, tenant: TenantId, turn: Turn, which: SQL | undefined): Statement =>
  ofTransactions(db, tenant, turn, which, 0)

function ofTransactions(db: Db, tenant: TenantId, turn: Turn, which: SQL | undefined, later: 0 | 1): Statement {
  const { event, state, at } = turn
  const { id, integrationId, reference, bookingKind, rowVersion } = transactions
  const name = sql`${timeIn(at)} || substr(${id}, 15, 12) || printf('%04x', (${rowVersion} + ${later}) & 65535)`
  const data = sql`json_object('tenant_id', ${transactions.tenantId}, 'integration_id', ${integrationId}, 'transaction_id', ${id}, 'reference', ${reference}, 'booking_kind', ${bookingKind}, 'state', ${state})`
  const payload = sql`json_object('type', ${event}, 'timestamp', ${rfc3339(at)}, 'data', ${data})`
  // A cross join keeps its order in SQLite: without endpoints no transaction is looked at.
  return telling(
    db,
    sql`${into} select ${webhookEndpoints.tenantId}, ${webhookEndpoints.id}, ${name}, ${event}, ${payload}, ${at}, 0, ${at} from ${webhookEndpoints} cross join ${transactions} where ${asks(tenant, event)} and ${transactions.tenantId} = ${tenant} and ${which} on conflict do nothing`,
  )
}

const tellings = new WeakSet<Statement>()

function telling(db: Db, query: SQL): Statement {
  const statement = db.run(query)
  tellings.add(statement)
  return statement
}

/** Tell whether a batch put anything out: whether one of its statements here found an endpoint. */
export const hasTold = (statements: readonly Statement[], rowsChanged: readonly number[]): boolean =>
  statements.some((statement, at) => tellings.has(statement) && (rowsChanged[at] ?? 0) > 0)

/** The part of an id that tells when it was made; the rest of it comes out of the row. */
const timeIn = (at: number): string =>
  newId('msg', { now: () => at }, bytes => new Uint8Array(bytes)).slice(0, 'msg_'.length + 10)
