import type { ConnectionState, Trouble, Warning } from '../connections/connection.ts'

export const HEALTH_VERDICTS = ['broken', 'attention', 'unknown', 'healthy'] as const
export type HealthVerdict = (typeof HEALTH_VERDICTS)[number]

/** What a verdict rests on: the connection and the counts of its transactions. Times in Unix ms. */
export type HealthFacts = {
  state: ConnectionState
  trouble: Trouble | null
  warnings: readonly Warning[]
  counts: { held: number; queued: number; uncertain: number; failed: number }
  lastProbeAt: number | null
  lastDeliveryAt: number | null
}

export type HealthReason =
  | { kind: 'not_connected' }
  | { kind: 'ended' }
  | { kind: 'reconnect_required'; trouble: Trouble['kind'] | null }
  | { kind: 'degraded'; trouble: Trouble['kind'] | null }
  | { kind: 'held'; count: number }
  | { kind: 'uncertain'; count: number }
  | { kind: 'failed'; count: number }
  | { kind: 'rights_missing' }
  | { kind: 'administration_not_granted'; administration: string }
  | { kind: 'client_user' }
  | { kind: 'not_probed' }
  | { kind: 'fine' }

export type Health = { verdict: HealthVerdict; reason: HealthReason }

/** Judge a connection: the worst thing that is true of it, with its reason. */
export function judgeHealth({ state, trouble, warnings, counts, lastProbeAt }: HealthFacts): Health {
  const say = (verdict: HealthVerdict, reason: HealthReason): Health => ({ verdict, reason })
  if (state === 'pending') return say('unknown', { kind: 'not_connected' })
  if (state === 'ended') return say('unknown', { kind: 'ended' })
  if (state === 'reconnect_required')
    return say('broken', { kind: 'reconnect_required', trouble: trouble?.kind ?? null })
  if (counts.uncertain > 0) return say('attention', { kind: 'uncertain', count: counts.uncertain })
  if (counts.held > 0) return say('attention', { kind: 'held', count: counts.held })
  if (state === 'degraded') return say('attention', { kind: 'degraded', trouble: trouble?.kind ?? null })
  const notGranted = warnings.find(warning => warning.kind === 'administration_not_granted')
  if (notGranted !== undefined)
    return say('attention', { kind: 'administration_not_granted', administration: notGranted.administration })
  if (warnings.some(warning => warning.kind === 'rights_missing')) return say('attention', { kind: 'rights_missing' })
  if (counts.failed > 0) return say('attention', { kind: 'failed', count: counts.failed })
  if (warnings.some(warning => warning.kind === 'client_user')) return say('attention', { kind: 'client_user' })
  return lastProbeAt === null ? say('unknown', { kind: 'not_probed' }) : say('healthy', { kind: 'fine' })
}

/** Order verdicts for people: the worst first. */
export const worstFirst = (a: HealthVerdict, b: HealthVerdict): number =>
  HEALTH_VERDICTS.indexOf(a) - HEALTH_VERDICTS.indexOf(b)
