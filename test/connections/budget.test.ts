import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { blockedUntil, countsAsError, type ErrorBudget, endpointOf, noteError } from '../../src/connections/budget.ts'

const ENDPOINT = '/api/v1/1001/salesentry/SalesEntries'
const spent = (times: number[]) => times.reduce<ErrorBudget>((budget, time) => noteError(budget, ENDPOINT, time), {})

describe('the hourly error budget', () => {
  it.each([
    [400, true],
    [401, true],
    [403, true],
    [404, true],
    [429, false],
    [500, false],
    [201, false],
  ])('counts %i as an error: %s', (status, counts) => {
    expect(countsAsError(status)).toBe(counts)
  })

  it.each([
    ['/api/v1/1001/crm/Accounts?$top=1', '/api/v1/1001/crm/Accounts'],
    ["/api/v1/1001/crm/Accounts(guid'0')", '/api/v1/1001/crm/Accounts'],
    ['/api/v1/1001/crm/Accounts', '/api/v1/1001/crm/Accounts'],
  ])('names the endpoint of %s', (path, endpoint) => {
    expect(endpointOf(path)).toBe(endpoint)
  })

  it('leaves an endpoint free until the ninth error, and then until the first is an hour old', () => {
    const times = Array.from({ length: 9 }, (_, i) => i * 1_000)
    expect(blockedUntil(spent(times.slice(0, 8)), ENDPOINT, 10, 9_000)).toBe(0)
    expect(blockedUntil(spent(times), ENDPOINT, 10, 9_000)).toBe(HOUR)
    expect(blockedUntil(spent(times), ENDPOINT, 10, HOUR)).toBe(0)
  })

  it('blocks no other endpoint', () => {
    expect(blockedUntil(spent([1, 2, 3, 4, 5, 6, 7, 8, 9]), '/api/v1/1001/crm/Accounts', 10, 10)).toBe(0)
  })

  it('who asks first never makes ten errors in any hour, and remembers no more than an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: HOUR / 4 }), { maxLength: 60 }), gaps => {
        let now = 0
        let budget: ErrorBudget = {}
        const made: number[] = []
        for (const gap of gaps) {
          now += gap
          if (blockedUntil(budget, ENDPOINT, 10, now) > now) continue
          budget = noteError(budget, ENDPOINT, now)
          made.push(now)
          expect(made.filter(time => now - time < HOUR).length).toBeLessThan(10)
          expect(budget[ENDPOINT]?.every(time => now - time < HOUR)).toBe(true)
        }
      }),
    )
  })
})
