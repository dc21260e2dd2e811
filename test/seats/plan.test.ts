import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IntegrationId, newId, type ServiceAccountId } from '../../src/id.ts'
import { USER_KINDS } from '../../src/providers/provider.ts'
import { type Candidate, plan, type Wanted } from '../../src/seats/plan.ts'
import { MovableClock } from '../support/clock.ts'

const clock = new MovableClock()
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const APP = 'app_a'

const wanted = (label: string, over: Partial<Wanted> = {}): Wanted => ({
  integrationId: newId('int', clock, random) satisfies IntegrationId,
  label,
  sourceKind: 'webshop',
  provider: 'exact-online',
  providerAppId: APP,
  administration: '1001',
  seatedAccountId: null,
  ...over,
})

const user = (username: string, over: Partial<Candidate> = {}): Candidate => ({
  id: newId('sva', clock, random) satisfies ServiceAccountId,
  provider: 'exact-online',
  username,
  kind: 'full_user',
  administrations: ['1001'],
  monthlyPriceCents: 1_000,
  seatedAt: [],
  ...over,
})

const users = (count: number) => Array.from({ length: count }, (_, at) => user(`user${at}`))
const till = (label: string): Wanted => wanted(label, { sourceKind: 'pos' })
const psp = (label: string): Wanted => wanted(label, { sourceKind: 'psp' })

describe('who sits where', () => {
  it.each<[string, Wanted[], number]>([
    ['three Lightspeed Resto tills', [till('Zaal'), till('Bar'), till('Terras')], 3],
    ['Lightspeed Retail tills that are split', [till('Kassa 1'), till('Kassa 2')], 2],
    ['several webshops', [wanted('Shop NL'), wanted('Shop BE')], 2],
    ['a webshop and a PSP', [wanted('Shop'), psp('Mollie')], 2],
    ['two webshops and a PSP', [wanted('Shop NL'), wanted('Shop BE'), psp('Mollie')], 3],
  ])('EOL-10 needs a user for each: %s', (_what, integrations, needed) => {
    expect(plan(integrations, [])).toMatchObject({ usersNeeded: needed, short: needed })
    expect(plan(integrations, users(needed))).toMatchObject({ usersNeeded: needed, short: 0 })
    const seats = plan(integrations, users(needed)).assignments.map(({ account }) => account?.id)
    expect(new Set(seats).size).toBe(needed)
  })

  it('EOL-10 says that two webshops and a PSP with two users are one short', () => {
    const three = [wanted('Shop NL'), wanted('Shop BE'), psp('Mollie')]
    const { short, assignments } = plan(three, users(2))
    expect(short).toBe(1)
    expect(assignments.map(({ how }) => how)).toEqual(['reuse', 'reuse', 'new_user'])
  })

  it('leaves who sits where it sits, and gives its user to nobody else', () => {
    const [sits, free] = [user('sits', { seatedAt: [APP] }), user('free')]
    const seated = wanted('Shop NL', { seatedAccountId: sits.id })
    const { assignments } = plan([wanted('Shop BE'), seated], [sits, free])
    expect(assignments.map(({ how, account }) => [how, account?.username])).toEqual([
      ['reuse', 'free'],
      ['seated', 'sits'],
    ])
  })

  it('EOL-09 passes over a user who sits at this provider app, in whichever tenant, but not at another app', () => {
    expect(plan([wanted('Shop')], [user('u', { seatedAt: [APP] })]).short).toBe(1)
    expect(plan([wanted('Shop')], [user('u', { seatedAt: ['app_b'] })]).short).toBe(0)
  })

  it('EOL-02 passes over a user who does not reach the administration, and takes an unproven one with caution', () => {
    expect(plan([wanted('Shop')], [user('u', { administrations: ['1002'] })]).short).toBe(1)
    for (const administrations of [null, []])
      expect(plan([wanted('Shop')], [user('u', { administrations })]).assignments).toMatchObject([
        { how: 'reuse', caution: 'administration_unproven' },
      ])
  })

  it('EOL-06 takes a full user before a client user and a proven one before an unproven one, and warns of a client user', () => {
    const client = user('client', { kind: 'client_user' })
    const unproven = user('unproven', { administrations: null })
    const best = user('best')
    const first = (candidates: Candidate[]) => plan([wanted('Shop')], candidates).assignments[0]
    expect(first([client, unproven, best])).toMatchObject({ account: { username: 'best' }, caution: null })
    expect(first([client, unproven])).toMatchObject({ account: { username: 'unproven' } })
    expect(first([client])).toMatchObject({ account: { username: 'client' }, caution: 'client_user' })
  })

  it('moves a user who could sit in several places to where no other can, so that none is bought too many', () => {
    const everywhere = user('everywhere', { administrations: ['1001', '1002'] })
    const one = user('one', { administrations: ['1001'] })
    const both = [wanted('NL', { administration: '1001' }), wanted('BE', { administration: '1002' })]
    const { short, assignments } = plan(both, [everywhere, one])
    expect(short).toBe(0)
    expect(assignments.map(({ account }) => account?.username)).toEqual(['one', 'everywhere'])
  })

  it('adds up what the users cost each month, each once, and counts those without a price', () => {
    const three = [wanted('A'), wanted('B'), wanted('C')]
    const both = [user('a', { monthlyPriceCents: 1_250 }), user('b', { monthlyPriceCents: null })]
    expect(plan(three, both).monthlyCost).toEqual({ knownCents: 1_250, usersWithoutPrice: 2 })
  })

  it('takes the price of their kind for users without one of their own, and that of a full user for those to be made', () => {
    const four = [wanted('A'), wanted('B'), wanted('C'), wanted('D')]
    const users = [
      user('own', { monthlyPriceCents: 1_250 }),
      user('full', { monthlyPriceCents: null }),
      user('client', { monthlyPriceCents: null, kind: 'client_user' }),
    ]
    const fullOnly = plan(four, users, (_provider, kind) => (kind === 'full_user' ? 2_500 : null))
    expect(fullOnly.monthlyCost).toEqual({ knownCents: 1_250 + 2_500 + 2_500, usersWithoutPrice: 1 })
    const clientOnly = plan(four, users, (_provider, kind) => (kind === 'client_user' ? 0 : null))
    expect(clientOnly.monthlyCost).toEqual({ knownCents: 1_250, usersWithoutPrice: 2 })
  })
})

