import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/clock.ts'
import { CAUSES, LAYERS } from '../../src/rights/right.ts'
import {
  type Answer,
  learn,
  type Observation,
  observed,
  REFUSAL_COUNTS_FOR,
  type RightObserved,
  weigh,
} from '../../src/rights/standing.ts'

const T0 = 1_700_000_000_000

const answers = fc.constantFrom<Answer>('yes', 'no', 'unknown')
const observations: fc.Arbitrary<Observation> = fc.oneof(
  answers.map(answer => ({ by: 'probe' as const, answer })),
  fc.record({
    by: fc.constant('delivery' as const),
    layer: fc.constantFrom(...LAYERS),
    cause: fc.constantFrom(...CAUSES),
    words: fc.string(),
    probed: fc.option(answers),
  }),
)

const right = (observation: Observation, over: Partial<RightObserved> = {}): RightObserved => ({
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
  observation,
  observedAt: T0,
  ...over,
})

const refused = (probed: Answer | null): RightObserved =>
  right({ by: 'delivery', layer: 'right', cause: 'right_derived', words: 'Forbidden', probed })

describe('weighing an answer against what was known', () => {
  it('believes the provider where nothing, or only an older answer, was known', () => {
    expect(weigh(null, 'unknown', T0)).toEqual({ observation: { by: 'probe', answer: 'unknown' }, observedAt: T0 })
    expect(weigh(right({ by: 'probe', answer: 'yes' }), 'no', T0 + 5)).toEqual({
      observation: { by: 'probe', answer: 'no' },
      observedAt: T0 + 5,
    })
  })

  it('lets a refusal stand against a yes that was there all along, with the yes noted, for an hour', () => {
    const noted = weigh(refused(null), 'yes', T0 + REFUSAL_COUNTS_FOR - 1)
    expect(noted).toMatchObject({ observation: { by: 'delivery', probed: 'yes' }, observedAt: T0 })
    expect(weigh(refused('yes'), 'yes', T0 + REFUSAL_COUNTS_FOR)).toMatchObject({
      observation: { by: 'probe', answer: 'yes' },
    })
  })

  it('lets a refusal go at once when the answer turns from no to yes', () => {
    expect(weigh(refused('no'), 'yes', T0 + 1)).toMatchObject({ observation: { by: 'probe', answer: 'yes' } })
  })

  it('forgets nothing by silence, so that no, silence, yes still is a turn', () => {
    const silent = { ...refused('no'), ...weigh(refused('no'), 'unknown', T0 + MINUTE) }
    expect(weigh(silent, 'yes', T0 + 2 * MINUTE)).toMatchObject({ observation: { by: 'probe', answer: 'yes' } })
    fc.assert(
      fc.property(observations, fc.nat(), (observation, later) => {
        const known = right(observation)
        expect(weigh(known, 'unknown', T0 + later)).toEqual({ observation, observedAt: T0 })
      }),
    )
  })

  it('never lifts a refusal by anything but a yes', () => {
    fc.assert(
      fc.property(fc.option(answers), fc.constantFrom<Answer>('no', 'unknown'), fc.nat(), (probed, answer, later) => {
        expect(weigh(refused(probed), answer, T0 + later).observation.by).toBe('delivery')
      }),
    )
  })

  it('never invents a yes, and gives the same when the same is heard twice', () => {
    fc.assert(
      fc.property(observations, answers, fc.nat(REFUSAL_COUNTS_FOR * 2), (observation, answer, later) => {
        const before = right(observation)
        const once = weigh(before, answer, T0 + later)
        if (answer !== 'yes' && JSON.stringify(once.observation) !== JSON.stringify(observation))
          expect(JSON.stringify(once.observation)).not.toContain('"yes"')
        expect(weigh({ ...before, ...once }, answer, T0 + later)).toEqual(once)
      }),
    )
  })
})

describe('what is known of rights', () => {
  it('finds a right by administration, resource and action together', () => {
    const known = right({ by: 'probe', answer: 'yes' })
    expect(observed([known], '1001', known)).toBe(known)
    expect(observed([known], '1002', known)).toBeNull()
    expect(observed([known], '1001', { ...known, action: 'GET' })).toBeNull()
    expect(observed([known], '1001', { ...known, resource: 'crm/Accounts' })).toBeNull()
  })

  it('learns each right once, the newest over the older, and keeps the others', () => {
    const some = fc.array(
      fc.record({
        administration: fc.constantFrom('1001', '1002'),
        resource: fc.constantFrom('a/A', 'b/B'),
        action: fc.constantFrom('GET' as const, 'POST' as const),
        observation: observations,
        observedAt: fc.nat(),
      }),
    )
    const key = (one: RightObserved) => `${one.administration} ${one.resource} ${one.action}`
    fc.assert(
      fc.property(some, some, (known, fresh) => {
        const now = learn(learn([], known), fresh)
        expect(new Set(now.map(key)).size).toBe(now.length)
        expect(new Set(now.map(key))).toEqual(new Set([...known, ...fresh].map(key)))
        for (const one of fresh)
          expect(observed(now, one.administration, one)).toBe(fresh.findLast(f => key(f) === key(one)))
      }),
    )
  })
})
