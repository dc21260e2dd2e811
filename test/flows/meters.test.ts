import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import type { Meters } from '../../src/seats/rpc.ts'
import { asked, chair, seated } from '../support/chair.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const metersOf = async (till: Till): Promise<Meters> => {
  const meters = await till.keeper.meters(till.tenant)
  if (!meters.ok) throw new Error(meters.failure.kind)
  return meters.value
}

const get = (till: Till, path: string) =>
  till.keeper.proxy(till.tenant, { method: 'GET', path, contentType: null, body: null }, 'key:test')

describe('the meters of a seat', () => {
  it('count the calls of the last minute against what the seat allows itself, and ask the provider nothing', async () => {
    const till = await Till.open(seats)
    seats.advance(MINUTE)
    expect((await metersOf(till)).calls).toEqual({ sent: 0, waiting: 0, perMinute: 100_000 })
    for (const _ of [1, 2, 3]) await get(till, 'current/Me')
    const before = till.log().length
    expect((await metersOf(till)).calls.sent).toBe(3)
    expect(till.log()).toHaveLength(before)
    seats.advance(MINUTE)
    expect((await metersOf(till)).calls.sent).toBe(0)
  })

  it('take the provider’s limit where the app has none of its own', async () => {
    const app = await seats.app({ callsPerMinute: null })
    seats.sandbox.control.clients({ client_id: `zetel-${app}`, registration: 'published' })
    const till = await Till.make(seats, { app })
    expect(await metersOf(till)).toEqual({
      calls: { sent: 0, waiting: 0, perMinute: 60 },
      pausedUntil: null,
      errors: [],
      errorsPerHour: 10,
    })
  })

  it('say that calls wait, and until when there are none', async () => {
    const till = await Till.open(seats)
    const match = { method: 'GET', path: 'current/Me', client_id: till.client }
    const before = seats.sandbox.control
      .log()
      .filter(({ client, path }) => client === till.client && path.endsWith('current/Me'))
    const fault = seats.sandbox.control.faults({ match, kind: 'hold' })
    const calls = [1, 2, 3].map(() => get(till, 'current/Me'))
    await seats.sandbox.control.awaitRequests({ match, count: before.length + 1 })
    expect((await metersOf(till)).calls.waiting).toBe(2)
    seats.sandbox.control.release({ id: fault.id })
    await Promise.all(calls)
    expect(await metersOf(till)).toMatchObject({ calls: { waiting: 0 }, pausedUntil: null })
    seats.sandbox.control.faults({ match, kind: 'status', status: 429, body: { error: 'too many' } })
    await get(till, 'current/Me')
    const { pausedUntil } = await metersOf(till)
    expect(pausedUntil).toBeGreaterThan(seats.clock.now())
    seats.advance(24 * HOUR)
    expect((await metersOf(till)).pausedUntil).toBeNull()
  })

  it('name what was refused in the last hour by endpoint, and remember it through a crash', async () => {
    const till = await Till.open(seats)
    till.right(false, 'financial/Journals', 'GET')
    for (const _ of [1, 2]) await get(till, '1001/financial/Journals?$select=Code')
    const errors = [{ endpoint: '/api/v1/1001/financial/Journals', count: 2, blockedUntil: null }]
    expect((await metersOf(till)).errors).toEqual(errors)
    seats.kill(till.integration)
    expect(await metersOf(till)).toMatchObject({ errors, calls: { sent: 0 } })
    seats.advance(HOUR)
    expect((await metersOf(till)).errors).toEqual([])
  })

  it('P34 are another tenant’s as little as a seat that does not exist', async () => {
    const mine = await seated(seats)
    const theirs = await chair(seats)
    const before = asked(seats, mine)
    expect(await seats.keeper(mine.integration).meters(theirs.tenant)).toEqual({
      ok: false,
      failure: { kind: 'not_found' },
    })
    expect(asked(seats, mine)).toBe(before)
  })
})
