import { and, count, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import type { OverviewCursor } from '../health/overview-cursor.ts'
import { countVerdicts, readOverview } from '../health/overview-read.ts'
import type { HealthVerdict } from '../health/verdict.ts'
import type { TenantId } from '../id.ts'
import { dayOf, pricing } from '../prices/price.ts'
import { pricesInForce } from '../prices/store.ts'
import { type Backing, backing } from './backing.ts'
import { plan } from './plan.ts'
import { candidates, existingWanted } from './plan-store.ts'

/**
 * So many integrations on a page. Most tenants have fewer; more would be longer than people scroll and, drawn and told,
 * heavier than 100 kB. The worst come first, so what is left for the next page is what can wait.
 */
const ROWS = 25

export type BackingRead = Backing & {
  counts: Record<HealthVerdict, number>
  /** Where the next page starts; null when there is none. */
  next: OverviewCursor | null
  /** Guided flows that somebody began and has not finished. */
  unfinished: number
}

/** Read who backs what: a page of the tenant's integrations, the worst first, and what is true of all of them. */
export async function readBacking(
  db: Db,
  tenant: TenantId,
  after: OverviewCursor | null,
  now: number,
): Promise<BackingRead> {
  const filter = { tenant, verdict: null, provider: null, search: null }
  const today = dayOf(now)
  const [found, counts, wanted, accounts, prices, unfinished] = await Promise.all([
    readOverview(db, filter, { after, limit: ROWS + 1 }, now),
    countVerdicts(db, filter, now),
    existingWanted(db, tenant),
    candidates(db, tenant),
    pricesInForce(db, tenant, today),
    countUnfinished(db, tenant),
  ])
  const shown = found.slice(0, ROWS)
  const next = found.length > ROWS ? (shown.at(-1)?.cursor ?? null) : null
  return { ...backing(shown, plan(wanted, accounts, pricing(prices, today)), accounts), counts, next, unfinished }
}

async function countUnfinished(db: Db, tenant: TenantId): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(onboardings)
    .where(and(eq(onboardings.tenantId, tenant), isNull(onboardings.finishedAt)))
  return row?.count ?? 0
}
