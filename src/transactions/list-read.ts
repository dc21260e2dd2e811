import { and, type Column, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import type { Slice } from '../http/page.ts'
import { newId, type TenantId, type TransactionId } from '../id.ts'
import type { ListFilter } from './list-filter.ts'
import { resolvedBy, seatsOf } from './one-read.ts'
import { TRANSACTION_STATES, type TransactionState } from './transaction.ts'

const { tenantId, id, integrationId, state, bookingKind, reference, reason, acceptedAt, missing } = transactions

/** What a list shows of a transaction: all but its content. */
const SHOWN = {
  id,
  integrationId,
  bookingKind,
  administration: transactions.administration,
  reference,
  state,
  reason,
  missing,
  acceptedAt,
}

/**
 * How a list is read. The newest first is the order of the ids; what matches seldom stands far apart in it, and is
 * found by an index of its own and put in order.
 */
export type Reading = 'by name' | 'by state' | 'newest first'

/** Most that is put in order for a page. What matches more often than this stands close enough together to be met. */
const FEW = 5_000

/** Counting ends here: nobody needs to know how many more there are. */
export const MOST_COUNTED = 10_000

/** An index is used for a column that stands bare, and not for one with a plus before it (SQLite). */
const column = (of: Column, indexed: boolean): SQL => (indexed ? sql`${of}` : sql`+${of}`)

const ofTenant = (tenant: TenantId): SQL =>
  sql`${integrationId} in (select ${integrations.id} from ${integrations} where ${integrations.tenantId} = ${tenant})`

const ofIntegration = (tenant: TenantId, { integration }: Pick<ListFilter, 'integration'>, indexed: boolean) =>
  integration === null
    ? indexed
      ? ofTenant(tenant)
      : undefined
    : sql`${column(integrationId, indexed)} = ${integration}`

/** A range and not LIKE, so that an index in this collation is used. */
function named({ reference: asked }: ListFilter, indexed: boolean): SQL | undefined {
  if (asked === null) return undefined
  const of = sql`${column(reference, indexed)} collate nocase`
  return asked.exact ? sql`${of} = ${asked.text}` : sql`${of} >= ${asked.text} and ${of} < ${`${asked.text}\u{10ffff}`}`
}

const inState = ({ state: asked }: ListFilter, indexed: boolean): SQL | undefined =>
  asked === null ? undefined : sql`${column(state, indexed)} = ${asked}`

/** The least id of a moment: ids sort by the time they were made, which is when a transaction is accepted, within the second. */
const idAt = (at: number): TransactionId => newId('txn', { now: () => Math.max(0, at) }, bytes => new Uint8Array(bytes))

const SLACK = 1_000

function accepted({ from, before }: ListFilter, indexed: boolean): SQL | undefined {
  const of = column(id, indexed)
  return and(
    from === null ? undefined : sql`${of} >= ${idAt(from - SLACK)} and ${acceptedAt} >= ${from}`,
    before === null ? undefined : sql`${of} < ${idAt(before + SLACK)} and ${acceptedAt} < ${before}`,
  )
}

const atMost = (limit: number, which: SQL | undefined): SQL<number> =>
  sql<number>`(select count(*) from (select 1 from ${transactions} where ${which} limit ${limit}))`

export async function readingOf(db: Db, tenant: TenantId, filter: ListFilter): Promise<Reading> {
  if (filter.integration === null && filter.reference === null && filter.state === null) return 'newest first'
  const here = and(eq(tenantId, tenant), ofIntegration(tenant, filter, true))
  const [found] = await db
    .select({
      byName: atMost(FEW, and(here, named(filter, true))),
      byState: atMost(FEW, and(here, inState(filter, true))),
    })
    .from(sql`(select 1)`)
  const { byName = FEW, byState = FEW } = found ?? {}
  if (byName < FEW) return 'by name'
  return byState < FEW ? 'by state' : 'newest first'
}

export const listed = (db: Db, tenant: TenantId, filter: ListFilter, { after, limit }: Slice, reading: Reading) => {
  const newest = reading === 'newest first'
  return db
    .select({ ...SHOWN, resolvedBy: resolvedBy(tenant) })
    .from(transactions)
    .where(
      and(
        eq(tenantId, tenant),
        ofIntegration(tenant, filter, !newest),
        named(filter, reading === 'by name'),
        inState(filter, reading === 'by state'),
        accepted(filter, newest),
        filter.kind === null ? undefined : sql`${column(bookingKind, newest)} = ${filter.kind}`,
        after === null ? undefined : sql`${column(id, newest)} < ${after}`,
      ),
    )
    .orderBy(newest ? desc(id) : sql`+${id} desc`)
    .limit(limit)
}

/** How many transactions there are in each state, counted up to `MOST_COUNTED`. */
const counted = (db: Db, tenant: TenantId, filter: Pick<ListFilter, 'integration'>) =>
  db
    .select({
      state: sql<TransactionState>`states.value`,
      count: atMost(
        MOST_COUNTED + 1,
        and(eq(tenantId, tenant), ofIntegration(tenant, filter, true), sql`${state} = states.value`),
      ),
    })
    .from(sql`json_each(${JSON.stringify(TRANSACTION_STATES)}) as states`)

/** What held transactions wait for, the same texts once with their number. */
const held = (db: Db, tenant: TenantId, filter: Pick<ListFilter, 'integration'>, wanted: boolean) =>
  db
    .select({ integrationId, missing, count: sql<number>`count(*)` })
    .from(transactions)
    .where(
      and(
        eq(tenantId, tenant),
        ofIntegration(tenant, filter, true),
        eq(state, 'held'),
        wanted ? undefined : sql`false`,
      ),
    )
    .groupBy(integrationId, bookingKind, missing)

export type ListedRow = Awaited<ReturnType<typeof listed>>[number]

/** Read a page of a tenant's transactions, the newest first, with all that stands around it; causes only when wanted. */
export async function readList(db: Db, tenant: TenantId, filter: ListFilter, slice: Slice, wantsCauses: boolean) {
  const reading = await readingOf(db, tenant, filter)
  const [rows, counts, seats, waiting] = await db.batch([
    listed(db, tenant, filter, slice, reading),
    counted(db, tenant, filter),
    seatsOf(db, tenant),
    held(db, tenant, filter, wantsCauses),
  ])
  return { rows, counts: new Map(counts.map(row => [row.state, row.count])), seats, waiting }
}
