import { HOUR, MINUTE, SECOND } from '../clock.ts'
import { call } from '../connections/call.ts'
import { isLive, unwarn, type Warning, warn } from '../connections/connection.ts'
import { keepAliveAt } from '../connections/credential.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { release } from '../transactions/release.ts'
import { preflight } from './preflight.ts'
import { type Need, type Right, rightKey } from './right.ts'
import { observed, type RightObserved, type Standing, weigh } from './standing.ts'

/** How deep a probe looks: everything the integration may need, or only what is not known to be there. */
export type Depth = 'all' | 'missing'

/** A list of administrations longer than this many pages is not read to its end, and so says nothing. */
const MOST_PAGES = 50

/**
 * Ask the provider which administrations and rights the seat has now, remember it, and let go the held transactions
 * that nothing stands in the way of any more. What the provider does not answer stays unknown. For the rights in `forgiving`
 * its answer counts for more than a refusal it gave to a booking: a person asks to try again.
 */
export async function probe(
  desk: Desk,
  before: Known,
  depth: Depth,
  forgiving: readonly Right[] = [],
): Promise<Known | null> {
  const { tenant } = before.seat
  const reach = await askReach(desk, before)
  const needs = needsToAsk(before, depth)
  const rights: RightObserved[] = []
  for (const need of needs) {
    const right = await askRight(desk, before, need)
    if (right !== null) rights.push(right)
  }
  const changed = await desk.change(tenant.id, known => {
    if (!isLive(known.seat.connection.state)) return null
    const learned = weighed(known, reach, rights, forgiving, desk.now())
    const after = { ...known, seat: learned }
    const { warnings, turned } = judge(before, after, desk.now())
    return {
      rights: learned.rights.filter(right => !known.seat.rights.includes(right)),
      connection: {
        reach: learned.connection.reach,
        warnings,
        lastProbeAt: desk.now(),
        dueAt: nextDue(known),
      },
      also: [
        ...desk.signal(known, 'probed'),
        ...(turned === null ? [] : desk.signal(known, turned)),
        ...release(desk, after),
      ],
    }
  })
  return changed
}

/** List every right that the integration's booking kinds need, each once (EOL-01). */
export function allNeeds({ seat, provider }: Known): Need[] {
  const needs = seat.integration.bookingKinds.flatMap(kind => provider.needs(kind) ?? [])
  return [...new Map(needs.map(need => [rightKey('', need), need])).values()]
}

function needsToAsk(known: Known, depth: Depth): Need[] {
  const { rights } = known.seat
  const number = known.seat.administration.externalId
  return allNeeds(known).filter(need => {
    if (depth === 'all') return true
    const right = observed(rights, number, need)?.observation
    return right?.by !== 'probe' || right.answer !== 'yes'
  })
}

async function askReach(desk: Desk, known: Known): Promise<string[] | null> {
  const { provider, seat } = known
  const found: string[] = []
  let request: ReturnType<typeof provider.reach> | null = provider.reach(seat.administration.externalId)
  for (let page = 0; request !== null && page < MOST_PAGES; page++) {
    const called = await call(desk, known, request, 'person')
    const read =
      called.kind === 'answered' && called.diagnosis.kind === 'fine' ? provider.readReach(called.answer) : null
    if (read === null) return null
    found.push(...read.administrations)
    request = read.next
  }
  return request === null ? found : null
}

async function askRight(desk: Desk, known: Known, need: Need): Promise<RightObserved | null> {
  const { provider, seat } = known
  const administration = seat.administration.externalId
  const called = await call(desk, known, provider.right(need, administration), 'person')
  const answer = called.kind === 'answered' ? provider.readRight(called.answer) : 'unknown'
  const before = observed(seat.rights, administration, need)
  if (answer === 'unknown' && before !== null) return null // Silence does not undo what is known.
  return { resource: need.resource, action: need.action, administration, ...weigh(before, answer, desk.now()) }
}

