import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import {
  ACCESS_MS,
  auditOf,
  type Chair,
  chair,
  connectionOf,
  reached,
  seated,
  seatsOf,
  signalsOf,
  submission,
  token,
  tokenRequests,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { killAt } from '../support/crash.ts'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
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

const transfer = (from: Chair, to: Chair) =>
  seats.keeper(from.integration).transfer(from.tenant, to.integration, 'key:test')

describe('moving a service account to another integration', () => {
  it('EOL-09 the credential moves and works there, and the first seat has ended', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    await seats.keeper(to.integration).submit(to.tenant, submission('waits-for-a-seat'))
    const booked = seats.sandbox.control.ledger().length
    expect(await transfer(from, to)).toEqual({ ok: true, value: null })
    await seats.ring(to.integration)
    expect(seats.sandbox.control.ledger()).toHaveLength(booked + 1)
    expect(await connectionOf(seats, from)).toMatchObject({ state: 'ended', sealedCurrent: null, sealedPrevious: null })
    expect(await connectionOf(seats, to)).toMatchObject({ state: 'active', username: A_SHOP })
    expect(await seatsOf(seats, from.app)).toMatchObject([{ integrationId: to.integration, tenantId: to.tenant }])
    expect(await token(seats, from)).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    expect(await whoSitsThereLater(seats, to)).toBe(A_SHOP)
    seats.kill(to.integration)
    expect(await whoSitsThereLater(seats, to)).toBe(A_SHOP)
    expect(await signalsOf(seats, from)).toContain('transferred')
    const said = (await auditOf(seats, from)).find(entry => entry.action === 'connection.transferred')
    expect(said?.detail).toEqual({ to_integration_id: to.integration, username: A_SHOP })
  })

  it('EOL-09 what was queued is held where nobody sits any more', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    await seats.keeper(from.integration).submit(from.tenant, submission('queued-at-transfer'))
    expect(await transfer(from, to)).toMatchObject({ ok: true })
    await seats.run(from.integration, 60_000)
    const rows = await seats.db
      .select()
      .from(schema.transactions)
      .where(eq(schema.transactions.integrationId, from.integration))
    expect(rows).toMatchObject([{ state: 'held', missing: [{ layer: 'connection' }] }])
  })

  it.each([true, false])(
    'P2 a transfer during a refresh takes the newest credential along (at the provider first: %s)',
    async first => {
      const from = await seated(seats)
      const to = await chair(seats, from)
      seats.advance(ACCESS_MS)
      const fault = seats.sandbox.control.faults({ match: tokenRequests(from), kind: 'hold', before: !first })
      const waiting = token(seats, from)
      await reached(seats, from, 2)
      const moving = transfer(from, to)
      const late = token(seats, from)
      for (const _ of Array(10)) await connectionOf(seats, from) // Time enough for a transfer that does not wait.
      seats.sandbox.control.release({ id: fault.id })
      expect(await moving).toMatchObject({ ok: true })
      await Promise.all([waiting, late])
      expect(await whoSitsThere(seats, to)).toBe(A_SHOP)
      expect(await whoSitsThereLater(seats, to)).toBe(A_SHOP)
    },
  )

  it('P2 no refresh begins while a transfer is being written', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    seats.advance(ACCESS_MS)
    const callers: Promise<unknown>[] = []
    seats.watch = ({ integration, what, when, about }) => {
      if (integration !== from.integration || what !== 'db' || when !== 'before' || !about.includes('update')) return
      callers.push(token(seats, from))
    }
    expect(await transfer(from, to)).toMatchObject({ ok: true })
    seats.watch = null
    expect(callers.length).toBeGreaterThan(0)
    await Promise.all(callers)
    expect(await whoSitsThere(seats, to)).toBe(A_SHOP)
  })

  it('P3 a refresh that a crash left in the journal moves too', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    seats.advance(ACCESS_MS)
    expect(await killAt(seats, from.integration, 6, () => token(seats, from))).toBe('before db batch')
    expect(await transfer(from, to)).toMatchObject({ ok: true })
    expect(await whoSitsThereLater(seats, to)).toBe(A_SHOP)
  })

  it('EOL-09 refuses a taken seat, and both go on', async () => {
    const from = await seated(seats)
    const to = await seated(seats, B_SHOP, from)
    expect(await transfer(from, to)).toEqual({ ok: false, failure: { kind: 'seat_taken' } })
    expect(await whoSitsThereLater(seats, from)).toBe(A_SHOP)
    expect(await whoSitsThere(seats, to)).toBe(B_SHOP)
  })

  it('EOL-09 refuses a seat that is taken in that very moment, and loses nothing', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    let once = true
    seats.watch = async ({ integration, what, when, about }) => {
      const writes = integration === from.integration && what === 'db' && when === 'before' && about.includes('update')
      if (!writes || !once) return
      once = false
      seats.watch = null
      expect(await seats.consent(to.tenant, to.integration, B_SHOP)).toMatchObject({ ok: true })
    }
    expect(await transfer(from, to)).toEqual({ ok: false, failure: { kind: 'seat_taken' } })
    expect(await whoSitsThereLater(seats, from)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, to)).toBe(B_SHOP)
  })

  it('EOL-09 keeps the credential when the other connection changed in that very moment', async () => {
    const from = await seated(seats)
    const to = await chair(seats, from)
    let once = true
    seats.watch = async ({ integration, what, when, about }) => {
      const writes = integration === from.integration && what === 'db' && when === 'before' && about.includes('update')
      if (!writes || !once) return
      once = false
      seats.watch = null
      await seats.consent(to.tenant, to.integration, B_SHOP)
      await seats.keeper(to.integration).disconnect(to.tenant, 'key:test')
    }
    const moved = await transfer(from, to)
    expect(await whoSitsThereLater(seats, moved.ok ? to : from)).toBe(A_SHOP)
  })

  it('EOL-09 refuses a seat at another app', async () => {
    const from = await seated(seats)
    const to = await chair(seats, { tenant: from.tenant, administration: from.administration })
    expect(await transfer(from, to)).toEqual({ ok: false, failure: { kind: 'other_provider_app' } })
    expect(await whoSitsThere(seats, from)).toBe(A_SHOP)
  })

  it('P30 finds no integration of another tenant', async () => {
    const from = await seated(seats)
    const to = await chair(seats, { app: from.app })
    expect(await transfer(from, to)).toEqual({ ok: false, failure: { kind: 'not_found' } })
    const asThem = seats.keeper(from.integration).transfer(to.tenant, to.integration, 'key:test')
    expect(await asThem).toEqual({ ok: false, failure: { kind: 'not_found' } })
    expect(await whoSitsThere(seats, from)).toBe(A_SHOP)
  })

  it('finds nothing to move from an empty seat, or to itself', async () => {
    const from = await chair(seats)
    const to = await seated(seats)
    expect(await transfer(from, await chair(seats, from))).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    expect(await transfer(to, to)).toEqual({ ok: false, failure: { kind: 'not_found' } })
    expect(await whoSitsThere(seats, to)).toBe(A_SHOP)
  })
})
