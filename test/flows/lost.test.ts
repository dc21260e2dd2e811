import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import type { BookingKind } from '../../src/rights/right.ts'
import { salesEntry } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till, unfindable } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

/** Write a booking into the provider's books past Zetel, under this reference. */
async function strayBooking(till: Till, reference: string): Promise<void> {
  const path = `${till.division}/salesentry/SalesEntries`
  const body = JSON.stringify({ ...salesEntry(), YourRef: reference })
  const wrote = await till.keeper.proxy(
    till.tenant,
    { method: 'POST', path, contentType: 'application/json', body },
    'key:test',
  )
  expect(wrote).toMatchObject({ ok: true, value: { status: 201 } })
}

describe('P46 an answer that is lost', () => {
  it.each([0, 1, 20, 60, 119, 120])('P46 books once when what was written shows up %i s later', async lag => {
    seats.sandbox.control.settings({ lookup_lag_ms: lag * SECOND })
    const till = await Till.open(seats)
    till.fault('drop_after')
    const [first, second] = [await till.book(`lag-${lag}`), await till.book(`next-${lag}`)]
    await till.run(10 * MINUTE)
    expect(await till.row(first)).toMatchObject({ state: 'delivered', providerId: till.ledger()[0]?.id, attempts: 1 })
    expect(await till.row(second)).toMatchObject({ state: 'delivered' })
    expect(till.references()).toEqual([`lag-${lag}`, `next-${lag}`])
    expect(till.posts()).toHaveLength(2)
  })

  it('P46 sends again what never arrived, but only after looking for 120 s', async () => {
    const till = await Till.open(seats)
    till.fault('drop_before')
    const id = await till.book('gone')
    await till.run(10 * MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered', attempts: 2, reason: null })
    const [first, second] = till.posts().map(entry => Date.parse(entry.at))
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(120 * SECOND)
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(122 * SECOND)
    expect((await till.attempts(id)).map(({ outcome }) => outcome)).toEqual([
      'unclear',
      ...Array.from({ length: 6 }, () => 'not_found'),
      'delivered',
    ])
  })

  it('P46 sends nothing while the look-up itself has no answer, and lets nothing overtake', async () => {
    const till = await Till.open(seats)
    till.fault('drop_before')
    const broken = { match: { method: 'GET', path: '$filter', client_id: till.client }, times: 40 }
    seats.sandbox.control.faults({ ...broken, kind: 'html_502' })
    await till.book('blind')
    await till.book('behind')
    await till.run(15 * MINUTE)
    expect(till.posts()).toHaveLength(1)
    expect((await till.rows()).map(row => [row.state, row.reason?.kind])).toEqual([
      ['uncertain', 'looking'],
      ['queued', undefined],
    ])
    seats.sandbox.control.clearFaults()
    await till.run(5 * MINUTE)
    expect(till.references()).toEqual(['blind', 'behind'])
  })

  it.each(['truncated', 'no_id', 'html_200', 'html_502', 'status_500_gateway', 'status'] as const)(
    'P46 books once when the provider writes and then answers with %s',
    async kind => {
      const till = await Till.open(seats)
      till.fault(kind, kind === 'truncated' || kind === 'no_id' ? {} : { before: false })
      await till.book(`odd-${kind}`)
      await till.run(5 * MINUTE)
      expect(till.references()).toEqual([`odd-${kind}`])
      expect(till.posts()).toHaveLength(1)
      expect((await till.rows())[0]).toMatchObject({ state: 'delivered', providerId: till.ledger()[0]?.id })
    },
  )

  it('P46 does not believe an empty list of who may not read any more: it parks, and never books twice', async () => {
    seats.sandbox.control.settings({ missing_read_right: 'empty' })
    const till = await Till.open(seats)
    till.fault('drop_after')
    const id = await till.book('unreadable')
    await till.book('behind')
    till.right(false, 'salesentry/SalesEntries', 'GET')
    await till.run(30 * MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'uncertain', reason: { kind: 'too_many_attempts' } })
    expect(till.references()).toEqual(['unreadable', 'behind'])
    till.right(true, 'salesentry/SalesEntries', 'GET')
    expect(await till.decide(id, { kind: 'retry' })).toMatchObject({ ok: true })
    await till.run(MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered', providerId: till.ledger()[0]?.id })
    expect(till.references()).toEqual(['unreadable', 'behind'])
  })

  it("P46 parks what may not be looked for, within the provider's errors for an hour", async () => {
    const till = await Till.open(seats)
    till.fault('drop_after')
    const id = await till.book('forbidden')
    till.right(false, 'salesentry/SalesEntries', 'GET')
    await till.run(HOUR)
    expect(await till.row(id)).toMatchObject({
      state: 'uncertain',
      reason: { kind: 'too_many_attempts', words: 'Forbidden' },
    })
    expect(till.looks().filter(entry => entry.status === 403).length).toBeLessThanOrEqual(2)
    expect(till.references()).toEqual(['forbidden'])
  })

  it('P46 counts the wait from when the answer was lost and not from when it was sent, also when a person asks to look now', async () => {
    seats.sandbox.control.settings({ lookup_lag_ms: 110 * SECOND })
    const till = await Till.open(seats)
    const fetch = seats.fetch
    seats.fetch = async (url, init) => {
      if (init.method !== 'POST' || !url.includes('/api/v1/')) return fetch(url, init)
      seats.fetch = fetch
      seats.advance(59 * SECOND) // The provider takes its time, writes at last, and the line breaks.
      await fetch(url, init)
      throw new TypeError('fetch failed')
    }
    const id = await till.book('slow')
    await till.ring()
    const { reason, sendingAt } = await till.row(id)
    expect(reason).toMatchObject({ kind: 'looking' })
    expect(reason?.kind === 'looking' && reason.lostAt - (sendingAt ?? 0)).toBeGreaterThanOrEqual(59 * SECOND)
    seats.advance(62 * SECOND)
    await till.decide(id, { kind: 'retry' })
    await till.run(10 * MINUTE)
    expect(till.references()).toEqual(['slow'])
    expect(await till.row(id)).toMatchObject({ state: 'delivered' })
  })

  it('P46 does not believe a look that was asked before the provider had its time and answered after it', async () => {
    seats.sandbox.control.settings({ lookup_lag_ms: 119 * SECOND })
    const till = await Till.open(seats)
    till.fault('drop_after')
    const id = await till.book('late look')
    const fetch = seats.fetch
    seats.fetch = async (url, init) => {
      const answer = await fetch(url, init)
      const at = (await till.row(id)).reason
      const elapsed = at?.kind === 'looking' ? seats.clock.now() - at.lostAt : 0
      if (url.includes('filter') && elapsed > 100 * SECOND && elapsed < 119 * SECOND) seats.advance(15 * SECOND)
      return answer
    }
    await till.run(10 * MINUTE)
    seats.fetch = fetch
    expect(till.references()).toEqual(['late look'])
  })

  it('finds the one that is its own among bookings with the same reference that are known', async () => {
    const till = await Till.open(seats)
    const first = await till.book('same-a', { reference: 'SAME' })
    await till.ring()
    till.fault('drop_after')
    const second = await till.book('same-b', { reference: 'SAME' })
    await till.run(5 * MINUTE)
    expect(till.references()).toEqual(['SAME', 'SAME'])
    const [a, b] = till.ledger().map(row => row.id)
    expect([(await till.row(first)).providerId, (await till.row(second)).providerId]).toEqual([a, b])
  })

  it("sends again when the only booking with the reference is another transaction's", async () => {
    const till = await Till.open(seats)
    await till.book('twin-a', { reference: 'TWIN' })
    await till.ring()
    till.fault('drop_before')
    const second = await till.book('twin-b', { reference: 'TWIN' })
    await till.run(5 * MINUTE)
    expect(till.references()).toEqual(['TWIN', 'TWIN'])
    expect(await till.row(second)).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  it("P46 does not take an older system's booking with the same reference for its own", async () => {
    const till = await Till.open(seats)
    await strayBooking(till, 'reused')
    seats.advance(HOUR / 2)
    till.fault('drop_before')
    const id = await till.book('reused')
    await till.run(10 * MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(till.references()).toEqual(['reused', 'reused'])
  })

  it('parks a booking when two unknown ones carry its reference, names both, and goes on with the next', async () => {
    const till = await Till.open(seats)
    await strayBooking(till, 'STRAY')
    till.fault('drop_after')
    const id = await till.book('stray', { reference: 'STRAY' })
    await till.book('after stray')
    await till.run(5 * MINUTE)
    const ids = till
      .ledger()
      .slice(0, 2)
      .map(row => row.id)
    const { state, reason } = await till.row(id)
    expect(state).toBe('uncertain')
    expect(reason?.kind === 'several_found' && reason.ids.toSorted()).toEqual(ids.toSorted())
    expect(till.references()).toEqual(['STRAY', 'STRAY', 'after stray'])
    await till.decide(id, { kind: 'resolve', delivered: true, providerId: ids[1] ?? null })
    expect(await till.row(id)).toMatchObject({ state: 'delivered', providerId: ids[1], reason: { kind: 'resolved' } })
  })

  it('parks after ten sendings without a definite answer, and the rest of the queue goes on', async () => {
    seats.settle = 1
    const till = await Till.open(seats)
    till.fault('html_502', { times: 30, body: '"YourRef":"poison"' })
    const id = await till.book('poison')
    await till.book('good')
    await till.run(HOUR)
    expect(till.posts().filter(entry => entry.fault !== null)).toHaveLength(10)
    expect(await till.row(id)).toMatchObject({
      state: 'uncertain',
      reason: { kind: 'too_many_attempts', attempts: 10 },
    })
    expect(till.references()).toEqual(['good'])
  })

  it('finds a relation or an article back by its code', async () => {
    const till = await Till.open(seats, { bookingKinds: ['customer', 'item'] })
    till.fault('drop_after', { times: 2 })
    await till.book('debtor', {
      bookingKind: 'customer',
      content: { payload: { Name: 'Jansen', Code: '77001', Status: 'C' } },
    })
    await till.book('article', {
      bookingKind: 'item',
      content: { payload: { Code: 'BEL-1', Description: 'Fietsbel' } },
    })
    await till.run(5 * MINUTE)
    expect((await till.rows()).map(row => row.state)).toEqual(['delivered', 'delivered'])
    expect(till.posts()).toHaveLength(2)
  })
})

describe('P47 a lost answer that cannot be looked up', () => {
  const kinds = Object.keys(unfindable) as (keyof typeof unfindable)[]
  const open = (kind: BookingKind) => Till.open(seats, { bookingKinds: [kind, 'sales-entry'] })
  const booking = (kind: keyof typeof unfindable) => ({ bookingKind: kind, content: { payload: unfindable[kind] } })

  it.each(kinds)(
    'P47 parks a %s with its reason, sends it never again by itself, and goes on with the next',
    async kind => {
      const till = await open(kind)
      till.fault('drop_after')
      const id = await till.book(`P47-${kind}`, booking(kind))
      await till.book(`after-${kind}`)
      await till.run(24 * HOUR)
      seats.kill(till.integration)
      await till.keeper.wake(till.tenant)
      expect(await till.row(id)).toMatchObject({ state: 'uncertain', reason: { kind: 'no_look_up' }, attempts: 1 })
      expect(till.posts()).toHaveLength(2)
      expect(await till.decide(id, { kind: 'retry' })).toEqual({ ok: false, failure: { kind: 'look_up_impossible' } })
      expect(till.references()).toEqual([null, `after-${kind}`])
    },
  )

  it.each(kinds)("P47 takes a person's word on a %s: there, or not there and sent once more", async kind => {
    const till = await open(kind)
    till.fault('drop_after')
    const there = await till.book(`there-${kind}`, booking(kind))
    await till.run(MINUTE)
    await till.decide(there, { kind: 'resolve', delivered: true, providerId: 'by-hand' })
    till.fault('drop_before')
    const gone = await till.book(`gone-${kind}`, booking(kind))
    await till.run(MINUTE)
    expect(await till.row(gone)).toMatchObject({ state: 'uncertain' })
    await till.decide(gone, { kind: 'resolve', delivered: false, providerId: null })
    await till.run(MINUTE)
    expect(await till.row(there)).toMatchObject({
      state: 'delivered',
      providerId: 'by-hand',
      reason: { kind: 'resolved', by: 'key:test' },
    })
    expect(await till.row(gone)).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(till.ledger()).toHaveLength(2)
  })

  it('P47 parks a customer without a code of its own', async () => {
    const till = await open('customer')
    till.fault('drop_before')
    const id = await till.book('nameless', { bookingKind: 'customer', content: { payload: { Name: 'Pietersen' } } })
    await till.run(HOUR)
    expect(await till.row(id)).toMatchObject({ state: 'uncertain', reason: { kind: 'no_look_up' } })
    expect(till.posts()).toHaveLength(1)
  })
})
