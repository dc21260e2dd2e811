import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONNECTION_STATES } from '../../src/connections/connection.ts'
import { exactOnline } from '../../src/providers/exact-online/exact-online.ts'
import { USER_KINDS } from '../../src/providers/provider.ts'
import { preflight } from '../../src/rights/preflight.ts'
import { CAUSES, LAYERS, type Layer, type Need, type Verdict } from '../../src/rights/right.ts'
import { type Observation, observed, type RightObserved, type Standing } from '../../src/rights/standing.ts'

const HERE = '1001'
const needs = exactOnline.needs('sales-entry') ?? []
const write = needs[0] ?? { resource: '', action: 'POST', purpose: 'sales_entry', scopes: [] }

const right = (need: Need, observation: Observation): RightObserved => ({
  resource: need.resource,
  action: need.action,
  administration: HERE,
  observation,
  observedAt: 0,
})

const answered = (answer: 'yes' | 'no' | 'unknown'): Observation => ({ by: 'probe', answer })

const standing = (over: Partial<Standing> = {}): Standing => ({
  state: 'active',
  userKind: 'full_user',
  registration: 'published',
  appScopes: [],
  reach: [HERE],
  rights: needs.map(need => right(need, answered('yes'))),
  ...over,
})

/** The same standing, with another observation of one right. */
const withRight = (given: Standing, need: Need, observation: Observation): Standing => ({
  ...given,
  rights: [...given.rights.filter(known => observed([known], HERE, need) === null), right(need, observation)],
})

const refusal = (layer: Layer, cause: (typeof CAUSES)[number], probed: 'yes' | 'no' | null = null): Observation => ({
  by: 'delivery',
  layer,
  cause,
  words: 'Forbidden',
  probed,
})

const judge = (given: Standing, kind: readonly Need[] | null = needs) => preflight(given, kind, HERE)
const said = ({ missing, doubts }: Verdict) => ({
  missing: missing.map(({ layer, cause }) => `${layer}: ${cause}`),
  doubts: doubts.map(({ layer, cause }) => `${layer}: ${cause}`),
})

const RANK = { allowed: 0, unknown: 1, denied: 2 } as const

