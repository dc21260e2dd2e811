import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_MS, refreshes, seated, token, tokenRequests, whoSitsThere } from '../support/chair.ts'
import { A_SHOP } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

const DAY = 86_400_000
/** Token calls of one app and user a day (exact-online.md section 1.7). */
const CAP = 200

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => seats.sandbox.control.clearFaults())
afterAll(() => seats.close())

describe('P10 the token endpoint is asked 200 times a day at most', () => {
  it('P10 under the worst load: somebody asks every thirty seconds, and the alarm rings whenever it wants', async () => {
    const chair = await seated(seats)
    const end = seats.clock.now() + DAY
    while (seats.clock.now() < end) {
      expect((await token(seats, chair)).ok).toBe(true)
      await seats.ring(chair.integration)
      seats.advance(30_000)
    }
    expect(refreshes(seats, chair)).toBeLessThanOrEqual(CAP)
    expect(refreshes(seats, chair)).toBeGreaterThan(140)
  })

  it.each([
    ['500', { kind: 'status_500_gateway' }],
    ['no answer', { kind: 'drop_before' }],
    [
      '429',
      {
        kind: 'status',
        status: 429,
        body: { error: 'access_denied', error_description: 'Rate limit exceeded: too many token requests today' },
      },
    ],
  ] as const)('P10 while it says %s all day, and lives again afterwards', async (_, fault) => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), times: 50_000, ...fault })
    const end = seats.clock.now() + DAY
    while (seats.clock.now() < end) {
      await token(seats, chair)
      await seats.run(chair.integration, 120_000)
    }
    expect(refreshes(seats, chair)).toBeLessThanOrEqual(CAP)
    seats.sandbox.control.clearFaults()
    seats.advance(700_000)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
  })

  it('P10 while it fails all day and the seat is put to sleep and woken all the time', async () => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), times: 50_000, kind: 'status_500_gateway' })
    const end = seats.clock.now() + DAY
    while (seats.clock.now() < end) {
      seats.kill(chair.integration)
      await token(seats, chair)
      await seats.run(chair.integration, 300_000)
    }
    expect(refreshes(seats, chair)).toBeLessThanOrEqual(CAP)
  })

  it('P10 while it fails all day for a chain that must be kept alive', async () => {
    const chair = await seated(seats)
    seats.advance(16 * DAY)
    seats.sandbox.control.faults({ match: tokenRequests(chair), times: 50_000, kind: 'status_500_gateway' })
    await seats.run(chair.integration, DAY)
    expect(refreshes(seats, chair)).toBeLessThanOrEqual(CAP)
    seats.sandbox.control.clearFaults()
    await seats.run(chair.integration, 700_000)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
  })
})
