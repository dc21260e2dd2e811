import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { IntegrationId, ServiceAccountId, TenantId } from '../id.ts'
import { costOfUser, dayOf, pricing } from '../prices/price.ts'
import { pricesInForce } from '../prices/store.ts'
import type { ProviderName } from '../providers/provider.ts'
import { type Candidate, plan, type Wanted } from '../seats/plan.ts'
import { candidates, existingWanted } from '../seats/plan-store.ts'
import type { Flow } from './onboarding-store.ts'
import type { Target } from './target-read.ts'
import { sortUsers, type UserSeen, type Users } from './user-choice.ts'

/** Who could sit on the seat of a flow, and what the seat plan makes of it. */
export type UserPlan = {
  users: Users
  /** The user that the plan gives to this seat; null when one has to be made. */
  planned: ServiceAccountId | null
  /** How many users the tenant is short of, this seat included (EOL-10). */
  short: number
  /** What users cost each month in euro cents; null when nobody said. */
  costOf(user: Candidate): number | null
  costOfNew: number | null
}

/** Read all users of the tenant at the flow's provider, and plan with them. `now` is Unix ms. */
export async function readUsers(db: Db, tenant: TenantId, flow: Flow, target: Target, now: number): Promise<UserPlan> {
  const { provider } = target.app
  const [all, existing, prices, [accounts, promises]] = await Promise.all([
    candidates(db, tenant),
    existingWanted(db, tenant),
    pricesInForce(db, tenant, dayOf(now)),
    db.batch([seatedAccounts(db, tenant, provider), promised(db, tenant, flow)]),
  ])
  const users = all.flatMap(candidate => seen(candidate, accounts, promises, flow, target))
  const promisedFor = (id: IntegrationId | null) => promises.find(one => one.integration === id)?.account ?? null
  const others = existing
    .filter(one => one.integrationId !== flow.integrationId)
    .map(one => ({ ...one, seatedAccountId: one.seatedAccountId ?? promisedFor(one.integrationId) }))
  const wanted = wantedBy(flow, target)
  const { assignments, short } = plan([...others, wanted], users)
  const priceOf = pricing(prices, dayOf(now))
  return {
    users: sortUsers(users, wanted),
    planned: assignments.at(-1)?.account?.id ?? null,
    short,
    costOf: user => costOfUser(user, priceOf),
    costOfNew: priceOf(provider, 'full_user'),
  }
}

const wantedBy = ({ integrationId, draft }: Flow, { app, administration }: Target): Wanted => ({
  integrationId,
  label: draft.source?.label ?? '',
  sourceKind: draft.source?.kind ?? 'webshop',
  provider: app.provider,
  providerAppId: app.id,
  administration: administration.externalId,
  seatedAccountId: null,
})

type SeatedAccount = Awaited<ReturnType<typeof seatedAccounts>>[number]
type Promised = Awaited<ReturnType<typeof promised>>[number]

/** A candidate with where it sits and whom it is promised to; nothing for one of another provider. */
function seen(
  candidate: Candidate,
  accounts: readonly SeatedAccount[],
  promises: readonly Promised[],
  { integrationId }: Flow,
  { app }: Target,
): UserSeen[] {
  const rows = accounts.filter(({ id }) => id === candidate.id)
  const [account] = rows
  if (account === undefined) return []
  const own = rows.some(({ seatOf }) => seatOf !== null && seatOf === integrationId)
  const elsewhere = rows.find(({ seatOf }) => seatOf !== null && seatOf !== integrationId)
  return [
    {
      ...candidate,
      email: account.email,
      seatedAt: own ? candidate.seatedAt.filter(at => at !== app.id) : candidate.seatedAt,
      sitsOn: elsewhere?.label ?? null,
      promisedTo: promises.find(promise => promise.account === candidate.id)?.label ?? null,
    },
  ]
}

/** Every account at a provider; once for each seat it sits on. */
const seatedAccounts = (db: Db, tenant: TenantId, provider: ProviderName) =>
  db
    .select({
      id: serviceAccounts.id,
      email: serviceAccounts.email,
      seatOf: seats.integrationId,
      label: integrations.label,
    })
    .from(serviceAccounts)
    .leftJoin(seats, and(eq(seats.tenantId, serviceAccounts.tenantId), eq(seats.serviceAccountId, serviceAccounts.id)))
    .leftJoin(integrations, and(eq(integrations.tenantId, seats.tenantId), eq(integrations.id, seats.integrationId)))
    .where(and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.provider, provider)))

/** Which accounts other flows on their way are going to use. */
const promised = (db: Db, tenant: TenantId, flow: Flow) =>
  db
    .select({ account: onboardings.serviceAccountId, integration: integrations.id, label: integrations.label })
    .from(onboardings)
    .innerJoin(
      integrations,
      and(eq(integrations.tenantId, onboardings.tenantId), eq(integrations.id, onboardings.integrationId)),
    )
    .where(
      and(
        eq(onboardings.tenantId, tenant),
        ne(onboardings.id, flow.id),
        isNull(onboardings.finishedAt),
        isNull(integrations.endedAt),
        isNotNull(onboardings.serviceAccountId),
      ),
    )
