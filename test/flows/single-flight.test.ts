import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ACCESS_MS,
  type Chair,
  reached,
  refreshes,
  seated,
  submission,
  token,
  tokenRequests,
} from '../support/chair.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
beforeEach(() => seats.sandbox.control.clearFaults())
afterAll(() => seats.close())

const callers = (chair: Chair, count: number) => Promise.all(Array.from({ length: count }, () => token(seats, chair)))

const tokensOf = (answers: Awaited<ReturnType<typeof callers>>) =>
  new Set(answers.map(answer => (answer.ok ? answer.value.accessToken : answer.failure.kind)))

describe('P1 single flight', () => {
  it.each([2, 10, 50, 200])('P1 makes one token request for %i callers, an alarm and a drain at once', async count => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    const booked = seats.sandbox.control.ledger().length
    await seats.keeper(chair.integration).submit(chair.tenant, submission(`p1-${count}`))
    const [answers] = await Promise.all([callers(chair, count), seats.ring(chair.integration)])
    expect(tokensOf(answers).size).toBe(1)
    expect(answers.every(answer => answer.ok)).toBe(true)
    expect(refreshes(seats, chair)).toBe(1)
    expect(seats.sandbox.control.ledger()).toHaveLength(booked + 1)
  })

  it('P1 shares one refresh when the token endpoint takes 11 s while 64 callers wait', async () => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold', before: false })
    const answers = callers(chair, 64)
    await reached(seats, chair, 2)
    seats.advance(11_000)
    const late = callers(chair, 8)
    const alarm = seats.ring(chair.integration)
    seats.sandbox.control.release({ id: fault.id })
    const all = [...(await answers), ...(await late)]
    await alarm
    expect([tokensOf(all).size, all.every(answer => answer.ok), refreshes(seats, chair)]).toEqual([1, true, 1])
  })

  it('P1 shares one refresh over a really slow second', async () => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'delay', delay_ms: 1_000 })
    const answers = await callers(chair, 64)
    expect([tokensOf(answers).size, answers[0]?.ok, refreshes(seats, chair)]).toEqual([1, true, 1])
  })

  it('P1 does not ask with a spent refresh token when an alarm looked before a refresh ended', async () => {
    const chair = await seated(seats)
    seats.kill(chair.integration)
    const journal = seats.journal(chair.integration)
    const get = journal.get
    const gate = Promise.withResolvers<void>()
    const seen = Promise.withResolvers<void>()
    seats.advance(ACCESS_MS)
    const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold' })
    let looks = 0
    journal.get = async key => {
      const value = await get(key)
      if (key !== 'refresh' || value === undefined) return value
      looks += 1
      seen.resolve()
      await gate.promise
      return value
    }
    const first = token(seats, chair)
    await reached(seats, chair, 2)
    seats.alarms.set(chair.integration, seats.clock.now())
    const alarm = seats.ring(chair.integration)
    await seen.promise
    seats.sandbox.control.release({ id: fault.id })
    expect((await first).ok).toBe(true)
    gate.resolve()
    await alarm
    expect([looks, refreshes(seats, chair)]).toEqual([1, 1])
  })

  it('P1 asks again for the next access token', async () => {
    const chair = await seated(seats)
    for (const round of [1, 2, 3]) {
      seats.advance(ACCESS_MS)
      await callers(chair, 10)
      expect(refreshes(seats, chair)).toBe(round)
    }
  })
})
