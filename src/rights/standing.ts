import { HOUR } from '../clock.ts'
import type { ConnectionState } from '../connections/connection.ts'
import type { UserKind } from '../providers/provider.ts'
import { type Cause, type Layer, type Right, rightKey } from './right.ts'

/**
 * What is known of one right. `probe`: the provider was asked. `delivery`: a booking was refused; then `probed` is what
 * the provider has answered since, for a refusal counts for more than a "yes" that was there all along (EOL 2.3).
 */
export type Observation =
  | { by: 'probe'; answer: Answer }
  | { by: 'delivery'; layer: Layer; cause: Cause; words: string; probed: Answer | null }

export type Answer = 'yes' | 'no' | 'unknown'

export type RightObserved = Right & { administration: string; observation: Observation; observedAt: number }

/** What preflight knows of a connection: everything it needs, and nothing else. */
export type Standing = {
  state: ConnectionState
  userKind: UserKind
  registration: 'published' | 'self_registered'
  /** Scopes as registered with the provider; empty when not stated. */
  appScopes: readonly string[]
  /** Administrations that user and app reach together; null while unknown. */
  reach: readonly string[] | null
  rights: readonly RightObserved[]
}

/** How long a refused booking outweighs a "yes" from the provider, before one more try is allowed. */
export const REFUSAL_COUNTS_FOR = HOUR

/** Find what is known of one right in one administration. */
export const observed = (
  rights: readonly RightObserved[],
  administration: string,
  right: Right,
): RightObserved | null =>
  rights.find(
    known =>
      known.administration === administration && known.resource === right.resource && known.action === right.action,
  ) ?? null

/**
 * Weigh a probe's answer against what was known. A refusal met on delivery gives way when the provider's answer turned
 * from no to yes since, or after an hour; until then it stands, with the answer noted. Silence undoes nothing.
 */
export function weigh(
  before: RightObserved | null,
  answer: Answer,
  now: number,
): Pick<RightObserved, 'observation' | 'observedAt'> {
  const asked = { observation: { by: 'probe', answer } as const, observedAt: now }
  if (before === null) return asked
  if (answer === 'unknown') return { observation: before.observation, observedAt: before.observedAt }
  if (before.observation.by === 'probe') return asked
  const turned = before.observation.probed === 'no' && answer === 'yes'
  if (turned || (answer === 'yes' && now - before.observedAt >= REFUSAL_COUNTS_FOR)) return asked
  return { observation: { ...before.observation, probed: answer }, observedAt: before.observedAt }
}

/** Put observations over those of the same right, keeping the others. */
export function learn(known: readonly RightObserved[], fresh: readonly RightObserved[]): RightObserved[] {
  const byKey = new Map(known.map(right => [rightKey(right.administration, right), right]))
  for (const right of fresh) byKey.set(rightKey(right.administration, right), right)
  return [...byKey.values()]
}
