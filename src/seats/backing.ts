import type { Health } from '../health/verdict.ts'
import type { IntegrationId, ServiceAccountId } from '../id.ts'
import type { ProviderName, UserKind } from '../providers/provider.ts'
import type { SourceKind } from '../rights/right.ts'
import type { Assignment, Candidate, SeatPlan } from './plan.ts'

/** An integration with what it books into and how it is. */
export type Integrated = {
  integrationId: IntegrationId
  label: string
  sourceKind: SourceKind
  sourceProvider: string
  provider: ProviderName
  /** The provider's own number, and the name it was given here. */
  administration: { number: string; name: string }
  health: Health
}

/** A user who sits on a seat, or might. */
export type Backer = {
  id: ServiceAccountId
  username: string
  kind: UserKind
  caution: Assignment['caution']
}

/**
 * What is on an integration's seat: a user; nobody yet, but a free user who fits; or nobody, and a user is short, for
 * whom `name` is what could stand before the @ (null when the label gives none).
 */
export type Backed =
  | { kind: 'taken'; by: Backer }
  | { kind: 'reusable'; by: Backer }
  | { kind: 'short'; name: string | null }

/** Why a user sits on none of the tenant's seats and is meant for none. */
export type Unfit =
  | { kind: 'spare' }
  /** Reaches none of the administrations for which a user is short: the provider's own numbers. */
  | { kind: 'no_access'; administrations: string[] }
  | { kind: 'elsewhere' }

export type Backing = {
  rows: (Integrated & { seat: Backed })[]
  unseated: (Backer & { why: Unfit })[]
  /** How many users have to be made (EOL-10), and how many sit nowhere at all. */
  short: number
  free: number
  monthlyCost: SeatPlan['monthlyCost']
}

/**
 * Put integrations, seats and users beside each other, in the order of the integrations. They may be a page of those that
 * the plan is about; users are told of whatever the page is.
 */
export function backing(integrations: readonly Integrated[], plan: SeatPlan, accounts: readonly Candidate[]): Backing {
  const seats = seatsOf(plan, accounts)
  const rows = integrations.flatMap(one => {
    const seat = seats.get(one.integrationId)
    return seat === undefined ? [] : [{ ...one, seat }] // It was made or ended while the page was being read.
  })
  const assigned = new Set(plan.assignments.map(({ account }) => account?.id))
  const unseated = accounts
    .filter(({ id }) => !assigned.has(id))
    .map(account => ({ ...backer(account, warned(account)), why: unfit(account, plan) }))
  const reusable = [...seats.values()].flatMap(seat => (seat.kind === 'reusable' ? [seat.by.id] : []))
  const spare = unseated.filter(({ why }) => why.kind !== 'elsewhere').length
  const free = new Set(reusable).size + spare
  return { rows, unseated, short: plan.short, free, monthlyCost: plan.monthlyCost }
}

function seatsOf({ assignments }: SeatPlan, accounts: readonly Candidate[]): Map<IntegrationId | null, Backed> {
  const used = new Set(accounts.map(({ username }) => username.toLowerCase().replace(/@.*$/, '')))
  return new Map(assignments.map(one => [one.wanted.integrationId, seatOf(one, used)]))
}

function seatOf({ wanted, account, how, caution }: Assignment, used: Set<string>): Backed {
  if (account === null) return { kind: 'short', name: freshName(wanted.label, used) }
  return { kind: how === 'seated' ? 'taken' : 'reusable', by: backer(account, caution) }
}

const backer = ({ id, username, kind }: Candidate, caution: Assignment['caution']): Backer => ({
  id,
  username,
  kind,
  caution,
})

const warned = ({ kind }: Candidate): Assignment['caution'] => (kind === 'client_user' ? 'client_user' : null)

/** The plan seats as many as can be: who is free and left over while users are short, fits none of those seats. */
function unfit({ seatedAt }: Candidate, { assignments }: SeatPlan): Unfit {
  if (seatedAt.length > 0) return { kind: 'elsewhere' }
  const short = assignments.filter(({ how }) => how === 'new_user').map(({ wanted }) => wanted.administration)
  return short.length === 0 ? { kind: 'spare' } : { kind: 'no_access', administrations: [...new Set(short)] }
}

const LONGEST_NAME = 20

/** Think of a name before the @ for the user of an integration: its label in plain letters, numbered where it is in use. */
function freshName(label: string, used: Set<string>): string | null {
  const plain = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
  const base = plain.replace(/^\./, '').slice(0, LONGEST_NAME).replace(/\.$/, '')
  if (base === '') return null
  let name = base
  for (let next = 2; used.has(name); next++) name = `${base}${next}`
  used.add(name)
  return name
}
