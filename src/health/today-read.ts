import { and, eq, gte, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { timeline } from '../../db/schema/health.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { HOUR } from '../clock.ts'
import type { TenantId } from '../id.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import { waiting } from './verdict-read.ts'

/** What a day has brought: transactions by what became of them, and how often a connection went wrong. */
export type Today = { delivered: number; failed: number; held: number; troubles: number; rightsMissing: number }

/**
 * Sum up the hours since a moment (Unix ms; its own hour counts whole) for a tenant, or for all (null). `rightsMissing`
 * is about now: what the held transactions wait for, each once per integration.
 */
export async function today(db: Db, tenant: TenantId | null, since: number): Promise<Today> {
  const [hours, rightsMissing] = await Promise.all([sumHours(db, tenant, since), countRightsMissing(db, tenant)])
  return { ...hours, rightsMissing }
}

async function sumHours(db: Db, tenant: TenantId | null, since: number): Promise<Omit<Today, 'rightsMissing'>> {
  const sum = (column: 'delivered' | 'failed' | 'held' | 'troubles') =>
    sql<number>`coalesce(sum(${timeline[column]}), 0)`
  const [hours] = await db
    .select({ delivered: sum('delivered'), failed: sum('failed'), held: sum('held'), troubles: sum('troubles') })
    .from(integrations)
    // Integration by integration: their hours stand together, while what is long past is left unread.
    .crossJoin(timeline)
    .where(
      and(
        tenant === null ? undefined : eq(integrations.tenantId, tenant),
        eq(timeline.tenantId, integrations.tenantId),
        eq(timeline.integrationId, integrations.id),
        gte(timeline.hour, Math.floor(since / HOUR)),
      ),
    )
  return hours ?? { delivered: 0, failed: 0, held: 0, troubles: 0 }
}

/**
 * Count what held transactions wait for: distinct (integration, cause, resource, action), but for a seat that nobody sits
 * on, which is no right. What one transaction of a kind waits for, all held ones of that kind and integration wait for
 * (`release`), so the first of each says it.
 */
async function countRightsMissing(db: Db, tenant: TenantId | null): Promise<number> {
  const [row] = await db.all<{ count: number }>(sql`
    select count(*) as count from (
      select distinct ${integrations.tenantId}, ${integrations.id},
        missing.value ->> 'cause', missing.value ->> 'resource', missing.value ->> 'action'
      from ${integrations}
      cross join json_each(${JSON.stringify(BOOKING_KINDS)}) as kind
      cross join json_each((
        select ${transactions.missing} from ${transactions}
        where ${waiting('held')} and ${transactions.bookingKind} = kind.value order by ${transactions.sequence} limit 1
      )) as missing
      where ${tenant === null ? sql`true` : eq(integrations.tenantId, tenant)}
        and ${integrations.endedAt} is null
        and exists (select 1 from ${transactions} where ${waiting('held')})
        and missing.value ->> 'layer' <> 'connection'
    )`)
  return row?.count ?? 0
}
