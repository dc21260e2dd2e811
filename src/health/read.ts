import { and, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { timeline } from '../../db/schema/health.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { DAY, HOUR } from '../clock.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { HEALTH_VERDICTS, type Health, type HealthFacts, type HealthVerdict, judgeHealth } from './verdict.ts'

type Judged = {
  tenantId: TenantId
  integrationId: IntegrationId
  label: string
  facts: HealthFacts
  health: Health
}

export type HealthRow = Judged & {
  timeline: { hour: number; delivered: number; failed: number; held: number; troubles: number }[]
}

export type HealthPage = { after: IntegrationId | null; limit: number; only?: IntegrationId }

/** Failed transactions count towards health for this long. */
const FAILED_COUNTS_FOR = DAY

/**
 * Judge the connections of one tenant, or of all for the operator (null), from what the database says now: a page of
 * integrations after a cursor, with their counts and their last day by the hour.
 */
export async function readHealth(db: Db, tenant: TenantId | null, page: HealthPage, now: number): Promise<HealthRow[]> {
  const judged = await judge(db, tenant, page, now)
  if (judged.length === 0) return []
  const hours = await db
    .select()
    .from(timeline)
    .where(
      and(
        inArray(timeline.tenantId, [...new Set(judged.map(row => row.tenantId))]),
        inArray(
          timeline.integrationId,
          judged.map(row => row.integrationId),
        ),
        gte(timeline.hour, Math.floor((now - DAY) / HOUR)),
      ),
    )
    .orderBy(timeline.hour)
  return judged.map(row => ({ ...row, timeline: hours.filter(hour => hour.integrationId === row.integrationId) }))
}

/** Count the verdicts of all of a tenant's connections, or of everybody's for the operator (null). */
export async function countHealth(
  db: Db,
  tenant: TenantId | null,
  now: number,
): Promise<{ [V in HealthVerdict]: number }> {
  const counts = { broken: 0, attention: 0, unknown: 0, healthy: 0 }
  const judged = await judge(db, tenant, null, now)
  for (const verdict of HEALTH_VERDICTS) counts[verdict] = judged.filter(row => row.health.verdict === verdict).length
  return counts
}

async function judge(db: Db, tenant: TenantId | null, page: HealthPage | null, now: number): Promise<Judged[]> {
  const selected = db
    .select({
      integration: { tenantId: integrations.tenantId, id: integrations.id, label: integrations.label },
      connection: {
        state: connections.state,
        trouble: connections.trouble,
        warnings: connections.warnings,
        lastProbeAt: connections.lastProbeAt,
        lastDeliveryAt: connections.lastDeliveryAt,
      },
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
        page?.only === undefined ? undefined : eq(integrations.id, page.only),
        page === null || page.after === null ? undefined : sql`${integrations.id} > ${page.after}`,
        isNull(integrations.endedAt),
      ),
    )
    .orderBy(integrations.id)
  const rows = await (page === null ? selected : selected.limit(page.limit))
  if (rows.length === 0) return []
  const counted = await countStates(db, tenant, page === null ? null : rows.map(row => row.integration.id), now)
  return rows.map(({ integration, connection }) => {
    const count = (state: string) => counted.get(`${integration.id} ${state}`) ?? 0
    const counts = {
      held: count('held'),
      queued: count('queued'),
      uncertain: count('uncertain'),
      failed: count('failed'),
    }
    const facts: HealthFacts = { ...connection, counts }
    const { tenantId, id, label } = integration
    return { tenantId, integrationId: id, label, facts, health: judgeHealth(facts) }
  })
}

/** How many transactions wait or have failed lately, by integration and state. */
async function countStates(
  db: Db,
  tenant: TenantId | null,
  only: readonly IntegrationId[] | null,
  now: number,
): Promise<Map<string, number>> {
  const { tenantId, integrationId, state, updatedAt } = transactions
  const rows = await db
    .select({ integrationId, state, count: sql<number>`count(*)` })
    .from(transactions)
    .where(
      and(
        tenant === null ? undefined : eq(tenantId, tenant),
        only === null ? undefined : inArray(integrationId, [...only]),
        sql`(${state} in ('held', 'queued', 'uncertain') or (${state} = 'failed' and ${updatedAt} >= ${now - FAILED_COUNTS_FOR}))`,
      ),
    )
    .groupBy(integrationId, state)
  return new Map(rows.map(row => [`${row.integrationId} ${row.state}`, row.count]))
}
