import { setImmediate as immediately } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { salesEntry } from '../support/exact.ts'
import { Seats, type Touch } from '../support/seats.ts'
import { calm, Till, unfindable } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const updates = ({ what, about }: Touch, state: string): boolean =>
  what === 'db' && about.includes('update \\"transactions\\"') && about.includes(`"${state}"`)
const booking = ({ what, about }: Touch): boolean => what === 'fetch' && about.endsWith('/SalesEntries')
const looking = ({ what, about }: Touch): boolean => what === 'fetch' && about.includes('filter')

describe('P45 a keeper that dies around a booking', () => {
  /** Where it dies, and whether the answer to the first sending is lost before that. */
  const points: [string, 'lost' | 'heard', (touch: Touch) => boolean][] = [
    ['before the sending mark', 'heard', touch => touch.when === 'before' && updates(touch, 'sending')],
    ['after the sending mark', 'heard', touch => touch.when === 'after' && updates(touch, 'sending')],
    ['before the request leaves', 'heard', touch => touch.when === 'before' && booking(touch)],
    ['after the provider wrote', 'heard', touch => touch.when === 'after' && booking(touch)],
    ['before the result is saved', 'heard', touch => touch.when === 'before' && updates(touch, 'delivered')],
    ['after the result is saved', 'heard', touch => touch.when === 'after' && updates(touch, 'delivered')],
    ['before the loss is saved', 'lost', touch => touch.when === 'before' && updates(touch, 'uncertain')],
    ['after the loss is saved', 'lost', touch => touch.when === 'after' && updates(touch, 'uncertain')],
    ['before it looks for what was lost', 'lost', touch => touch.when === 'before' && looking(touch)],
    ['after it looked for what was lost', 'lost', touch => touch.when === 'after' && looking(touch)],
    ['before what was found is saved', 'lost', touch => touch.when === 'before' && updates(touch, 'delivered')],
  ]

  it.each(points)('P45 loses and doubles nothing when it dies %s, 4 times', async (name, answer, point) => {
    const till = await Till.open(seats)
    const wanted: string[] = []
    let deaths = 0
    for (let nth = 0; nth < 4; nth++) {
      const keys = [`${nth}a ${name}`, `${nth}b ${name}`].map(key => key.slice(0, 30))
      wanted.push(...keys)
      for (const key of keys) await till.book(key)
      if (answer === 'lost') till.fault(nth % 2 === 0 ? 'drop_after' : 'drop_before')
      let seen = 0
      const second = (touch: Touch) => point(touch) && ++seen > nth % 2
      const died = await till.dieAt(second, () => till.run(5 * MINUTE))
      deaths += died ? 1 : 0
      await till.run(5 * MINUTE)
    }
    expect(deaths).toBeGreaterThanOrEqual(2)
    expect((await till.rows()).filter(row => row.state !== 'delivered')).toEqual([])
    expect(till.references()).toEqual(wanted)
  })

  it('P45 P47 parks what it died over when that cannot be looked up, and never sends it twice', async () => {
    const till = await Till.open(seats, { bookingKinds: ['cash-entry'] })
    for (let nth = 0; nth < 4; nth++) {
      await till.book(`cash-${nth}`, { bookingKind: 'cash-entry', content: { payload: unfindable['cash-entry'] } })
      const point = ({ what, when, about }: Touch) =>
        what === 'fetch' && about.endsWith('/CashEntries') && when === (nth % 2 === 0 ? 'before' : 'after')
      expect(await till.dieAt(point)).toBe(true)
      await till.run(HOUR)
    }
    expect((await till.rows()).map(row => [row.state, row.reason?.kind])).toEqual(
      Array.from({ length: 4 }, () => ['uncertain', 'no_look_up']),
    )
    expect(till.ledger()).toHaveLength(2)
  })

  it('P51 takes no completion of an older keeper that comes back late', async () => {
    const till = await Till.open(seats)
    const id = await till.book('superseded')
    const gate = Promise.withResolvers<void>()
    const fetch = seats.fetch
    seats.fetch = async (url, init) => {
      const answer = await fetch(url, init)
      if (init.method === 'POST' && url.endsWith('/SalesEntries')) await gate.promise
      return answer
    }
    const old = till.ring()
    await seats.sandbox.control.awaitRequests({
      match: { method: 'POST', client_id: till.client, path: 'SalesEntries' },
      done: true,
    })
    seats.fetch = fetch
    await till.force(id, { state: 'delivered', providerId: 'by the newer one', rowVersion: 99 })
    gate.resolve()
    await old
    expect(await till.row(id)).toMatchObject({ state: 'delivered', providerId: 'by the newer one', rowVersion: 99 })
    expect(till.references()).toEqual(['superseded'])
  })
})

