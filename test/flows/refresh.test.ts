import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import type { FaultInput } from '../../local/sandbox/exact-online.ts'
import { sweep } from '../../src/connections/sweep.ts'
import {
  ACCESS_MS,
  type Chair,
  connectionOf,
  reached,
  refreshes,
  seated,
  signalsOf,
  token,
  tokenRequests,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => {
  seats.sandbox.control.clearFaults()
  seats.fetch = (url, init) => fetch(url, init)
})
afterAll(() => seats.close())

/** Make the next refresh's answer odd on its way here; the provider did what was asked. */
function distort(change: (body: string) => { body: string; status?: number; type?: string }): void {
  seats.fetch = async (url, init) => {
    const response = await fetch(url, init)
    if (!url.endsWith('/token')) return response
    const { body, status = response.status, type = 'application/json' } = change(await response.text())
    return new Response(body, { status, headers: { 'content-type': type } })
  }
}

const without = (body: string, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(JSON.parse(body)).filter(([name]) => !names.includes(name)))

const plus = (more: Record<string, unknown>) => (body: string) => ({
  body: JSON.stringify({ ...without(body), ...more }),
})

describe('P4 a refresh token in an odd answer is stored and works', () => {
  it.each<[string, Parameters<typeof distort>[0]]>([
    ['no token_type', body => ({ body: JSON.stringify(without(body, 'token_type')) })],
    ['an unknown token_type', plus({ token_type: 'mac' })],
    ['scope null', plus({ scope: null })],
    ['a malformed id_token', plus({ id_token: 'no.jwt' })],
    ['status 201', body => ({ body, status: 201 })],
    ['JSON cut off behind the refresh token', body => ({ body: body.slice(0, -1) })],
    ['a life as a number', plus({ expires_in: 600 })],
    ['no life', body => ({ body: JSON.stringify(without(body, 'expires_in')) })],
    ['a life that is no number', plus({ expires_in: 'ten minutes' })],
    ['junk behind the JSON', body => ({ body: `${body}\n-- gw07` })],
    ['no access token', body => ({ body: JSON.stringify(without(body, 'access_token')) })],
    ['text/html', body => ({ body, type: 'text/html' })],
    ['a byte order mark', body => ({ body: `\uFEFF${body}` })],
  ])('P4 with %s', async (_, change) => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    distort(change)
    await token(seats, chair)
    seats.fetch = (url, init) => fetch(url, init)
    seats.kill(chair.integration)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
    expect(refreshes(seats, chair)).toBe(2)
  })
})

describe('P6 the refresh token of the answer', () => {
  it('P6 keeps the old one when none comes back', async () => {
    const chair = await seated(seats)
    seats.sandbox.control.settings({ reuse_model: 'E' })
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'odd_token' })
    expect((await token(seats, chair)).ok).toBe(true)
    seats.kill(chair.integration)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
    expect((await connectionOf(seats, chair)).sealedPrevious).toBeNull()
    seats.sandbox.control.settings({ reuse_model: 'B' })
  })

  it('P6 sees no rotation in the same one', async () => {
    const chair = await seated(seats)
    seats.sandbox.control.settings({ reuse_model: 'E' })
    for (const _ of [1, 2]) {
      seats.advance(ACCESS_MS)
      expect((await token(seats, chair)).ok).toBe(true)
      expect(await connectionOf(seats, chair)).toMatchObject({ sealedPrevious: null, proven: true })
    }
    seats.sandbox.control.settings({ reuse_model: 'B' })
  })
})

describe('P7 the previous refresh token', () => {
  it('P7 is kept sealed until its successor has worked, and then erased', async () => {
    const chair = await seated(seats)
    expect(await connectionOf(seats, chair)).toMatchObject({ sealedPrevious: null, proven: true })
    seats.advance(ACCESS_MS)
    await token(seats, chair)
    const unproven = await connectionOf(seats, chair)
    expect(unproven).toMatchObject({ proven: false, sealedPrevious: expect.any(Uint8Array) })
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(await connectionOf(seats, chair)).toMatchObject({ sealedPrevious: null, proven: true })
  })

  it('P7 stands in when its successor turns out to be worth nothing', async () => {
    const chair = await seated(seats)
    seats.sandbox.control.settings({ reuse_model: 'C' })
    seats.advance(ACCESS_MS)
    distort(plus({ refresh_token: 'stampSBX001.of-somebody-else' }))
    await token(seats, chair)
    seats.fetch = (url, init) => fetch(url, init)
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
    seats.sandbox.control.settings({ reuse_model: 'B' })
  })
})

