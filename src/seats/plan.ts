import type { IntegrationId, ServiceAccountId } from '../id.ts'
import type { UserKind } from '../providers/provider.ts'
import type { SourceKind } from '../rights/right.ts'

/** An integration that needs a seat: which provider app, which administration, and who sits there already. */
export type Wanted = {
  integrationId: IntegrationId | null
  label: string
  sourceKind: SourceKind
  providerAppId: string
  /** The provider's own number. */
  administration: string
  seatedAccountId: ServiceAccountId | null
}

/** A user that may sit somewhere. Administrations are the provider's own numbers; null when not known. */
export type Candidate = {
  id: ServiceAccountId
  username: string
  kind: UserKind
  administrations: readonly string[] | null
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
  /** What the users cost each month together, of those whose price is known. */
  monthlyCost: { knownCents: number; usersWithoutPrice: number }
}

/**
 * Give every integration a user of its own: who sits stays, a free and fit user is reused, and what is left has to be made
 * (EOL-09, EOL-10). A user fits when it reaches the administration, or when it is not known whether it does; among the fit,
 * a full user comes before a client user (EOL-06) and a proven reach before an unproven one.
 */
export function plan(wanted: readonly Wanted[], candidates: readonly Candidate[]): SeatPlan {
  const taken = new Set<string>()
  const place = (app: string, id: ServiceAccountId) => `${app} ${id}`
  for (const one of wanted) if (one.seatedAccountId !== null) taken.add(place(one.providerAppId, one.seatedAccountId))
  const assignments = wanted.map((one): Assignment => {
    const seated = candidates.find(account => account.id === one.seatedAccountId)
    if (seated !== undefined) return { wanted: one, account: seated, how: 'seated', caution: cautionOf(one, seated) }
    const free = candidates.filter(account => isFree(account, one) && !taken.has(place(one.providerAppId, account.id)))
    const [best] = free.filter(account => fits(account, one)).toSorted((a, b) => rank(a, one) - rank(b, one))
    if (best === undefined) return { wanted: one, account: null, how: 'new_user', caution: null }
    taken.add(place(one.providerAppId, best.id))
    return { wanted: one, account: best, how: 'reuse', caution: cautionOf(one, best) }
  })
  const short = assignments.filter(assignment => assignment.how === 'new_user').length
  return { assignments, short, usersNeeded: wanted.length, monthlyCost: costOf(assignments) }
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

function costOf(assignments: readonly Assignment[]): SeatPlan['monthlyCost'] {
  const used = new Map(assignments.flatMap(({ account }) => (account === null ? [] : [[account.id, account] as const])))
  const prices = [...used.values()].map(account => account.monthlyPriceCents)
  const newUsers = assignments.filter(assignment => assignment.account === null).length
  return {
    knownCents: prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
    usersWithoutPrice: prices.filter(price => price === null).length + newUsers,
  }
}