describe('P50 the order of one seat', () => {
  type Move =
    | { kind: 'book' }
    | { kind: 'take' }
    | { kind: 'give' }
    | { kind: 'drop'; how: 'drop_before' | 'drop_after' }
    | { kind: 'kill' }
    | { kind: 'wait'; seconds: number }
  const moves: fc.Arbitrary<Move[]> = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<Move>({ kind: 'book' }) },
      { weight: 1, arbitrary: fc.constant<Move>({ kind: 'take' }) },
      { weight: 2, arbitrary: fc.constant<Move>({ kind: 'give' }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Move>({ kind: 'drop', how: 'drop_before' }, { kind: 'drop', how: 'drop_after' }),
      },
      { weight: 1, arbitrary: fc.constant<Move>({ kind: 'kill' }) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 90 }).map<Move>(seconds => ({ kind: 'wait', seconds })) },
    ),
    { minLength: 12, maxLength: 25 },
  )

  it('P50 keeps it over random histories of rights taken and given, lost answers and deaths', async () => {
    const till = await Till.open(seats)
    let nth = 0
    const wanted: string[] = []
    const live = async (history: Move[]) => {
      for (const move of history) {
        if (move.kind === 'book') {
          nth += 1
          wanted.push(`order-${nth}`)
          await till.book(`order-${nth}`)
        } else if (move.kind === 'take' || move.kind === 'give') till.right(move.kind === 'give')
        else if (move.kind === 'drop') till.fault(move.how)
        else if (move.kind === 'kill') seats.kill(till.integration)
        else await till.run(move.seconds * SECOND)
      }
      till.right(true)
      await till.run(2 * HOUR)
      expect(till.references()).toEqual(wanted)
    }
    await fc.assert(fc.asyncProperty(moves, live), { numRuns: 10, endOnFailure: true })
    expect(nth).toBeGreaterThan(30)
  })

  it('P50 lets nothing newer go before what is held, when it is taken in while the right comes back', async () => {
    const till = await Till.open(seats)
    const early = await till.book('early')
    await till.force(early, { state: 'held', missing: [] })
    await till.book('newer')
    await till.ring()
    expect(till.references()).toEqual(['early', 'newer'])
    expect(await till.row(early)).toMatchObject({ state: 'delivered', missing: [] })
  })

  it('P50 lets nothing go before what a person retries while the provider is still being asked', async () => {
    const till = await Till.open(seats)
    till.right(false)
    const early = await till.book('asked first')
    await till.ring()
    till.right(true)
    const fetch = seats.fetch
    seats.fetch = async (url, init) => {
      if (url.includes('UserHasRights')) {
        seats.fetch = fetch
        await till.book('asked later')
        await till.ring()
      }
      return fetch(url, init)
    }
    expect(await till.decide(early, { kind: 'retry' })).toMatchObject({ ok: true })
    await till.run(2 * MINUTE)
    expect(till.references()).toEqual(['asked first', 'asked later'])
  })

  it('P50 does not keep one seat waiting for another', async () => {
    const [a, b] = [await Till.open(seats), await Till.open(seats)]
    a.fault('drop_before')
    await a.book('a stands still')
    await b.book('b goes on')
    await Promise.all([a.ring(), b.ring()])
    expect([a.references(), b.references()]).toEqual([[], ['b goes on']])
  })

  it('looks once more at what a person decided while it found that it had to wait', async () => {
    const till = await Till.open(seats)
    till.fault('drop_before')
    const id = await till.book('decided')
    await till.book('next')
    await till.ring()
    const asksForHeld = ({ about }: Touch) => about.includes('"held"') && !about.includes('looking')
    let second: Promise<void> | null = null
    const joined = Promise.withResolvers<void>()
    seats.watch = async touch => {
      if (touch.what !== 'db' || touch.when !== 'after') return
      if (second !== null && asksForHeld(touch)) joined.resolve()
      if (second !== null || !touch.about.includes('looking')) return
      await till.force(id, { state: 'delivered', rowVersion: 99 })
      second = till.keeper.wake(till.tenant) // It finds the first at work, which has read the queue as it was.
      await joined.promise
      for (let turn = 0; turn < 50; turn++) await immediately()
    }
    await till.keeper.wake(till.tenant)
    await second
    expect(till.references()).toEqual(['next'])
  })
})

