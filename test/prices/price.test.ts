import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorOf, pageOf } from '../../src/prices/cursor.ts'
import { centsOf, typedCents } from '../../src/prices/money.ts'
import { costOfUser, dayOf, MOST_CENTS, type Price, priceOn, pricing } from '../../src/prices/price.ts'
import { USER_KINDS } from '../../src/providers/provider.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'

const price = (validFrom: string, monthlyCents: number, userKind: Price['userKind'] = 'full_user'): Price => ({
  provider: 'exact-online',
  userKind,
  validFrom,
  monthlyCents,
})
const fullOn = (prices: Price[], day: string) => priceOn(prices, 'exact-online', 'full_user', day)?.monthlyCents ?? null

describe('the price that holds on a day', () => {
  const both = [price('2026-01-01', 2_500), price('2026-07-01', 2_900)]

  it('is the newest that has begun, from its first day on', () => {
    expect(fullOn(both, '2025-12-31')).toBeNull()
    expect(fullOn(both, '2026-01-01')).toBe(2_500)
    expect(fullOn(both, '2026-06-30')).toBe(2_500)
    expect(fullOn(both, '2026-07-01')).toBe(2_900)
  })

  it('is that of the kind alone, and may be nothing at all', () => {
    const prices = [...both, price('2026-08-01', 0, 'client_user')]
    expect(priceOn(prices, 'exact-online', 'client_user', '2026-08-01')?.monthlyCents).toBe(0)
    expect(priceOn(prices, 'exact-online', 'starter_user', '2026-08-01')).toBeNull()
    expect(fullOn(prices, '2026-08-01')).toBe(2_900)
  })

  it('whatever there is: has begun, and none of its kind began between it and the day', () => {
    const day = fc
      .integer({ min: 0, max: 60 })
      .map(days => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10))
    const kind = fc.constantFrom(...USER_KINDS.slice(0, 3))
    const one = fc.record({ validFrom: day, userKind: kind, monthlyCents: fc.nat(5_000) })
    const all = fc
      .uniqueArray(one, { maxLength: 12, selector: ({ validFrom, userKind }) => `${validFrom} ${userKind}` })
      .map(prices => prices.map(({ validFrom, monthlyCents, userKind }) => price(validFrom, monthlyCents, userKind)))
    fc.assert(
      fc.property(all, kind, day, (prices, asked, on) => {
        const found = priceOn(prices, 'exact-online', asked, on)
        const begun = prices.filter(({ userKind, validFrom }) => userKind === asked && validFrom <= on)
        expect(found === null).toBe(begun.length === 0)
        if (found !== null) expect(begun).toContain(found)
        expect(begun.every(({ validFrom }) => validFrom <= (found?.validFrom ?? ''))).toBe(true)
        expect(priceOn(prices.toReversed(), 'exact-online', asked, on)).toEqual(found)
      }),
    )
  })

  it('comes after a user’s own price, even one of nothing', () => {
    const priceOf = pricing(both, '2026-07-01')
    const user = { provider: 'exact-online', kind: 'full_user' } as const
    expect(costOfUser({ ...user, monthlyPriceCents: null }, priceOf)).toBe(2_900)
    expect(costOfUser({ ...user, monthlyPriceCents: 0 }, priceOf)).toBe(0)
    expect(costOfUser({ ...user, kind: 'unknown', monthlyPriceCents: null }, priceOf)).toBeNull()
  })

  it('begins at midnight where the packages bill, summer and winter', () => {
    expect(dayOf(Date.parse('2026-01-31T22:59:59Z'))).toBe('2026-01-31')
    expect(dayOf(Date.parse('2026-01-31T23:00:00Z'))).toBe('2026-02-01')
    expect(dayOf(Date.parse('2026-07-31T22:00:00Z'))).toBe('2026-08-01')
  })
})

describe('an amount as people type it', () => {
  it.each([
    ['25', 2_500],
    ['25,00', 2_500],
    ['25.00', 2_500],
    ['25,5', 2_550],
    [' € 25,00 ', 2_500],
    ['0', 0],
    ['1.250,00', 125_000],
    ['1,250.00', 125_000],
    ['1000000', MOST_CENTS],
  ])('%j is read', (typed, cents) => expect(centsOf(typed)).toBe(cents))

  it.each([
    '',
    ' ',
    'gratis',
    '-1',
    '25,',
    ',50',
    '25,000',
    '1.250',
    '1,250',
    '25.00.00',
    '1.25,00',
    '1.250.00',
    '1e3',
    '0x10',
    '٢٥',
    '25 €',
    '25,00,00',
    '1000000,01',
    '99999999',
    'NaN',
    'Infinity',
  ])('%j is refused: no amount, or one that could be two', typed => expect(centsOf(typed)).toBeNull())

  it('however it was written by us, it is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST_CENTS }), cents => {
        for (const locale of LOCALES) expect(centsOf(wordsIn(locale).measures.money(cents))).toBe(cents)
        for (const separator of [',', '.'] as const) expect(centsOf(typedCents(cents, separator))).toBe(cents)
      }),
    )
  })
})

describe('a place in the list of prices', () => {
  it('is found back from how it is written, and nothing else is one', () => {
    const rows = [price('2026-07-01', 1), price('2026-01-01', 2, 'client_user'), price('2025-01-01', 3)]
    const { next } = pageOf(rows, 2)
    expect(cursorOf(next ?? '')).toEqual({ validFrom: '2026-01-01', provider: 'exact-online', userKind: 'client_user' })
    expect(pageOf(rows, 3).next).toBeNull()
    expect(pageOf([], 3)).toEqual({ rows: [], next: null })
    for (const text of [
      '',
      'x',
      '2026-01-01.yuki.full_user',
      '2026-01-01.exact-online.admin',
      "2026-01-01.'.full_user",
    ])
      expect(cursorOf(text)).toBeNull()
  })
})
