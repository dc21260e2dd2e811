import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { daysOf, firstHourOf, type HourCounts, WORST, worstOf } from '../../src/health/timeline.ts'

const AMSTERDAM = 'Europe/Amsterdam'
const none = { delivered: 0, failed: 0, held: 0, troubles: 0 }
const at = (utc: string): number => Date.parse(utc)
const hourAt = (utc: string, counts: Partial<HourCounts> = {}): HourCounts => ({
  ...none,
  hour: Math.floor(at(utc) / HOUR),
  ...counts,
})
const shapes = (zone: string, now: string, count: number) =>
  daysOf([], zone, at(now), count).map(({ day, hours }) => [day, hours.length])

describe('the days of a timeline', () => {
  it('are those of the reader’s zone, the oldest first and today last, as far as it has come', () => {
    expect(shapes(AMSTERDAM, '2026-11-25T08:30:00Z', 3)).toEqual([
      ['2026-11-23', 24],
      ['2026-11-24', 24],
      ['2026-11-25', 10],
    ])
    expect(shapes('America/New_York', '2026-11-25T04:30:00Z', 2)).toEqual([
      ['2026-11-23', 24],
      ['2026-11-24', 24],
    ])
  })

  it.each([
    ['23 hours when the clock goes forward', AMSTERDAM, '2026-03-30T10:00:00Z', [23, 13]],
    ['25 hours when it goes back', AMSTERDAM, '2026-10-26T10:00:00Z', [25, 12]],
    ['23 hours elsewhere on another day', 'America/New_York', '2026-03-09T12:00:00Z', [23, 9]],
    ['24 hours where it never goes', 'Asia/Tokyo', '2026-03-30T00:00:00Z', [24, 10]],
    ['24 hours where the zone is half an hour off', 'Asia/Kolkata', '2026-03-30T12:00:00Z', [24, 18]],
    ['23 hours where midnight does not exist', 'America/Santiago', '2026-09-07T12:00:00Z', [23, 10]],
  ])('have %s', (_, zone, now, lengths) => {
    expect(shapes(zone, now, 2).map(([, length]) => length)).toEqual(lengths)
  })

  it('put an hour in the day in which it begins', () => {
    const hours = [
      hourAt('2026-11-24T22:59:59Z', { delivered: 1 }),
      hourAt('2026-11-24T23:00:00Z', { delivered: 2, held: 1 }),
      hourAt('2026-11-25T07:00:00Z', { failed: 4, troubles: 1 }),
    ]
    expect(daysOf(hours, AMSTERDAM, at('2026-11-25T08:00:00Z'), 2)).toMatchObject([
      { day: '2026-11-24', delivered: 1, failed: 0, held: 0, troubles: 0, worst: 'healthy' },
      { day: '2026-11-25', delivered: 2, failed: 4, held: 1, troubles: 1, worst: 'broken' },
    ])
  })

  it('lose nothing and count nothing twice, whatever the zone and the moment', () => {
    const zones = fc.constantFrom(
      AMSTERDAM,
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    )
    const moments = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') })
    const counts = fc.array(fc.tuple(fc.nat(31 * 24), fc.nat(50)), { maxLength: 40 })
    fc.assert(
      fc.property(zones, moments, fc.integer({ min: 1, max: 30 }), counts, (zone, now, count, given) => {
        const latest = Math.floor(now / HOUR)
        const byHour = new Map(given.map(([back, delivered]) => [latest - back, delivered]))
        const days = daysOf(
          [...byHour].map(([hour, delivered]) => ({ ...none, hour, delivered })),
          zone,
          now,
          count,
        )
        const hours = days.flatMap(day => day.hours.map(({ hour }) => hour))
        const first = hours[0] ?? 0
        expect(days).toHaveLength(count)
        expect(hours).toEqual([...Array(latest - first + 1).keys()].map(at => first + at))
        expect(first).toBeGreaterThanOrEqual(firstHourOf(now, count))
        const within = [...byHour].filter(([hour]) => hour >= first).reduce((sum, [, delivered]) => sum + delivered, 0)
        expect(days.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(within)
        expect([...days].sort((a, b) => (a.day < b.day ? -1 : 1))).toEqual(days)
      }),
    )
  })
})

describe('the worst of some time', () => {
  it.each([
    ['broken', { delivered: 9, failed: 1, held: 1, troubles: 1 }],
    ['attention', { delivered: 9, failed: 1 }],
    ['attention', { delivered: 9, held: 1 }],
    ['healthy', { delivered: 1 }],
    ['none', {}],
  ] as const)('is %s for %j', (worst, counts) => {
    expect(worstOf({ ...none, ...counts })).toBe(worst)
    expect(WORST).toContain(worst)
  })
})