/**
 * Lay what was heard over what is known. An administration that came back undoes the refusals that its absence caused,
 * a bare "Forbidden" among them; what is forgiven is undone as well.
 */
function weighed(
  { seat }: Known,
  reach: string[] | null,
  heard: RightObserved[],
  forgiving: readonly Right[],
  now: number,
): Known['seat'] {
  const { connection } = seat
  const number = seat.administration.externalId
  const cameBack = reach?.includes(number) && connection.reach !== null && !connection.reach.includes(number)
  const byKey = new Map(seat.rights.map(right => [rightKey(right.administration, right), right]))
  for (const right of heard) {
    const before = byKey.get(rightKey(right.administration, right)) ?? null
    const answer = right.observation.by === 'probe' ? right.observation.answer : (right.observation.probed ?? 'unknown')
    byKey.set(rightKey(right.administration, right), { ...right, ...weigh(before, answer, now) })
  }
  const rights = [...byKey.values()].map(right => {
    const { observation } = right
    if (observation.by !== 'delivery') return right
    const byAbsence = observation.layer === 'administration' || observation.cause === 'right_derived'
    const forgiven = forgiving.some(other => other.resource === right.resource && other.action === right.action)
    if (!forgiven && !(cameBack && byAbsence)) return right
    return { ...right, observation: { by: 'probe' as const, answer: observation.probed ?? 'unknown' }, observedAt: now }
  })
  return { ...seat, rights, connection: { ...connection, reach: reach ?? connection.reach } }
}

/** What preflight needs of all that is known. */
export const standingOf = ({ seat }: Known): Standing => ({
  state: seat.connection.state,
  userKind: seat.connection.userKind ?? 'unknown',
  registration: seat.app.registration,
  appScopes: seat.app.scopes,
  reach: seat.connection.reach,
  rights: seat.rights,
})

const denied = (known: Known): boolean =>
  known.seat.integration.bookingKinds.some(
    kind =>
      preflight(standingOf(known), known.provider.needs(kind), known.seat.administration.externalId).verdict ===
      'denied',
  )

function judge(
  before: Known,
  after: Known,
  at: number,
): { warnings: Warning[]; turned: 'rights_lost' | 'rights_restored' | null } {
  const was = before.seat.connection.lastProbeAt !== null && denied(before)
  const is = denied(after)
  const rest = unwarn(
    after.seat.connection.warnings,
    'rights_missing',
    'administration_not_granted',
    'administrations_picked_by_hand',
  )
  const warnings = [...rest, ...scopeWarnings(after, at)]
  const turned = is && !was ? 'rights_lost' : was && !is ? 'rights_restored' : null
  return { warnings: is ? warn(warnings, { kind: 'rights_missing', at }) : warnings, turned }
}

/** DIV-10: administrations the user should have and the app does not reach mean that someone picked them by hand. */
function scopeWarnings({ seat }: Known, at: number): Warning[] {
  const { reach } = seat.connection
  if (reach === null || seat.app.registration === 'self_registered') return []
  const expected = new Set([seat.administration.externalId, ...(seat.serviceAccount?.administrations ?? [])])
  const lacking = [...expected].filter(number => !reach.includes(number))
  if (lacking.length === 0) return []
  return [
    ...lacking.map(administration => ({ kind: 'administration_not_granted' as const, administration, at })),
    { kind: 'administrations_picked_by_hand', at },
  ]
}

const nextDue = ({ held, provider }: Known): number | null =>
  held === null ? null : keepAliveAt(held.current, provider.definition.oauth)

/** When to look again whether held transactions may go: soon at first, then less and less often. */
export function nextLook(heldSince: number, now: number): number {
  const waited = now - heldSince
  return now + Math.min(15 * MINUTE, Math.max(15 * SECOND, Math.ceil(waited / 2)))
}

/** Rights older than this are asked anew before they are trusted for long. */
export const PROBE_AGAIN_AFTER = 24 * HOUR