describe('P56 a booking that the provider refuses for good', () => {
  it('P56 fails at once when it is refused with 500, with the exact words and without another try', async () => {
    const till = await Till.open(seats)
    const id = await till.book('closed')
    const words = 'Invalid journal. The journal must be a cash journal.'
    till.fault('status_500_business')
    await till.book('next')
    await till.run(24 * HOUR)
    expect(await till.row(id)).toMatchObject({ state: 'failed', reason: { kind: 'refused', words }, attempts: 1 })
    expect(await till.attempts(id)).toMatchObject([{ outcome: 'refused', status: 500, words }])
    expect(till.posts()).toHaveLength(2)
    expect(till.references()).toEqual(['next'])
  })

  it('P56 keeps the words in the language of the user', async () => {
    const till = await Till.open(seats, { language: 'nl' })
    const id = await till.book('dutch', { content: { payload: { ...salesEntry(), Journal: '999' } } })
    await till.ring()
    const { state, reason } = await till.row(id)
    expect(state).toBe('failed')
    expect(reason?.kind === 'refused' && reason.words).toMatch(/^(Ongeldig|Invalid)/)
  })

  it('P53 keeps a bad booking from holding up the good ones around it', async () => {
    const till = await Till.open(seats)
    for (let nth = 0; nth < 12; nth++) {
      const payload = nth === 5 ? { ...salesEntry(), Journal: '999' } : salesEntry()
      await till.book(`batch-${nth}`, { content: { payload } })
    }
    await till.ring()
    expect(till.references()).toEqual(
      Array.from({ length: 12 }, (_, nth) => `batch-${nth}`).filter(key => key !== 'batch-5'),
    )
  })
})

describe('the rate that the provider allows', () => {
  it('P54 waits for the minute to end and never asks once too often', async () => {
    seats.sandbox.control.settings({ minute_limit: 20 })
    const till = await Till.open(seats)
    for (let nth = 0; nth < 60; nth++) await till.book(`minute-${nth}`)
    await till.run(6 * MINUTE)
    expect(till.references()).toEqual(Array.from({ length: 60 }, (_, nth) => `minute-${nth}`))
    expect(till.log().filter(entry => entry.status === 429)).toEqual([])
  })

  it('waits out a 429 until the moment it names, with no other call meanwhile', async () => {
    const till = await Till.open(seats)
    const resetAt = seats.clock.now() + 25 * MINUTE
    seats.sandbox.control.faults({
      match: { method: 'POST', path: 'SalesEntries', client_id: till.client },
      kind: 'status_429',
      headers: { 'X-RateLimit-Limit': '5000', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(resetAt) },
    })
    const id = await till.book('day')
    await till.ring()
    const asked = till.log().length
    await till.run(20 * MINUTE)
    await till.keeper.preflight(till.tenant, 'sales-entry', null)
    expect(till.log()).toHaveLength(asked)
    expect(await till.row(id)).toMatchObject({
      state: 'queued',
      notBefore: resetAt,
      attempts: 0,
      reason: { kind: 'waiting', for: 'rate_limit' },
    })
    await till.run(6 * MINUTE)
    expect(till.references()).toEqual(['day'])
    expect(till.posts()).toHaveLength(2)
  })

  it('waits a minute after a 429 that names no moment', async () => {
    const till = await Till.open(seats)
    till.fault('status_429')
    await till.book('bare')
    await till.run(55 * SECOND)
    expect(till.posts()).toHaveLength(1)
    await till.run(10 * SECOND)
    expect(till.references()).toEqual(['bare'])
  })

  it('waits out a 401 until the provider takes a refresh, and books', async () => {
    const till = await Till.open(seats)
    const match = { method: 'POST', path: 'SalesEntries', client_id: till.client }
    seats.sandbox.control.faults({ match, kind: 'status', status: 401 })
    const id = await till.book('again')
    await till.run(9 * MINUTE)
    expect(await till.row(id)).toMatchObject({
      state: 'queued',
      attempts: 0,
      reason: { kind: 'waiting', for: 'provider' },
    })
    expect(till.posts()).toHaveLength(1)
    await till.run(2 * MINUTE)
    expect(till.references()).toEqual(['again'])
    expect(till.posts()).toHaveLength(2)
  })

  it('keeps what is queued while nobody may sign in, and delivers it in order afterwards', async () => {
    const till = await Till.open(seats)
    seats.sandbox.control.revoke({ username: till.username, client_id: till.client })
    seats.advance(700 * SECOND)
    await till.book('revoked 1')
    await till.run(10 * MINUTE)
    expect(await till.submit('revoked 2')).toMatchObject({
      value: { acceptance: { state: 'held', missing: [{ layer: 'connection', cause: 'reconnect_required' }] } },
    })
    await till.signIn()
    await till.book('revoked 3')
    await till.run(MINUTE)
    expect(till.references()).toEqual(['revoked 1', 'revoked 2', 'revoked 3'])
  })
})
