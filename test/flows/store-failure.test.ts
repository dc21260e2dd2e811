import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCESS_MS,
  type Chair,
  connectionOf,
  reached,
  refreshes,
  seated,
  token,
  tokenRequests,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { A_SHOP } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => {
  seats.watch = null
  seats.sandbox.control.clearFaults()
})
afterAll(() => seats.close())

/** From now on libSQL cannot be reached by any keeper. */
const libsqlIsAway = () => {
  seats.watch = ({ what, when }) => {
    if (what === 'db' && when === 'before') throw new TypeError('fetch failed')
  }
}

/** libSQL does what it is asked, and its answer is lost. */
const libsqlAnswersAreLost = () => {
  seats.watch = ({ what, when }) => {
    if (what === 'db' && when === 'after') throw new TypeError('fetch failed')
  }
}

const due = async (): Promise<Chair> => {
  const chair = await seated(seats)
  seats.advance(ACCESS_MS)
  return chair
}

describe('P5 the store fails after a rotation', () => {
  it('P5 hands out the token from memory while libSQL is away, and saves it when it is back', async () => {
    const chair = await due()
    libsqlIsAway()
    const first = await token(seats, chair)
    expect(first.ok).toBe(true)
    expect(await token(seats, chair)).toEqual(first)
    expect(refreshes(seats, chair)).toBe(1)
    seats.watch = null
    await seats.run(chair.integration, 10_000)
    expect(seats.journal(chair.integration).kept.has('refresh')).toBe(false)
    seats.kill(chair.integration)
    expect(await token(seats, chair)).toEqual(first)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })

  it.each([
    ['is away', libsqlIsAway],
    ['did it and its answer is lost', libsqlAnswersAreLost],
  ])('P5 loses nothing when libSQL %s and then the runtime dies', async (_, fail) => {
    const chair = await due()
    fail()
    const first = await token(seats, chair)
    seats.kill(chair.integration)
    expect(seats.journal(chair.integration).kept.has('refresh')).toBe(true)
    seats.watch = null
    await seats.run(chair.integration, 60_000)
    expect(await token(seats, chair)).toEqual(first)
    expect(refreshes(seats, chair)).toBe(1)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })

  it('P5 keeps nothing readable in the journal', async () => {
    const chair = await due()
    libsqlIsAway()
    const answer = await token(seats, chair)
    const written = JSON.stringify([...seats.journal(chair.integration).kept])
    expect(answer.ok && written.includes(answer.value.accessToken)).toBe(false)
    expect(written).not.toContain('stampSBX001')
  })

  it('P5 P9 never hands out the token beyond its life, however long libSQL is away', async () => {
    const chair = await due()
    libsqlIsAway()
    expect((await token(seats, chair)).ok).toBe(true)
    seats.advance(594_000)
    expect((await token(seats, chair)).ok).toBe(true)
    seats.advance(2_000)
    expect(await token(seats, chair)).toMatchObject({ ok: false })
    seats.watch = null
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(refreshes(seats, chair)).toBe(2)
  })

  it('P5 saves in libSQL when the journal cannot take the answer', async () => {
    const chair = await due()
    let puts = 0
    seats.watch = ({ what, when }) => {
      if (what !== 'journal.put' || when !== 'before') return
      puts += 1
      if (puts === 2) throw new Error('disk full')
    }
    const first = await token(seats, chair)
    expect([first.ok, puts]).toEqual([true, 2])
    seats.watch = null
    seats.kill(chair.integration)
    expect(await token(seats, chair)).toEqual(first)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })

  it('P5 asks nothing while the intent cannot be written down, and keeps the token in use', async () => {
    const chair = await seated(seats)
    const before = await token(seats, chair)
    seats.advance(575_000)
    seats.watch = ({ what }) => {
      if (what === 'journal.put') throw new Error('disk full')
    }
    expect(await token(seats, chair)).toEqual(before)
    expect(refreshes(seats, chair)).toBe(0)
    seats.watch = null
    expect((await token(seats, chair)).ok).toBe(true)
    expect(refreshes(seats, chair)).toBe(1)
  })

  it('P8 keeps the token in use when the token endpoint and libSQL fail together', async () => {
    const chair = await seated(seats)
    const before = await token(seats, chair)
    seats.advance(575_000)
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'status_500_gateway' })
    libsqlIsAway()
    expect(await token(seats, chair)).toEqual(before)
    seats.watch = null
    await seats.run(chair.integration, 2_000)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })

  it('P5 P20 a disconnect while the save fails is not undone', async () => {
    const chair = await due()
    const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold', before: false })
    const waiting = token(seats, chair).catch(() => ({ ok: false }))
    await reached(seats, chair, 2)
    expect(await seats.keeper(chair.integration).disconnect(chair.tenant, 'key:test')).toMatchObject({ ok: true })
    libsqlIsAway()
    seats.sandbox.control.release({ id: fault.id })
    expect((await waiting).ok).toBe(false)
    seats.watch = null
    await seats.run(chair.integration, 60_000)
    expect(await token(seats, chair)).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    expect(await connectionOf(seats, chair)).toMatchObject({
      state: 'ended',
      sealedCurrent: null,
      sealedPrevious: null,
    })
  })
})
