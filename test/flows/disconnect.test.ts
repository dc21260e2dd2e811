import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import {
  ACCESS_MS,
  asked,
  auditOf,
  type Chair,
  chair,
  connectionOf,
  reached,
  refreshes,
  seated,
  seatsOf,
  signalsOf,
  submission,
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
afterEach(() => seats.sandbox.control.clearFaults())
afterAll(() => seats.close())

const disconnect = (one: Chair) => seats.keeper(one.integration).disconnect(one.tenant, 'key:test')

const transactionsOf = ({ integration }: Chair) =>
  seats.db.select().from(schema.transactions).where(eq(schema.transactions.integrationId, integration))

describe('P20 a disconnected seat', () => {
  it('P20 asks the provider nothing more, keeps no credential, is free, and holds what was queued', async () => {
    const made = await seated(seats)
    await seats.keeper(made.integration).submit(made.tenant, submission('p20'))
    expect(await disconnect(made)).toEqual({ ok: true, value: null })
    const before = asked(seats, made)
    for (const _ of [1, 2]) {
      await seats.run(made.integration, 16 * 86_400_000)
      await seats.keeper(made.integration).wake(made.tenant)
      expect(await token(seats, made)).toEqual({ ok: false, failure: { kind: 'not_connected' } })
      expect(await whoSitsThere(seats, made)).toBe('not_connected')
      seats.kill(made.integration)
    }
    expect(asked(seats, made)).toBe(before)
    expect(await connectionOf(seats, made)).toMatchObject({
      state: 'ended',
      sealedCurrent: null,
      sealedPrevious: null,
      providerUserId: null,
      dueAt: null,
    })
    expect(await seatsOf(seats, made.app)).toEqual([])
    expect(await transactionsOf(made)).toMatchObject([{ state: 'held', missing: [{ cause: 'not_connected' }] }])
    expect([...seats.journal(made.integration).kept.keys()]).toEqual(['home'])
    expect(await signalsOf(seats, made)).toContain('disconnected')
    expect((await auditOf(seats, made)).map(entry => entry.action)).toContain('connection.ended')
  })

  it('P20 drops what a refresh under way brings', async () => {
    const made = await seated(seats)
    seats.advance(ACCESS_MS)
    const fault = seats.sandbox.control.faults({ match: tokenRequests(made), kind: 'hold', before: false })
    const waiting = token(seats, made)
    await reached(seats, made, 2)
    expect(await disconnect(made)).toMatchObject({ ok: true })
    seats.sandbox.control.release({ id: fault.id })
    expect(await waiting).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    expect(await connectionOf(seats, made)).toMatchObject({ state: 'ended', sealedCurrent: null })
    expect(seats.journal(made.integration).kept.has('refresh')).toBe(false)
    await seats.run(made.integration, 86_400_000)
    expect(refreshes(seats, made)).toBe(1)
  })

  it('P20 sends nothing of a queue whose first booking is under way', async () => {
    const made = await seated(seats)
    const booked = seats.sandbox.control.ledger().length
    const match = { method: 'POST', path: 'salesentry/SalesEntries', client_id: made.client }
    const fault = seats.sandbox.control.faults({ match, kind: 'hold' })
    for (const key of ['p20-a', 'p20-b', 'p20-c'])
      await seats.keeper(made.integration).submit(made.tenant, submission(key))
    const alarm = seats.ring(made.integration)
    await seats.sandbox.control.awaitRequests({ match: { ...match, path: 'SalesEntries' } })
    expect(await disconnect(made)).toMatchObject({ ok: true })
    seats.sandbox.control.release({ id: fault.id })
    await alarm
    await seats.run(made.integration, 600_000)
    expect(seats.sandbox.control.ledger()).toHaveLength(booked + 1)
    expect((await transactionsOf(made)).map(row => row.state).sort()).toEqual(['delivered', 'held', 'held'])
  })

  it('P20 its user may sit elsewhere, and the seat may be taken again', async () => {
    const made = await seated(seats)
    await disconnect(made)
    const other = await seated(seats, A_SHOP, made)
    expect(await whoSitsThereLater(seats, other)).toBe(A_SHOP)
    await disconnect(other)
    await seats.consent(made.tenant, made.integration, A_SHOP)
    expect(await whoSitsThereLater(seats, made)).toBe(A_SHOP)
  })

  it('P20 cannot be disconnected twice, nor before anyone sat there', async () => {
    const made = await seated(seats)
    await disconnect(made)
    expect(await disconnect(made)).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    expect(await disconnect(await chair(seats))).toEqual({ ok: false, failure: { kind: 'not_connected' } })
  })
})