describe('preflight', () => {
  it('allows a booking when every layer lets it through, and says nothing more', () => {
    expect(judge(standing())).toEqual({ verdict: 'allowed', missing: [], doubts: [] })
  })

  it.each<[Layer, Standing, string]>([
    ['connection', standing({ state: 'reconnect_required' }), 'connection: reconnect_required'],
    ['connection', standing({ state: 'ended' }), 'connection: not_connected'],
    ['connection', withRight(standing(), write, refusal('connection', 'user_blocked')), 'connection: user_blocked'],
    ['user_kind', withRight(standing({ userKind: 'client_user' }), write, answered('no')), 'user_kind: client_user'],
    [
      'app_scope',
      withRight(standing(), write, refusal('app_scope', 'app_scope_missing')),
      'app_scope: app_scope_missing',
    ],
    ['licence', withRight(standing(), write, refusal('licence', 'licence_expired')), 'licence: licence_expired'],
    ['licence', withRight(standing(), write, refusal('right', 'right_derived', 'yes')), 'licence: licence_module'],
    ['administration', standing({ reach: ['1002'] }), 'administration: division_out_of_scope'],
    ['right', withRight(standing(), write, answered('no')), 'right: right_missing'],
    ['right', withRight(standing(), write, refusal('right', 'right_derived')), 'right: right_derived'],
  ])('DIV-01 denies when the %s alone refuses, and names it', (_layer, given, named) => {
    const verdict = judge(given)
    expect(verdict.verdict).toBe('denied')
    expect(said(verdict).missing).toContain(named)
  })

  it('DIV-01 reports every layer that refuses, apart and in their order', () => {
    const [first, second, third, fourth, fifth] = needs
    if (!first || !second || !third || !fourth || !fifth) throw new Error('a sales entry needs five rights')
    const refused = [
      [first, refusal('app_scope', 'app_scope_missing')],
      [second, refusal('licence', 'licence_expired')],
      [third, refusal('right', 'right_derived', 'yes')],
      [fourth, answered('no')],
      [fifth, refusal('connection', 'user_blocked')],
    ] as const
    const given = refused.reduce(
      (before, [need, observation]) => withRight(before, need, observation),
      standing({ state: 'reconnect_required', userKind: 'client_user', reach: ['1002'] }),
    )
    expect(said(judge(given)).missing).toEqual([
      'connection: reconnect_required',
      'connection: user_blocked',
      'user_kind: client_user',
      'app_scope: app_scope_missing',
      'licence: licence_expired',
      'licence: licence_module',
      'administration: division_out_of_scope',
      'right: right_missing',
    ])
  })

  it('EOL-02 reports access to the administration and the rights inside it apart', () => {
    const noRight = withRight(standing(), write, answered('no'))
    expect(said(judge(standing({ reach: [] }))).missing).toEqual(['administration: division_out_of_scope'])
    expect(said(judge(noRight)).missing).toEqual(['right: right_missing'])
    expect(said(judge({ ...noRight, reach: [] })).missing).toEqual([
      'administration: division_out_of_scope',
      'right: right_missing',
    ])
  })

  it('EOL-03 names every missing right with its resource, action and administration', () => {
    const none = standing({ rights: needs.map(need => right(need, answered('no'))) })
    const { missing } = judge(none)
    expect(missing.map(({ resource, action, administration }) => [action, resource, administration])).toEqual(
      needs.map(({ resource, action }) => [action, resource, HERE]),
    )
  })

  it('EOL-04 keeps the words of a bare refusal and calls what was concluded derived', () => {
    const bare = withRight(standing(), write, refusal('right', 'right_derived'))
    expect(judge(bare).missing).toEqual([
      {
        layer: 'right',
        cause: 'right_derived',
        resource: write.resource,
        action: 'POST',
        administration: HERE,
        words: 'Forbidden',
      },
    ])
  })

  it.each(['no', 'yes'] as const)(
    'EOL-04 settles a bare refusal once the provider says %s to the right itself',
    probed => {
      const settled = withRight(standing(), write, refusal('right', 'right_derived', probed))
      expect(said(judge(settled)).missing).toEqual([
        probed === 'no' ? 'right: right_missing' : 'licence: licence_module',
      ])
    },
  )

  it('DIV-02 names the app permissions where a published app does not reach the administration', () => {
    expect(judge(standing({ reach: ['1002', '2044'] })).missing).toMatchObject([{ cause: 'division_out_of_scope' }])
    expect(judge(standing({ reach: ['1002', HERE] })).verdict).toBe('allowed')
  })

  it('DIV-03 never blames division scope for a self-registered app', () => {
    const own = standing({ registration: 'self_registered', reach: ['1002'] })
    expect(judge(own).missing).toMatchObject([{ layer: 'administration', cause: 'administration_out_of_reach' }])
    expect(judge({ ...own, reach: [HERE] }).verdict).toBe('allowed')
  })

  it('DIV-13 denies any administration outside the reach, whatever rights are known there', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[1-9]\d{0,6}$/)),
        fc.stringMatching(/^[1-9]\d{0,6}$/),
        (reach, asked) => {
          const given = standing({
            reach,
            rights: needs.map(need => ({ ...right(need, answered('yes')), administration: asked })),
          })
          expect(preflight(given, needs, asked).verdict).toBe(reach.includes(asked) ? 'allowed' : 'denied')
        },
      ),
    )
  })

  it('does not take rights in one administration for rights in another', () => {
    expect(preflight(standing({ reach: [HERE, '1002'] }), needs, '1002').verdict).toBe('unknown')
  })

  it('EOL-06 doubts a client user, denies one that lacks a right, and says nothing of a full user', () => {
    const client = standing({ userKind: 'client_user' })
    expect(judge(client)).toMatchObject({ verdict: 'unknown', missing: [] })
    expect(said(judge(client)).doubts).toEqual(['user_kind: client_user'])
    expect(said(judge(withRight(client, write, answered('no'))))).toEqual({
      missing: ['user_kind: client_user', 'right: right_missing'],
      doubts: [],
    })
    const reading = needs.filter(need => need.action === 'GET')
    expect(judge(client, reading).verdict).toBe('allowed')
    expect(judge(standing({ userKind: 'full_user' })).verdict).toBe('allowed')
  })

  it('EOL-01 denies a kind that the provider does not know, and one that needs nothing', () => {
    expect(judge(standing(), null).verdict).toBe('denied')
    expect(judge(standing(), []).verdict).toBe('denied')
  })

  it('doubts an app whose registered scopes do not cover the write, and trusts one that states none', () => {
    expect(said(judge(standing({ appScopes: ['crm.accounts'] }))).doubts).toEqual(['app_scope: app_scope_doubtful'])
    expect(judge(standing({ appScopes: ['financial.accounting'] })).verdict).toBe('allowed')
    expect(judge(standing({ appScopes: [] })).verdict).toBe('allowed')
  })

  it.each([
    ['nothing was asked yet', standing({ rights: [], reach: null })],
    ['every answer was unreadable', standing({ rights: needs.map(need => right(need, answered('unknown'))) })],
    ['the list of administrations could not be read', standing({ reach: null })],
  ])('never takes silence for a no: %s', (_what, given) => {
    expect(judge(given)).toMatchObject({ verdict: 'unknown', missing: [] })
    expect(judge(given).doubts.length).toBeGreaterThan(0)
  })
})

