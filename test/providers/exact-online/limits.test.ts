import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../src/providers/exact-online/errors.ts'
import { readRates } from '../../../src/providers/exact-online/limits.ts'
import { answer } from './answers.ts'

const NOON = Date.UTC(2026, 6, 1, 12)
const MIDNIGHT = Date.UTC(2026, 6, 2)
const minute = (remaining: number) => ({
  'x-ratelimit-minutely-limit': '60',
  'x-ratelimit-minutely-remaining': String(remaining),
  'x-ratelimit-minutely-reset': String(NOON + 60_000),
})
const day = (remaining: number) => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(MIDNIGHT),
})
const until = (headers: Record<string, string>) =>
  diagnose({ method: 'GET', path: '/api/v1/1/crm/Accounts' }, answer(429, '', headers))

describe('the rate budget', () => {
  it('reads both budgets, with resets in milliseconds', () => {
    expect(readRates({ ...minute(59), ...day(4321) })).toEqual({
      minute: { limit: 60, remaining: 59, resetAt: NOON + 60_000 },
      day: { limit: 5000, remaining: 4321, resetAt: MIDNIGHT },
    })
  })

  it('reads neither from nothing or nonsense', () => {
    expect(readRates({})).toEqual({ minute: null, day: null })
    expect(readRates({ ...minute(1), 'x-ratelimit-minutely-reset': 'soon' }).minute).toBeNull()
    expect(readRates({ ...day(1), 'x-ratelimit-remaining': '-1' }).day).toBeNull()
  })

  it.each<[string, Record<string, string>, number | null]>([
    ['the spent minute', { ...minute(0), ...day(10) }, NOON + 60_000],
    ['the spent day', { ...minute(5), ...day(0) }, MIDNIGHT],
    ['the later of two spent', { ...minute(0), ...day(0) }, MIDNIGHT],
    ['the only budget named', day(7), MIDNIGHT],
    ['the minute when neither is spent', { ...minute(5), ...day(10) }, NOON + 60_000],
    ['a reset that stands alone', { 'x-ratelimit-minutely-reset': String(NOON) }, NOON],
    ['Retry-After with the Date', { 'retry-after': '30', date: 'Wed, 01 Jul 2026 12:00:00 GMT' }, NOON + 30_000],
    ['Retry-After as a date', { 'retry-after': 'Wed, 01 Jul 2026 12:00:00 GMT' }, NOON],
    ['nothing known', { 'retry-after': '30' }, null],
    ['no header', {}, null],
  ])('waits for %s', (_what, headers, expected) => {
    expect(until(headers)).toMatchObject({ kind: 'rate_limited', until: expected })
  })
})
