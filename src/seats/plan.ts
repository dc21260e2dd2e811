import type { IntegrationId, ServiceAccountId } from '../id.ts'
import { costOfUser, type PriceOf } from '../prices/price.ts'
import type { ProviderName, UserKind } from '../providers/provider.ts'
import type { SourceKind } from '../rights/right.ts'

/** An integration that needs a seat: which provider app, which administration, and who sits there already. */
export type Wanted = {
  integrationId: IntegrationId | null
  label: string
  sourceKind: SourceKind
  provider: ProviderName
  providerAppId: string
  /** The provider's own number. */
  administration: string
  seatedAccountId: ServiceAccountId | null
}

/** A user that may sit somewhere. Administrations are the provider's own numbers; null when not known. */
export type Candidate = {
  id: ServiceAccountId
  provider: ProviderName
  username: string
  kind: UserKind
  administrations: readonly string[] | null
  /** Its own price in euro cents; null when what its kind costs holds for it. */
  monthlyPriceCents: number | null
  /** The provider apps at which this user already sits, in whichever tenant. */
  seatedAt: readonly string[]
}

export type Assignment = {
  wanted: Wanted
  account: Candidate | null
  how: 'seated' | 'reuse' | 'new_user'
  /** What should be known of the assigned user before relying on it. */
  caution: 'client_user' | 'administration_unproven' | null
}

export type SeatPlan = {
  assignments: Assignment[]
  /** How many users have to be made. */
  short: number
  /** How many different users the integrations need in all (EOL-10). */
  usersNeeded: number
  /** What the users cost each month together, those to be made included, as far as prices are known. */
  monthlyCost: { knownCents: number; usersWithoutPrice: number }
}

/**
 * Give every integration a user of its own: who sits stays, free and fit users are reused for as many as can be, and what
 * is left has to be made (EOL-09, EOL-10). A user fits when it reaches the administration, or when it is not known whether
 * it does; among the fit, a full user comes before a client user (EOL-06) and a proven reach before an unproven one.
 * Without `priceOf` only users with a price of their own have one.
 */
export function plan(
  wanted: readonly Wanted[],
  candidates: readonly Candidate[],
  priceOf: PriceOf = () => null,
): SeatPlan {
  const reused = reuse(wanted, candidates)
  const assignments = wanted.map((one, at): Assignment => {
    const seated = candidates.find(account => account.id === one.seatedAccountId)
    if (seated !== undefined) return { wanted: one, account: seated, how: 'seated', caution: cautionOf(one, seated) }
    const best = reused.get(at)
    if (best === undefined) return { wanted: one, account: null, how: 'new_user', caution: null }
    return { wanted: one, account: best, how: 'reuse', caution: cautionOf(one, best) }
  })
  const short = assignments.filter(assignment => assignment.how === 'new_user').length
  return { assignments, short, usersNeeded: wanted.length, monthlyCost: costOf(assignments, priceOf) }
}

/**
 * Give free users to the integrations (by their place in the list) that have none. Each takes its best free one; where
 * none is left, those before it move up if they can (Kuhn's matching), so that nobody pays for a user too many.
 */
function reuse(wanted: readonly Wanted[], candidates: readonly Candidate[]): Map<number, Candidate> {
  const given = new Map<number, Candidate>()
  const sitting = new Map<string, number>()
  const place = ({ providerAppId }: Wanted, id: ServiceAccountId) => `${providerAppId} ${id}`
  const seated = (one: Wanted) => candidates.some(account => account.id === one.seatedAccountId)
  const kept = new Set(wanted.flatMap(one => (one.seatedAccountId === null ? [] : [place(one, one.seatedAccountId)])))
  const sit = (one: Wanted, at: number, tried: Set<string>): boolean => {
    const fit = candidates
      .filter(account => isFree(account, one) && !kept.has(place(one, account.id)) && fits(account, one))
      .toSorted((a, b) => rank(a, one) - rank(b, one))
    const untried = fit.filter(account => !tried.has(place(one, account.id)))
    for (const account of untried) tried.add(place(one, account.id))
    const found = untried.find(account => !sitting.has(place(one, account.id))) ?? untried.find(movesUp(one, tried))
    if (found === undefined) return false
    given.set(at, found)
    sitting.set(place(one, found.id), at)
    return true
  }
  const movesUp = (one: Wanted, tried: Set<string>) => (account: Candidate) => {
    const at = sitting.get(place(one, account.id))
    const other = at === undefined ? undefined : wanted[at]
    return at !== undefined && other !== undefined && sit(other, at, tried)
  }
  for (const [at, one] of wanted.entries()) if (!seated(one)) sit(one, at, new Set())
  return given
}

const isFree = (account: Candidate, { providerAppId }: Wanted): boolean => !account.seatedAt.includes(providerAppId)

const fits = ({ administrations }: Candidate, { administration }: Wanted): boolean =>
  administrations === null || administrations.length === 0 || administrations.includes(administration)

const rank = (account: Candidate, wanted: Wanted): number =>
  (account.kind === 'client_user' ? 2 : 0) + (account.administrations?.includes(wanted.administration) ? 0 : 1)

function cautionOf(wanted: Wanted, account: Candidate): Assignment['caution'] {
  if (account.kind === 'client_user') return 'client_user'
  return account.administrations?.includes(wanted.administration) ? null : 'administration_unproven'
}

/** A user to be made is a full one: a client user is advised against (EOL-06). */
function costOf(assignments: readonly Assignment[], priceOf: PriceOf): SeatPlan['monthlyCost'] {
  const used = new Map(assignments.flatMap(({ account }) => (account === null ? [] : [[account.id, account] as const])))
  const toBeMade = assignments.filter(({ account }) => account === null)
  const prices = [
    ...[...used.values()].map(account => costOfUser(account, priceOf)),
    ...toBeMade.map(({ wanted }) => priceOf(wanted.provider, 'full_user')),
  ]
  return {
    knownCents: prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
    usersWithoutPrice: prices.filter(price => price === null).length,
  }
}