describe('who sits where, whatever there is', () => {
  const APPS = ['app_a', 'app_b'] as const
  const world = fc
    .record({
      places: fc.array(
        fc.record({
          app: fc.constantFrom(...APPS),
          administration: fc.constantFrom('1001', '1002'),
          sits: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
      people: fc.array(
        fc.record({
          kind: fc.constantFrom(...USER_KINDS),
          administrations: fc.constantFrom(null, [], ['1001'], ['1002'], ['1001', '1002']),
          seatedAt: fc.subarray([...APPS]),
        }),
        { maxLength: 6 },
      ),
    })
    .map(({ places, people }) => {
      const candidates = people.map((one, at) => user(`u${at}`, one))
      const seatedHere = candidates.map(() => new Set<string>())
      const integrations = places.map(({ app, administration, sits }, at) => {
        const who = candidates.findIndex(
          (_, nth) => !seatedHere[nth]?.has(app) && candidates[nth]?.seatedAt.includes(app),
        )
        if (!sits || who < 0) return wanted(`w${at}`, { providerAppId: app, administration })
        seatedHere[who]?.add(app)
        return wanted(`w${at}`, { providerAppId: app, administration, seatedAccountId: candidates[who]?.id ?? null })
      })
      return { integrations, candidates }
    })

  const mostThatCanSit = (
    integrations: readonly Wanted[],
    candidates: readonly Candidate[],
    taken = new Set<string>(),
  ): number => {
    const [one, ...rest] = integrations
    if (one === undefined) return 0
    const options = candidates.filter(
      ({ id, seatedAt, administrations }) =>
        !seatedAt.includes(one.providerAppId) &&
        !taken.has(`${one.providerAppId} ${id}`) &&
        (administrations === null || administrations.length === 0 || administrations.includes(one.administration)),
    )
    const without = mostThatCanSit(rest, candidates, taken)
    return options.reduce(
      (most, { id }) =>
        Math.max(most, 1 + mostThatCanSit(rest, candidates, new Set([...taken, `${one.providerAppId} ${id}`]))),
      without,
    )
  }

  it('EOL-09 never puts one user twice at one provider app, and never moves who sits', () => {
    fc.assert(
      fc.property(world, ({ integrations, candidates }) => {
        const { assignments } = plan(integrations, candidates)
        const places = assignments.flatMap(({ wanted: one, account }) =>
          account === null ? [] : [`${one.providerAppId} ${account.id}`],
        )
        expect(new Set(places).size).toBe(places.length)
        expect(assignments.map(assignment => assignment.wanted)).toEqual(integrations)
        for (const { wanted: one, how, account } of assignments) {
          if (one.seatedAccountId !== null) expect([how, account?.id]).toEqual(['seated', one.seatedAccountId])
          if (how === 'reuse') expect(account?.seatedAt).not.toContain(one.providerAppId)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('EOL-10 asks for no more new users than must be', () => {
    fc.assert(
      fc.property(world, ({ integrations, candidates }) => {
        const unseated = integrations.filter(one => one.seatedAccountId === null)
        expect(plan(integrations, candidates).short).toBe(unseated.length - mostThatCanSit(unseated, candidates))
      }),
      { numRuns: 500 },
    )
  })
})
