import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IntegrationId, newId, type ServiceAccountId } from '../../src/id.ts'
import { type Backing, backing, type Integrated } from '../../src/seats/backing.ts'
import { type Candidate, plan, type Wanted } from '../../src/seats/plan.ts'
import { MovableClock } from '../support/clock.ts'

const clock = new MovableClock()
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const APP = 'app_a'

type Place = Wanted & { integrationId: IntegrationId }

const place = (label: string, over: Partial<Place> = {}): Place => ({
  integrationId: newId('int', clock, random),
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
  monthlyPriceCents: null,
  seatedAt: [],
  ...over,
})

const sitting = (username: string, over: Partial<Candidate> = {}) => user(username, { seatedAt: [APP], ...over })

const integrated = ({ integrationId, label, sourceKind, administration }: Place): Integrated => ({
  integrationId,
  label,
  sourceKind,
  sourceProvider: 'shopify',
  provider: 'exact-online',
  administration: { number: administration, name: 'Books' },
  health: { verdict: 'healthy', reason: { kind: 'fine' } },
})

const see = (places: readonly Place[], accounts: readonly Candidate[]): Backing =>
  backing(places.map(integrated), plan(places, accounts), accounts)

/** A row in short: `taken a`, `reusable b!client_user`, `short webshop.nl`. */
const seats = ({ rows }: Backing): string[] =>
  rows.map(({ seat }) =>
    seat.kind === 'short'
      ? `short ${seat.name}`
      : `${seat.kind} ${seat.by.username}${seat.by.caution === null ? '' : `!${seat.by.caution}`}`,
  )

const why = ({ unseated }: Backing) =>
  unseated.map(({ username, why, caution }) => [
    username,
    why.kind === 'no_access' ? why.administrations.join() : why.kind,
    caution,
  ])