describe('preflight, whatever is known', () => {
  const observations: fc.Arbitrary<Observation | null> = fc.oneof(
    fc.constant(null),
    fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const).map(answered),
    fc.record({
      by: fc.constant('delivery' as const),
      layer: fc.constantFrom(...LAYERS),
      cause: fc.constantFrom(...CAUSES),
      words: fc.string(),
      probed: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const, null),
    }),
  )
  const standings: fc.Arbitrary<Standing> = fc.record({
    state: fc.constantFrom(...CONNECTION_STATES),
    userKind: fc.constantFrom(...USER_KINDS),
    registration: fc.constantFrom('published' as const, 'self_registered' as const),
    appScopes: fc.subarray(['financial.accounting', 'crm.accounts', 'sales.invoices']),
    reach: fc.constantFrom(null, [], [HERE], ['1002'], ['1002', HERE]),
    rights: fc
      .tuple(...needs.map(() => observations))
      .map(all => needs.flatMap((need, at) => (all[at] ? [right(need, all[at])] : []))),
  })
  const refusals: fc.Arbitrary<(given: Standing) => Standing> = fc.oneof(
    fc.constant<(given: Standing) => Standing>(given => ({ ...given, state: 'reconnect_required' })),
    fc.constant<(given: Standing) => Standing>(given => ({ ...given, state: 'ended' })),
    fc.constant<(given: Standing) => Standing>(given => ({ ...given, reach: ['1002'] })),
    fc.constantFrom(...needs).map(need => (given: Standing) => withRight(given, need, answered('no'))),
    fc.tuple(fc.constantFrom(...needs), fc.constantFrom(...LAYERS), fc.constantFrom(...CAUSES)).map(
      ([need, layer, cause]) =>
        (given: Standing) =>
          withRight(given, need, refusal(layer, cause)),
    ),
  )

  it('DIV-01 never gets better by another refusal, and a refusal is always denied', () => {
    fc.assert(
      fc.property(standings, refusals, (given, refuse) => {
        const after = judge(refuse(given)).verdict
        expect(after).toBe('denied')
        expect(RANK[after]).toBeGreaterThanOrEqual(RANK[judge(given).verdict])
      }),
      { numRuns: 2_000 },
    )
  })

  it('denies exactly when something is missing, doubts exactly when only doubts are left, in the order of the layers', () => {
    fc.assert(
      fc.property(standings, given => {
        const verdict = judge(given)
        const { missing, doubts } = verdict
        expect(verdict.verdict).toBe(missing.length > 0 ? 'denied' : doubts.length > 0 ? 'unknown' : 'allowed')
        const places = missing.map(one => LAYERS.indexOf(one.layer))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(new Set(missing.map(one => JSON.stringify(one))).size).toBe(missing.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never says no of a user, a right or an administration on silence alone', () => {
    const silent = standings.map(given => ({
      ...given,
      state: 'active' as const,
      reach: given.reach?.includes(HERE) ? given.reach : null,
      rights: given.rights.filter(one => one.observation.by === 'probe' && one.observation.answer !== 'no'),
    }))
    fc.assert(
      fc.property(silent, given => {
        expect(judge(given).missing).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})
