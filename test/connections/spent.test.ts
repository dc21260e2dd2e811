import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { noteSent, sentLately, spentErrors } from '../../src/connections/budget.ts'

const NOW = 1_800_000_000_000

describe('calls sent', () => {
  it('count for a minute and no longer, and are forgotten after it', () => {
    const sent: number[] = []
    for (const at of [NOW - MINUTE, NOW - MINUTE + 1, NOW - 1]) noteSent(sent, at)
    expect(sentLately(sent, NOW)).toBe(2)
    noteSent(sent, NOW)
    expect(sent).toEqual([NOW - MINUTE + 1, NOW - 1, NOW])
    expect(sentLately(sent, NOW + MINUTE)).toBe(0)
  })
})

describe('refused calls', () => {
  it('are told by endpoint, the most first, for an hour', () => {
    const budget = { '/a': [NOW - HOUR, NOW - 2], '/b': [NOW - 3, NOW - 2, NOW - 1], '/c': [NOW - HOUR] }
    expect(spentErrors(budget, 10, NOW)).toEqual([
      { endpoint: '/b', count: 3, blockedUntil: null },
      { endpoint: '/a', count: 1, blockedUntil: null },
    ])
  })

  it('say until when an endpoint is left alone, one before the provider would block it', () => {
    const nine = [...Array(9).keys()].map(at => NOW - MINUTE + at)
    expect(spentErrors({ '/a': nine }, 10, NOW)).toEqual([
      { endpoint: '/a', count: 9, blockedUntil: NOW - MINUTE + HOUR },
    ])
    expect(spentErrors({ '/a': nine.slice(1) }, 10, NOW)).toMatchObject([{ count: 8, blockedUntil: null }])
  })
})