describe('who backs what', () => {
  it('EOL-10 2 webshops + 1 PSP with 2 users → one short', () => {
    const [nl, psp] = [sitting('nl'), sitting('psp')]
    const seen = see(
      [
        place('Webshop NL', { seatedAccountId: nl.id }),
        place('Webshop BE'),
        place('Mollie', { sourceKind: 'psp', seatedAccountId: psp.id }),
      ],
      [nl, psp],
    )
    expect(seats(seen)).toEqual(['taken nl', 'short webshop.be', 'taken psp'])
    expect(seen).toMatchObject({ short: 1, free: 0, unseated: [] })
  })

  const a = sitting('a')
  const client = sitting('client', { kind: 'client_user' })
  const unproven = sitting('unproven', { administrations: null })
  it.each<[string, Place[], Candidate[], string[], [short: number, free: number]]>([
    ['a user who sits', [place('X', { seatedAccountId: a.id })], [a], ['taken a'], [0, 0]],
    [
      'a client user who sits',
      [place('X', { seatedAccountId: client.id })],
      [client],
      ['taken client!client_user'],
      [0, 0],
    ],
    [
      'a user of whom it is not known what they reach',
      [place('X', { seatedAccountId: unproven.id })],
      [unproven],
      ['taken unproven!administration_unproven'],
      [0, 0],
    ],
    ['a free user who fits', [place('X')], [user('b')], ['reusable b'], [0, 1]],
    [
      'a free client user who fits',
      [place('X')],
      [user('b', { kind: 'client_user' })],
      ['reusable b!client_user'],
      [0, 1],
    ],
    ['no free user', [place('X')], [], ['short x'], [1, 0]],
    ['a user who sits elsewhere', [place('X')], [sitting('b')], ['short x'], [1, 0]],
    ['a user without access', [place('X')], [user('b', { administrations: ['2'] })], ['short x'], [1, 1]],
    ['nothing at all', [], [], [], [0, 0]],
  ])('tells %s', (_, places, accounts, expected, [short, free]) => {
    const seen = see(places, accounts)
    expect(seats(seen)).toEqual(expected)
    expect(seen).toMatchObject({ short, free })
  })

  it('counts a user once who sits at one provider app and may sit at another', () => {
    const both = [place('A', { seatedAccountId: a.id }), place('B', { providerAppId: 'app_b' })]
    const seen = see(both, [a])
    expect(seats(seen)).toEqual(['taken a', 'reusable a'])
    expect(seen.unseated).toEqual([])
  })

  it('says of everyone on no seat why they do not fit', () => {
    const accounts = [
      user('other', { administrations: ['7'] }),
      sitting('elsewhere'),
      user('client', { kind: 'client_user', administrations: ['7'] }),
    ]
    const seen = see([place('A'), place('B', { administration: '2' }), place('C', { administration: '2' })], accounts)
    expect(why(seen)).toEqual([
      ['other', '1001,2', null],
      ['elsewhere', 'elsewhere', null],
      ['client', '1001,2', 'client_user'],
    ])
    expect(seen.free).toBe(2)
  })

  it('says that a user is to spare when no seat is left', () => {
    expect(why(see([place('A', { seatedAccountId: a.id })], [a, user('b')]))).toEqual([['b', 'spare', null]])
  })

  it('tells of all users and of what is short, whichever page of integrations it shows', () => {
    const places = [place('A'), place('B'), place('C', { administration: '2' })]
    const accounts = [user('a'), user('z', { administrations: ['9'] })]
    const made = plan(places, accounts)
    const page = backing(places.slice(2).map(integrated), made, accounts)
    expect(seats(page)).toEqual(['short c'])
    expect(page).toMatchObject({ short: 2, free: 2, unseated: [{ username: 'z' }] })
  })

  it('keeps the order it is given, and leaves out what the plan does not know', () => {
    const places = ['B', 'A', 'C'].map(label => place(label))
    const made = plan(places.slice(0, 2), [])
    const page = backing(places.toReversed().map(integrated), made, [])
    expect(page.rows.map(({ label }) => label)).toEqual(['A', 'B'])
  })

  it('tells what the users cost, as far as it is known', () => {
    const paid = sitting('a', { monthlyPriceCents: 1250 })
    const seen = see([place('A', { seatedAccountId: paid.id }), place('B')], [paid])
    expect(seen.monthlyCost).toEqual({ knownCents: 1250, usersWithoutPrice: 1 })
  })

  it('EOL-09 shows every user once, on a seat or on none, whatever there is', () => {
    const world = fc.record({
      places: fc.array(fc.constantFrom('1001', '2'), { maxLength: 6 }),
      people: fc.array(fc.constantFrom(null, ['1001'], ['2'], ['1001', '2'], ['9']), { maxLength: 6 }),
    })
    fc.assert(
      fc.property(world, ({ places, people }) => {
        const accounts = people.map((administrations, at) => user(`u${at}`, { administrations }))
        const seen = see(
          places.map((administration, at) => place(`p${at}`, { administration })),
          accounts,
        )
        const seated = seen.rows.flatMap(({ seat }) => (seat.kind === 'short' ? [] : [seat.by.username]))
        const shown = [...seated, ...seen.unseated.map(({ username }) => username)]
        expect(shown.toSorted()).toEqual(accounts.map(({ username }) => username).toSorted())
        expect(seen.rows.filter(({ seat }) => seat.kind === 'short')).toHaveLength(seen.short)
        for (const { username, why } of seen.unseated) {
          const reach = accounts.find(account => account.username === username)?.administrations ?? []
          if (why.kind === 'no_access') expect(why.administrations.filter(one => reach.includes(one))).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a name for a user to be made', () => {
  const names = (labels: string[], usernames: string[] = []) =>
    seats(
      see(
        labels.map(label => place(label)),
        usernames.map(name => sitting(name)),
      ),
    )

  it.each([
    ['Webshop België', 'webshop.belgie'],
    ['  Kassa 2 / Centrum!', 'kassa.2.centrum'],
    ['<script>', 'script'],
    ['店', 'null'],
    ['A very long label that nobody would want to type', 'a.very.long.label.th'],
  ])('is made of %s', (label, name) => expect(names([label])).toEqual([`short ${name}`]))

  it('is one that nobody has yet', () => {
    expect(names(['Shop', 'Shop', 'Shop'], ['SHOP@shop.example', 'shop3@shop.example'])).toEqual([
      'short shop2',
      'short shop4',
      'short shop5',
    ])
  })
})
