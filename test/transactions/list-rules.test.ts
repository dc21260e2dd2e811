import { describe, expect, it } from 'vitest'
import type { IntegrationId } from '../../src/id.ts'
import { dayAfter, dayStart } from '../../src/transactions/day.ts'
import { groupByCause } from '../../src/transactions/grouping.ts'
import { addressOf, ListQuery } from '../../src/transactions/list-filter.ts'
import { RIGHT, SCOPE } from './booked.ts'

const SHOP = 'int_00000000000000000000000001' as IntegrationId
const TILL = 'int_00000000000000000000000002' as IntegrationId

describe('what is held', () => {
  it('is grouped by what it waits for in one integration, the most first', () => {
    const groups = groupByCause([
      { integrationId: TILL, missing: [RIGHT], count: 3 },
      { integrationId: SHOP, missing: [RIGHT], count: 200 },
      { integrationId: SHOP, missing: [SCOPE, RIGHT], count: 14 },
    ])
    expect(groups).toEqual([
      { integrationId: SHOP, missing: RIGHT, waiting: 214 },
      { integrationId: SHOP, missing: SCOPE, waiting: 14 },
      { integrationId: TILL, missing: RIGHT, waiting: 3 },
    ])
  })

  it('is one cause whatever words the provider says it in, and two where anything else differs', () => {
    const of = (...missing: (typeof RIGHT)[]) => groupByCause([{ integrationId: SHOP, missing, count: 1 }]).length
    expect(of({ ...RIGHT, words: 'Forbidden' }, { ...RIGHT, words: 'No.' })).toBe(1)
    expect(of(RIGHT, { ...RIGHT, administration: '1002' })).toBe(2)
    expect(of(RIGHT, { ...RIGHT, action: 'PUT' })).toBe(2)
    expect(of(RIGHT, { ...RIGHT, resource: 'crm/Accounts' })).toBe(2)
    expect(of(RIGHT, { ...RIGHT, cause: 'right_derived' })).toBe(2)
  })

  it('counts one that names the same thing twice once', () => {
    expect(groupByCause([{ integrationId: SHOP, missing: [RIGHT, RIGHT], count: 5 }])[0]?.waiting).toBe(5)
  })
})

describe('a day', () => {
  it.each([
    ['2026-01-15', 'Europe/Amsterdam', '2026-01-14T23:00:00.000Z'],
    ['2026-07-15', 'Europe/Amsterdam', '2026-07-14T22:00:00.000Z'],
    ['2026-03-29', 'Europe/Amsterdam', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Amsterdam', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Amsterdam', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Amsterdam', '2026-10-25T23:00:00.000Z'],
    ['2026-07-15', 'America/New_York', '2026-07-15T04:00:00.000Z'],
    ['2026-07-15', 'Pacific/Kiritimati', '2026-07-14T10:00:00.000Z'],
    ['2026-07-15', 'UTC', '2026-07-15T00:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'], // Its clocks skip from 24:00 to 1:00.
  ])('%s in %s begins at %s', (day, zone, start) => {
    expect(new Date(dayStart(day, zone)).toISOString()).toBe(start)
  })

  it('is followed by the next, over the end of a month and a leap day', () => {
    expect(['2026-12-31', '2028-02-28', '2026-02-28'].map(dayAfter)).toEqual(['2027-01-01', '2028-02-29', '2026-03-01'])
  })
})

describe('the address of a list', () => {
  it('says what is listed, and only that', () => {
    const query = ListQuery.parse({ state: 'held', reference: ' A&B ', exact: 'off', booking_kind: '', other: 'x' })
    expect(addressOf('/here', query)).toBe('/here?state=held&reference=A%26B')
    expect(addressOf('/here', query, 'place')).toBe('/here?state=held&reference=A%26B&cursor=place')
    expect(addressOf('/here', ListQuery.parse({}))).toBe('/here')
  })

  it('has no day that nobody booked on', () => {
    for (const since of ['0001-01-01', '1999-12-31', '3000-01-01', '9999-12-31', '2026-02-30'])
      expect(ListQuery.parse({ since }).since).toBeUndefined()
    expect(ListQuery.parse({ since: '2026-02-28' }).since).toBe('2026-02-28')
  })
})
