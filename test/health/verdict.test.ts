import { describe, expect, it } from 'vitest'
import type { Warning } from '../../src/connections/connection.ts'
import {
  type HealthFacts,
  type HealthReason,
  type HealthVerdict,
  judgeHealth,
  worstFirst,
} from '../../src/health/verdict.ts'

const well: HealthFacts = {
  state: 'active',
  trouble: null,
  warnings: [],
  counts: { held: 0, queued: 0, uncertain: 0, failed: 0 },
  lastProbeAt: 1,
  lastDeliveryAt: 1,
}

const counts = (over: Partial<HealthFacts['counts']>) => ({ counts: { ...well.counts, ...over } })
const revoked = { kind: 'consent_revoked', words: '', since: 1 } as const
const unclear = { kind: 'token_unclear', words: '', since: 1 } as const
const warning = (kind: 'client_user' | 'rights_missing' | 'user_signed_in_elsewhere'): Warning => ({ kind, at: 1 })
const notGranted: Warning = { kind: 'administration_not_granted', administration: '1002', at: 1 }

/** From worst to best: each row is true beside everything below it. */
const ROWS: [string, Partial<HealthFacts>, HealthVerdict, HealthReason][] = [
  [
    'someone must sign in again',
    { state: 'reconnect_required', trouble: revoked },
    'broken',
    { kind: 'reconnect_required', trouble: 'consent_revoked' },
  ],
  ['nobody knows whether it was booked', counts({ uncertain: 2 }), 'attention', { kind: 'uncertain', count: 2 }],
  ['bookings are held', counts({ held: 3 }), 'attention', { kind: 'held', count: 3 }],
  [
    'the provider does not answer',
    { state: 'degraded', trouble: unclear },
    'attention',
    { kind: 'degraded', trouble: 'token_unclear' },
  ],
  [
    'an administration is not granted',
    { warnings: [notGranted] },
    'attention',
    { kind: 'administration_not_granted', administration: '1002' },
  ],
  ['rights are missing', { warnings: [warning('rights_missing')] }, 'attention', { kind: 'rights_missing' }],
  ['bookings were refused', counts({ failed: 1 }), 'attention', { kind: 'failed', count: 1 }],
  ['the user is a client user', { warnings: [warning('client_user')] }, 'attention', { kind: 'client_user' }],
  ['nothing was asked yet', { lastProbeAt: null }, 'unknown', { kind: 'not_probed' }],
  ['all is well', counts({ queued: 40 }), 'healthy', { kind: 'fine' }],
]

describe('the health of a connection', () => {
  it.each(ROWS)('says so when %s', (_what, facts, verdict, reason) => {
    expect(judgeHealth({ ...well, ...facts })).toEqual({ verdict, reason })
  })

  it('gives the worst thing that is true, and the next worst once that is mended', () => {
    for (const [at, [, , verdict, reason]] of ROWS.entries()) {
      const all = ROWS.slice(at).map(([, facts]) => facts)
      const most = (count: keyof HealthFacts['counts']) => Math.max(0, ...all.map(facts => facts.counts?.[count] ?? 0))
      const together = {
        ...all.reduceRight<HealthFacts>((sum, facts) => Object.assign(sum, facts), { ...well }),
        warnings: all.flatMap(facts => facts.warnings ?? []),
        counts: { held: most('held'), queued: most('queued'), uncertain: most('uncertain'), failed: most('failed') },
      }
      expect(judgeHealth(together)).toEqual({ verdict, reason })
    }
  })

  it('knows nothing of a seat that nobody took or that was left, whatever waits there', () => {
    const waiting = counts({ held: 5, failed: 1 })
    expect(judgeHealth({ ...well, ...waiting, state: 'pending' })).toEqual({
      verdict: 'unknown',
      reason: { kind: 'not_connected' },
    })
    expect(judgeHealth({ ...well, ...waiting, state: 'ended' })).toEqual({
      verdict: 'unknown',
      reason: { kind: 'ended' },
    })
  })

  it('puts the worst first', () => {
    expect((['healthy', 'unknown', 'broken', 'attention'] as const).toSorted(worstFirst)).toEqual([
      'broken',
      'attention',
      'unknown',
      'healthy',
    ])
  })
})
