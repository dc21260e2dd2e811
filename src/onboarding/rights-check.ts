import type { Requirement } from '../rights/requirements.ts'
import type { Layer, Missing, Right, Verdict } from '../rights/right.ts'

/** Whether something that bookings need is there. */
export type Found = 'fine' | 'missing' | 'unknown'

/** One line of the check: a layer above the rights, or a right, with everything that stands in its way. */
export type CheckLine = { of: { layer: Layer } | { right: Requirement }; found: Found; findings: Missing[] }

/** Layers that refuse whatever is asked; what the others say is about one right. */
const ABOVE: readonly Layer[] = ['connection', 'user_kind', 'administration']

/**
 * Lay the verdicts on all booking kinds side by side: access first and always, for it is told apart from the rights (EOL-02),
 * then every right that any of the kinds needs.
 */
export function checkLines(requirements: readonly Requirement[], verdicts: readonly Verdict[]): CheckLine[] {
  const missing = once(verdicts.flatMap(one => one.missing))
  const doubts = once(verdicts.flatMap(one => one.doubts))
  const line = (of: CheckLine['of'], isOf: (one: Missing) => boolean): CheckLine => {
    const refused = missing.filter(isOf)
    const doubted = doubts.filter(isOf)
    const found = refused.length > 0 ? 'missing' : doubted.length > 0 ? 'unknown' : 'fine'
    return { of, found, findings: [...refused, ...doubted] }
  }
  const layers = ABOVE.map(layer => line({ layer }, one => one.layer === layer)).filter(
    ({ of, found }) => found !== 'fine' || ('layer' in of && of.layer === 'administration'),
  )
  const rights = requirements
    .map(right => line({ right }, one => !isAbove(one) && isSame(one, right)))
    .map(one => (one.found === 'fine' && isCutOff(missing) ? { ...one, found: 'unknown' as const } : one))
  return [...layers, ...rights]
}

const isAbove = ({ layer }: Missing): boolean => ABOVE.includes(layer)

/** Without a connection nobody was asked about the rights. */
const isCutOff = (missing: readonly Missing[]): boolean => missing.some(({ layer }) => layer === 'connection')

const isSame = (one: Right, other: Right): boolean => one.resource === other.resource && one.action === other.action

/** Several booking kinds meet the same obstacle: it is told once. */
const once = (all: readonly Missing[]): Missing[] => [
  ...new Map(all.map(one => [isAbove(one) ? one.cause : `${one.cause} ${one.action} ${one.resource}`, one])).values(),
]

/** The worst of several verdicts. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict['verdict'] =>
  (['denied', 'unknown'] as const).find(worst => verdicts.some(({ verdict }) => verdict === worst)) ?? 'allowed'