describe('P8 what the token endpoint says', () => {
  const dead: [string, string, number, object][] = [
    ['chain_reused', 'used', 401, { error: 'unauthorized_client', error_description: 'Old refresh token used.' }],
    ['chain_reused', 'used', 400, { error: 'unauthorized_client', error_description: 'Old refresh token used.' }],
    [
      'chain_expired',
      'expired',
      400,
      { error: 'invalid_request', error_description: 'The refresh token expired at 1/1/2026 and it is now 2/2/2026.' },
    ],
    [
      'chain_broken',
      'broken',
      400,
      { error: 'invalid_grant', error_description: 'Token is not allowed, because of invalid or empty chainId' },
    ],
    ['consent_revoked', 'revoked', 401, { error: 'invalid_grant' }],
  ]
  it.each(dead)('P8 %s: after "%s" with %i no further token request', async (cause, _, status, body) => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'status', status, body, times: 20 })
    expect(await token(seats, chair)).toEqual({ ok: false, failure: { kind: 'reconnect_required', cause } })
    for (const _ of [1, 2, 3]) {
      expect(await token(seats, chair)).toEqual({ ok: false, failure: { kind: 'reconnect_required', cause } })
      await seats.run(chair.integration, 86_400_000)
    }
    seats.kill(chair.integration)
    await token(seats, chair)
    expect(refreshes(seats, chair)).toBe(1)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'reconnect_required', trouble: { kind: cause } })
  })

  it.each([400, 401] as const)('P8 too early with %i is no failure: the token goes on', async status => {
    const chair = await seated(seats)
    seats.sandbox.control.settings({ refresh_not_before_seconds: 600, early_refresh_status: status })
    seats.advance(571_000)
    const first = await token(seats, chair)
    seats.advance(15_000)
    const second = await token(seats, chair)
    expect(first.ok && second.ok && first.value.accessToken === second.value.accessToken).toBe(true)
    expect(refreshes(seats, chair)).toBe(1)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
    expect(await signalsOf(seats, chair)).not.toContain('refresh_unclear')
    seats.advance(15_000)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    seats.sandbox.control.settings({ refresh_not_before_seconds: 570, early_refresh_status: 400 })
  })

  const unclear: [string, Omit<FaultInput, 'match'>][] = [
    ['a gateway 500', { kind: 'status_500_gateway' }],
    ['an HTML page', { kind: 'html_200' }],
    ['a 502 page', { kind: 'html_502' }],
    ['a broken connection', { kind: 'drop_before' }],
    ['an empty 200', { kind: 'status', status: 200, body: '{}' }],
  ]
  it.each(unclear)('P8 after %s the same refresh token goes again, after a while and by itself', async (_, fault) => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    seats.sandbox.control.faults({ match: tokenRequests(chair), ...fault })
    expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'provider_unreachable' } })
    expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'provider_unreachable' } })
    expect(refreshes(seats, chair)).toBe(1)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'degraded', trouble: { kind: 'token_unclear' } })
    await seats.run(chair.integration, 2_000)
    expect(refreshes(seats, chair)).toBe(2)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(await signalsOf(seats, chair)).toEqual(expect.arrayContaining(['refresh_unclear', 'recovered']))
  })

  it('P8 a refused app is shown, and asked about every ten minutes at most', async () => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    const body = { error: 'invalid_client', error_description: 'Client authentication failed.' }
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'status', status: 401, body })
    expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'provider_app_refused' } })
    seats.advance(599_000)
    await token(seats, chair)
    expect(refreshes(seats, chair)).toBe(1)
    seats.advance(2_000)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
  })
})

