import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCESS_MS,
  auditOf,
  connectionOf,
  refreshes,
  seated,
  signalsOf,
  token,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { A_SHOP } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterAll(() => seats.close())

describe('a consent that is gone', () => {
  it('P9 is shown as refused access at once, and as revoked when a refresh is allowed', async () => {
    const chair = await seated(seats)
    seats.advance(60_000)
    seats.sandbox.control.revoke({ username: A_SHOP, client_id: chair.client })
    expect(await whoSitsThere(seats, chair)).toBe('401')
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'degraded', trouble: { kind: 'access_refused' } })
    expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'provider_unreachable' } })
    await seats.run(chair.integration, 500_000)
    expect(refreshes(seats, chair)).toBe(0)
    await seats.run(chair.integration, 15_000)
    expect(refreshes(seats, chair)).toBe(1)
    expect(await connectionOf(seats, chair)).toMatchObject({
      state: 'reconnect_required',
      trouble: { kind: 'consent_revoked' },
    })
    expect(await signalsOf(seats, chair)).toEqual(expect.arrayContaining(['access_refused', 'reconnect_required']))
    expect((await auditOf(seats, chair)).map(entry => entry.action)).toContain('connection.reconnect_required')
    seats.advance(86_400_000)
    expect(await token(seats, chair)).toEqual({
      ok: false,
      failure: { kind: 'reconnect_required', cause: 'consent_revoked' },
    })
    expect(refreshes(seats, chair)).toBe(1)
  })

  it('P9 access that was refused for a moment only is healed by the refresh', async () => {
    const chair = await seated(seats)
    const match = { path: 'current/Me', client_id: chair.client }
    seats.sandbox.control.faults({ match, kind: 'status', status: 401, body: 'Unauthorized' })
    expect(await whoSitsThere(seats, chair)).toBe('401')
    expect((await connectionOf(seats, chair)).state).toBe('degraded')
    await seats.run(chair.integration, 580_000)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
    expect((await token(seats, chair)).ok).toBe(true)
    expect(refreshes(seats, chair)).toBe(1)
  })

  it('P8 a 401 within the window is mended by one refresh', async () => {
    const chair = await seated(seats)
    seats.advance(575_000)
    const match = { path: 'current/Me', client_id: chair.client }
    seats.sandbox.control.faults({ match, kind: 'status', status: 401, body: 'Unauthorized' })
    expect(await whoSitsThere(seats, chair)).toBe('401')
    expect(refreshes(seats, chair)).toBe(1)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
  })

  it('P9 a chain unused for 31 days is told apart as expired', async () => {
    const chair = await seated(seats)
    seats.advance(31 * 86_400_000)
    expect(await token(seats, chair)).toEqual({
      ok: false,
      failure: { kind: 'reconnect_required', cause: 'chain_expired' },
    })
    expect(refreshes(seats, chair)).toBe(1)
  })

  it('EOL-08 signing in again mends it in place', async () => {
    const chair = await seated(seats)
    seats.sandbox.control.revoke({ username: A_SHOP, client_id: chair.client })
    seats.advance(ACCESS_MS)
    expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'reconnect_required' } })
    expect(await seats.consent(chair.tenant, chair.integration, A_SHOP)).toMatchObject({ ok: true })
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })
})
