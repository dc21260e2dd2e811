import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { afterAttempt, deliveryState, RETRY_AFTER } from '../../src/webhooks/delivery.ts'

const NOW = Date.UTC(2026, 7, 14, 12)
const MIDDLE = 0.5
const answer = (status: number, retryAfter: string | null = null) => ({ status, retryAfter })

describe('P60 an attempt', () => {
  it.each([200, 201, 202, 204, 299])('has arrived with %i', status =>
    expect(afterAttempt(1, answer(status), NOW, MIDDLE)).toEqual({ kind: 'delivered' }),
  )

  it.each([100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503, 504, 599])(
    'has not arrived with %i, and is made again',
    status => expect(afterAttempt(1, answer(status), NOW, MIDDLE)).toEqual({ kind: 'again', at: NOW + 5 * SECOND }),
  )

  it('has not arrived without an answer', () =>
    expect(afterAttempt(1, null, NOW, MIDDLE)).toEqual({ kind: 'again', at: NOW + 5 * SECOND }))

  it('ends it all with 410', () => expect(afterAttempt(1, answer(410), NOW, MIDDLE)).toEqual({ kind: 'gone' }))

  it('is made ten times over 75 h 35 min 5 s, and then given up', () => {
    const waits = Array.from({ length: 9 }, (_, at) => afterAttempt(at + 1, answer(500), 0, MIDDLE))
    expect(waits.map(outcome => (outcome.kind === 'again' ? outcome.at : outcome.kind))).toEqual([...RETRY_AFTER])
    expect(RETRY_AFTER.reduce((sum, wait) => sum + wait, 0)).toBe(75 * HOUR + 35 * MINUTE + 5 * SECOND)
    expect(afterAttempt(10, answer(500), 0, MIDDLE)).toEqual({ kind: 'given_up' })
    expect(afterAttempt(11, null, 0, MIDDLE)).toEqual({ kind: 'given_up' })
  })

  it('is spread over a tenth to either side', () => {
    expect(afterAttempt(2, answer(500), NOW, 0)).toEqual({ kind: 'again', at: NOW + 270 * SECOND })
    expect(afterAttempt(2, answer(500), NOW, 1)).toEqual({ kind: 'again', at: NOW + 330 * SECOND })
  })

  it.each([
    ['120', NOW + 2 * MINUTE],
    [' 120 ', NOW + 2 * MINUTE],
    [new Date(NOW + HOUR).toUTCString(), NOW + HOUR],
    ['999999999', NOW + DAY],
    ['0', NOW + 5 * SECOND],
    ['1', NOW + 5 * SECOND],
    ['-5', NOW + 5 * SECOND],
    ['soon', NOW + 5 * SECOND],
    ['', NOW + 5 * SECOND],
    [new Date(NOW - DAY).toUTCString(), NOW + 5 * SECOND],
  ])(
    'leaves the receiver alone for as long as it asks, never for less than the schedule: Retry-After %j',
    (asked, at) => expect(afterAttempt(1, answer(503, asked), NOW, MIDDLE)).toEqual({ kind: 'again', at }),
  )
})

describe('a delivery', () => {
  it('is due, has arrived, or is given up', () => {
    expect(deliveryState({ dueAt: NOW, deliveredAt: null })).toBe('due')
    expect(deliveryState({ dueAt: null, deliveredAt: NOW })).toBe('delivered')
    expect(deliveryState({ dueAt: null, deliveredAt: null })).toBe('given_up')
  })
})