describe('the faults of an existing product', () => {
  it('P8 one 500 while the old token still has 25 s disturbs no caller', async () => {
    const chair = await seated(seats)
    const before = await token(seats, chair)
    seats.advance(575_000)
    seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'status_500_gateway' })
    const during = await Promise.all([1, 2, 3].map(() => token(seats, chair)))
    for (const answer of during) expect(answer).toEqual(before)
    expect(refreshes(seats, chair)).toBe(1)
    seats.advance(2_000)
    const after = await token(seats, chair)
    expect(after.ok && before.ok && after.value.accessToken !== before.value.accessToken).toBe(true)
    expect(await connectionOf(seats, chair)).toMatchObject({ state: 'active', trouble: null })
  })

  it('P2 settings changed during a refresh: both survive', async () => {
    const chair = await seated(seats)
    seats.advance(ACCESS_MS)
    const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold', before: false })
    const waiting = token(seats, chair)
    await reached(seats, chair, 2)
    await seats.db
      .update(schema.integrations)
      .set({ strict: true, bookingKinds: ['sales-entry', 'customer'] })
      .where(eq(schema.integrations.id, chair.integration))
    await seats.keeper(chair.integration).reload(chair.tenant)
    seats.sandbox.control.release({ id: fault.id })
    expect((await waiting).ok).toBe(true)
    const kinds = await seats.keeper(chair.integration).preflight(chair.tenant, 'customer', null)
    expect(kinds).toMatchObject({ ok: true, value: { verdict: 'allowed' } })
    const [row] = await seats.db.select().from(schema.integrations).where(eq(schema.integrations.id, chair.integration))
    expect(row).toMatchObject({ strict: true, bookingKinds: ['sales-entry', 'customer'] })
    expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
  })

  it.each([true, false])(
    'EOL-09 a new consent during a refresh wins (refresh first at the provider: %s)',
    async first => {
      const chair = await seated(seats)
      seats.advance(ACCESS_MS)
      const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold', before: !first })
      const waiting = token(seats, chair)
      await reached(seats, chair, 2)
      expect(await seats.consent(chair.tenant, chair.integration, A_SHOP)).toMatchObject({ ok: true })
      seats.sandbox.control.release({ id: fault.id })
      expect((await waiting).ok).toBe(true)
      expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
      seats.kill(chair.integration)
      expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
      expect(await whoSitsThereLater(seats, chair)).toBe(A_SHOP)
    },
  )

  it.each([true, false])(
    'EOL-09 another user during a refresh: the old one never comes back (refresh first: %s)',
    async first => {
      const chair = await seated(seats)
      seats.advance(ACCESS_MS)
      const fault = seats.sandbox.control.faults({ match: tokenRequests(chair), kind: 'hold', before: !first })
      const waiting = token(seats, chair)
      await reached(seats, chair, 2)
      const silent = { path: '/api/v1/1001/', client_id: chair.client }
      seats.sandbox.control.faults({ match: silent, kind: 'html_502', times: 50 })
      expect(await seats.consent(chair.tenant, chair.integration, B_SHOP)).toMatchObject({ ok: true })
      seats.sandbox.control.release({ id: fault.id })
      await waiting
      expect((await connectionOf(seats, chair)).proven).toBe(false)
      expect((await connectionOf(seats, chair)).sealedPrevious).toBeNull()
      seats.sandbox.control.revoke({ username: B_SHOP, client_id: chair.client })
      seats.advance(ACCESS_MS)
      expect(await token(seats, chair)).toMatchObject({ ok: false, failure: { kind: 'reconnect_required' } })
    },
  )
})

describe('P9 the refresh window', () => {
  it('P9 asks for nothing before 570 s, and hands out nothing within the last 5 s', async () => {
    const chair: Chair = await seated(seats)
    const times: number[] = []
    const { connectedAt } = await connectionOf(seats, chair)
    const started = connectedAt ?? 0
    while (seats.clock.now() < started + 3_000_000) {
      const answer = await token(seats, chair)
      expect(answer.ok && answer.value.expiresAt - seats.clock.now() >= 5_000).toBe(true)
      if (refreshes(seats, chair) > times.length) times.push(seats.clock.now())
      seats.advance(3_000)
    }
    expect(times.length).toBe(5)
    for (const [i, time] of times.entries()) expect(time - (times[i - 1] ?? started)).toBeGreaterThanOrEqual(570_000)
  })

  it('P9 lives over 90 idle days, refreshed before half of its idle life each time', async () => {
    const chair = await seated(seats)
    let last = seats.clock.now()
    for (let day = 0; day < 90; day++) {
      const before = refreshes(seats, chair)
      await seats.run(chair.integration, 86_400_000)
      if (refreshes(seats, chair) > before) last = seats.clock.now()
      expect(seats.clock.now() - last).toBeLessThanOrEqual(15 * 86_400_000)
    }
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(await signalsOf(seats, chair)).not.toContain('refresh_unclear')
  })

  it('P9 the sweep revives a seat that has lost its alarm', async () => {
    const chair = await seated(seats)
    seats.kill(chair.integration)
    seats.alarms.delete(chair.integration)
    const woken = async () => {
      await sweep(seats.db, seats.clock.now(), async ({ integrationId, tenantId }) => {
        if (integrationId === chair.integration) await seats.keeper(integrationId).wake(tenantId)
      })
      return refreshes(seats, chair)
    }
    seats.advance(14 * 86_400_000)
    expect(await woken()).toBe(0)
    seats.advance(2 * 86_400_000)
    expect(await woken()).toBe(1)
    expect(seats.alarms.has(chair.integration)).toBe(true)
  })

  it('P9 refreshes at fifteen days when the provider answers nothing else all month', async () => {
    const chair = await seated(seats)
    seats.sandbox.control.faults({
      match: { path: '/api/v1/', client_id: chair.client },
      kind: 'html_502',
      times: 50_000,
    })
    await seats.run(chair.integration, 30 * 86_400_000)
    seats.sandbox.control.clearFaults()
    expect(refreshes(seats, chair)).toBeGreaterThanOrEqual(1)
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
  })
})
