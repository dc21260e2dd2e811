import { and, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { timeline } from '../../db/schema/health.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { DAY, HOUR } from '../clock.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { type Health, type HealthFacts, judgeHealth } from './verdict.ts'

export type HealthRow = {
  tenantId: TenantId
  integrationId: IntegrationId
  label: string
  facts: HealthFacts
  health: Health
  timeline: { hour: number; delivered: number; failed: number; held: number; troubles: number }[]
}

/** Failed transactions count towards health for this long. */
const FAILED_COUNTS_FOR = DAY

/**
 * Judge the connections of one tenant, or of all for the operator (null), from what the database says now: a page of
 * integrations after a cursor, with their counts and their last day by the hour.
 */
export async function readHealth(
  db: Db,
  tenant: TenantId | null,
  page: { after: IntegrationId | null; limit: number; only?: IntegrationId },
  now: number,
): Promise<HealthRow[]> {
  const rows = await db
    .select({
      integration: { tenantId: integrations.tenantId, id: integrations.id, label: integrations.label },
      connection: connections,
    })
    .from(integrations)
    .innerJoin(
      connections,
      and(
        eq(connections.tenantId, integrations.tenantId),
        eq(connections.integrationId, integrations.id),
        eq(connections.end, 'target'),
      ),
    )
    .where(
      and(
        tenant === null ? undefined : eq(integrations.tenantId, tenant),
        page.only === undefined ? undefined : eq(integrations.id, page.only),
        page.after === null ? undefined : sql`${integrations.id} > ${page.after}`,
        isNull(integrations.endedAt),
      ),
    )
    .orderBy(integrations.id)
    .limit(page.limit)
  if (rows.length === 0) return []
  const ids = rows.map(row => row.integration.id)
  const tenants = [...new Set(rows.map(row => row.integration.tenantId))]
  const [counted, hours] = await db.batch([
    db
      .select({ integrationId: transactions.integrationId, state: transactions.state, count: sql<number>`count(*)` })
      .from(transactions)
      .where(
        and(
          inArray(transactions.tenantId, tenants),
          inArray(transactions.integrationId, ids),
          sql`(${transactions.state} in ('held', 'queued', 'uncertain') or (${transactions.state} = 'failed' and ${transactions.updatedAt} >= ${now - FAILED_COUNTS_FOR}))`,
        ),
      )
      .groupBy(transactions.integrationId, transactions.state),
    db
      .select()
      .from(timeline)
      .where(
        and(
          inArray(timeline.tenantId, tenants),
          inArray(timeline.integrationId, ids),
          gte(timeline.hour, Math.floor((now - DAY) / HOUR)),
        ),
      )
      .orderBy(timeline.hour),
  ])
  return rows.map(({ integration, connection }) => {
    const count = (state: string) =>
      counted.find(one => one.integrationId === integration.id && one.state === state)?.count ?? 0
    const facts: HealthFacts = {
      ...connection,
      counts: { held: count('held'), queued: count('queued'), uncertain: count('uncertain'), failed: count('failed') },
    }
    return {
      tenantId: integration.tenantId,
      integrationId: integration.id,
      label: integration.label,
      facts,
      health: judgeHealth(facts),
      timeline: hours.filter(hour => hour.integrationId === integration.id),
    }
  })
}
