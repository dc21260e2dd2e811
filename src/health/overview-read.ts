import { and, type Column, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { administrations, providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import type { ProviderName } from '../providers/provider.ts'
import type { SourceKind } from '../rights/right.ts'
import type { OverviewCursor } from './overview-cursor.ts'
import { matching } from './search-read.ts'
import { type Health, type HealthFacts, type HealthVerdict, judgeHealth } from './verdict.ts'
import { countsAt, NEVER, rankAt, troubledSince, VERDICT_OF_RANK } from './verdict-read.ts'

/** Which connections: null is no restriction, and for the tenant the operator's view of all. */
export type OverviewFilter = {
  tenant: TenantId | null
  verdict: HealthVerdict | null
  provider: ProviderName | null
  search: string | null
}

/** `limit` rows after a place; null is the start. */
export type OverviewPage = { after: OverviewCursor | null; limit: number }

export type OverviewRow = {
  tenantId: TenantId
  tenantName: string
  integrationId: IntegrationId
  label: string
  sourceKind: SourceKind
  sourceProvider: string
  provider: ProviderName
  /** The provider's own number, and the name it was given here. */
  administration: { number: string; name: string }
  username: string | null
  facts: HealthFacts
  health: Health
  /** Since when something is wrong or waits, Unix ms. */
  since: number | null
  cursor: OverviewCursor
}

/**
 * Read a page of the connections that pass the filter, the worst first: by verdict and reason, then by how long it has
 * been so, then by id. The database decides who is on the page; only these rows are read and judged.
 */
export async function readOverview(
  db: Db,
  filter: OverviewFilter,
  page: OverviewPage,
  now: number,
): Promise<OverviewRow[]> {
  const shown = placesOn(db, filter, page, now)
  const { tenantId, integrationId, rank, since } = shown
  const rows = await db
    .select({ ...SHOWN, tenantId, integrationId, counts: countsAt(now), rank, since })
    .from(shown)
    .innerJoin(integrations, and(eq(integrations.tenantId, tenantId), eq(integrations.id, integrationId)))
    .innerJoin(connections, ofTarget)
    .innerJoin(tenants, eq(tenants.id, tenantId))
    .innerJoin(providerApps, eq(providerApps.id, integrations.providerAppId))
    .innerJoin(
      administrations,
      and(eq(administrations.tenantId, tenantId), eq(administrations.id, integrations.administrationId)),
    )
    .orderBy(placeOf(shown))
  return rows.map(({ found, counts, rank, since, ...row }) => {
    const facts: HealthFacts = { ...found, counts }
    const cursor = { rank, since, integrationId: row.integrationId }
    return { ...row, facts, health: judgeHealth(facts), since: since === NEVER ? null : since, cursor }
  })
}

/** Count how many of the connections that pass the rest of the filter each verdict has. */
export async function countVerdicts(
  db: Db,
  filter: Omit<OverviewFilter, 'verdict'>,
  now: number,
): Promise<Record<HealthVerdict, number>> {
  const judged = judgedBy(db, filter, now)
  const rows = await db.select({ rank: judged.rank, count: count() }).from(judged).groupBy(sql`${judged.rank}`)
  const counts = { broken: 0, attention: 0, unknown: 0, healthy: 0 }
  for (const { rank, count } of rows) {
    const verdict = VERDICT_OF_RANK[rank]
    if (verdict === undefined) throw new Error(`No verdict has rank ${rank}`)
    counts[verdict] += count
  }
  return counts
}

const SHOWN = {
  tenantName: tenants.name,
  label: integrations.label,
  sourceKind: integrations.sourceKind,
  sourceProvider: integrations.sourceProvider,
  provider: providerApps.provider,
  administration: { number: administrations.externalId, name: administrations.name },
  username: connections.username,
  found: {
    state: connections.state,
    trouble: connections.trouble,
    warnings: connections.warnings,
    lastProbeAt: connections.lastProbeAt,
    lastDeliveryAt: connections.lastDeliveryAt,
  },
}

/** Who is on a page. */
function placesOn(db: Db, filter: OverviewFilter, { after: cursor, limit }: OverviewPage, now: number) {
  const judged = judgedBy(db, filter, now)
  return db
    .select()
    .from(judged)
    .where(and(ofVerdict(judged, filter.verdict), after(judged, cursor)))
    .orderBy(placeOf(judged))
    .limit(limit)
    .as('shown')
}

const ofTarget = and(
  eq(connections.tenantId, integrations.tenantId),
  eq(connections.integrationId, integrations.id),
  eq(connections.end, 'target'),
)

/** Every connection that passes the filter, but for its verdict, with its place among all. */
const judgedBy = (db: Db, { tenant, provider, search }: Omit<OverviewFilter, 'verdict'>, now: number) =>
  db
    .select({
      tenantId: integrations.tenantId,
      integrationId: integrations.id,
      rank: rankAt(now).as('rank'),
      since: troubledSince.as('since'),
    })
    .from(integrations)
    .innerJoin(connections, ofTarget)
    .where(
      and(
        tenant === null ? undefined : eq(integrations.tenantId, tenant),
        isNull(integrations.endedAt),
        provider === null ? undefined : inArray(integrations.providerAppId, appsOf(db, provider)),
        matching(search),
      ),
    )
    // Takes nothing away: it keeps SQLite from working the rank out anew wherever the statement names it.
    .limit(-1)
    .as('judged')

const appsOf = (db: Db, provider: ProviderName) =>
  db.select({ id: providerApps.id }).from(providerApps).where(eq(providerApps.provider, provider))

type Place = { rank: SQL.Aliased<number>; since: SQL.Aliased<number>; integrationId: Column }

const placeOf = ({ rank, since, integrationId }: Place): SQL => sql`${rank}, ${since}, ${integrationId}`

const after = (place: Place, cursor: OverviewCursor | null): SQL | undefined =>
  cursor === null ? undefined : sql`(${placeOf(place)}) > (${cursor.rank}, ${cursor.since}, ${cursor.integrationId})`

const ofVerdict = ({ rank }: Place, verdict: HealthVerdict | null): SQL | undefined =>
  verdict === null
    ? undefined
    : inArray(
        rank,
        [...VERDICT_OF_RANK.keys()].filter(at => VERDICT_OF_RANK[at] === verdict),
      )
