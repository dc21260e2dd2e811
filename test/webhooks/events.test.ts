import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transactions } from '../../db/schema/transactions.ts'
import { HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import type { IntegrationId, TenantId } from '../../src/id.ts'
import { WebhookMessage } from '../../src/webhooks/message-view.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till, unfindable } from '../support/till.ts'
import { deliveriesTo, type Endpoint, endpointAt } from './endpoints.ts'
import { Receiver } from './receiver.ts'

let seats: Seats
let receiver: Receiver
let tenant: TenantId
let endpoint: Endpoint
beforeAll(async () => {
  seats = await Seats.start()
})
beforeEach(async () => {
  receiver = await Receiver.start()
  tenant = await seats.tenant()
  endpoint = await endpointAt(seats, tenant, receiver.url)
})
afterEach(async () => {
  calm(seats)
  await Promise.all(seats.pending)
  await receiver.close()
})
afterAll(() => seats.close())

type Told = { type: string; timestamp: string; data: Record<string, string | null> }

/** What was told, each in the form that the API's document describes. */
const told = async (to = endpoint): Promise<Told[]> =>
  (await deliveriesTo(seats.db, to)).map(({ payload }): Told => WebhookMessage.parse(JSON.parse(payload)))

/** Events as `name reference`, or `name state` of a connection. */
const briefly = (all: Told[], of?: IntegrationId): string[] =>
  all
    .filter(({ data }) => of === undefined || data.integration_id === of)
    .map(({ type, data }) => `${type} ${data.reference ?? data.state ?? ''}`.trim())

/** Forget what was told so far: what follows is what a test is about. */
async function fromHere(): Promise<void> {
  endpoint = await endpointAt(seats, tenant, receiver.url)
}

describe('what the outside is told', () => {
  it('of a webshop that connects, holds, is given the right and delivers: exactly that, each once', async () => {
    const till = await Till.make(seats, { tenant })
    till.right(false)
    await till.signIn()
    const id = await till.book('A-1')
    await till.run(MINUTE)
    till.right(true)
    await till.run(MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered' })
    await till.run(HOUR)
    expect(briefly(await told())).toEqual([
      'connection.active active',
      'rights.lost',
      'transaction.held A-1',
      'rights.restored',
      'transaction.released A-1',
      'transaction.delivered A-1',
    ])
  })

  it('names whose it is and when, with ids to ask further with, and neither people nor secrets', async () => {
    const till = await Till.open(seats, { tenant })
    const id = await till.book('naïef "1"')
    await till.ring()
    const [active, delivered] = await told()
    const of = { tenant_id: tenant, integration_id: till.integration }
    expect(active).toEqual({
      type: 'connection.active',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: { ...of, state: 'active', cause: null },
    })
    expect(delivered?.data).toEqual({
      ...of,
      transaction_id: id,
      reference: 'naïef "1"',
      booking_kind: 'sales-entry',
      state: 'delivered',
    })
    for (const { id: name, payload, createdAt } of await deliveriesTo(seats.db, endpoint)) {
      expect(name).toMatch(/^msg_[0-9a-hjkmnp-tv-z]{26}$/)
      expect(JSON.parse(payload).timestamp).toBe(new Date(createdAt).toISOString())
      expect(payload).not.toContain(till.username)
      expect(Buffer.byteLength(payload)).toBeLessThan(20_000)
    }
  })

  it('of a booking that the provider refuses, and of what a person does with it', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    till.fault('status_500_business')
    const id = await till.book('bad')
    await till.ring()
    await till.decide(id, { kind: 'retry' })
    await till.ring()
    expect(briefly(await told())).toEqual(['transaction.failed bad', 'transaction.delivered bad'])
  })

  it('of an answer that is lost once, however often it is looked for, and of what came of it', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    till.fault('drop_before')
    await till.book('gone')
    await till.run(10 * MINUTE)
    expect(till.looks().length).toBeGreaterThan(3)
    expect(briefly(await told())).toEqual(['transaction.uncertain gone', 'transaction.delivered gone'])
  })

  it('of what a person says became of a booking', async () => {
    const till = await Till.open(seats, { tenant, bookingKinds: ['cash-entry'] })
    await fromHere()
    const book = async (key: string, delivered: boolean) => {
      till.fault('drop_after')
      const id = await till.book(key, { bookingKind: 'cash-entry', content: { payload: unfindable['cash-entry'] } })
      await till.ring()
      await till.decide(id, { kind: 'resolve', delivered, providerId: null })
      await till.ring()
    }
    await book('there', true)
    await book('not there', false)
    expect(briefly(await told())).toEqual([
      'transaction.uncertain there',
      'transaction.delivered there',
      'transaction.uncertain not there',
      'transaction.delivered not there',
    ])
  })

  it('of a right that turns out to be gone: everything that it holds, and nothing of a cancelled one', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    till.right(false)
    await till.book('first')
    await till.book('second')
    const third = await till.book('third')
    await till.ring()
    await till.decide(third, { kind: 'cancel' })
    expect(briefly(await told())).toEqual([
      'transaction.held first',
      'transaction.held second',
      'transaction.held third',
      'rights.lost',
    ])
    till.right(true)
    await till.run(2 * MINUTE)
    expect(briefly(await told()).slice(4)).toEqual([
      'rights.restored',
      'transaction.released first',
      'transaction.released second',
      'transaction.delivered first',
      'transaction.delivered second',
    ])
  })

  it('of a consent that is withdrawn: falters, then over, with why', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    seats.sandbox.control.revoke({ username: till.username, client_id: till.client })
    await till.book('waits')
    await till.run(12 * MINUTE)
    const all = await told()
    expect(briefly(all)).toEqual(['connection.degraded degraded', 'connection.reconnect_required reconnect_required'])
    expect(all.map(({ data }) => data.cause)).toEqual(['access_refused', 'consent_revoked'])
    await till.signIn()
    await till.run(MINUTE)
    expect(briefly(await told()).slice(2)).toEqual(['connection.active active', 'transaction.delivered waits'])
  })

  it('of a connection that falters for a moment, once each way however often the provider fails', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    seats.advance(600 * SECOND)
    const match = { path: '/api/oauth2/token', client_id: till.client }
    seats.sandbox.control.faults({ match, kind: 'html_502', times: 4 })
    await till.keeper.token(tenant)
    await till.run(5 * MINUTE)
    expect(briefly(await told())).toEqual(['connection.degraded degraded', 'connection.active active'])
  })

  it('of the end of a connection, with what it leaves held', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    const id = await till.book('queued')
    await till.keeper.disconnect(tenant, 'key:test')
    expect(await till.row(id)).toMatchObject({ state: 'held' })
    expect(briefly(await told())).toEqual(['connection.ended ended', 'transaction.held queued'])
  })

  it('of a service account that moves: one connection ends, the other works', async () => {
    const administrationId = await seats.administration(tenant)
    const from = await Till.open(seats, { tenant, administrationId })
    const to = await Till.make(seats, { tenant, administrationId, app: from.app })
    await fromHere()
    expect(await from.keeper.transfer(tenant, to.integration, 'key:test')).toMatchObject({ ok: true })
    await to.run(MINUTE)
    const all = await told()
    expect(briefly(all, from.integration)).toEqual(['connection.ended ended'])
    expect(briefly(all, to.integration)).toEqual(['connection.active active'])
  })

  it('EOL-09 of a user who signs in for another integration: adopted where the user sits, and nothing of the other', async () => {
    const administrationId = await seats.administration(tenant)
    const first = await Till.open(seats, { tenant, administrationId })
    const second = await Till.make(seats, { tenant, administrationId, app: first.app })
    await fromHere()
    expect(await seats.consent(tenant, second.integration, first.username)).toMatchObject({ ok: false })
    await first.run(MINUTE)
    const all = await told()
    expect(briefly(all, first.integration)).toEqual(['connection.adopted active'])
    expect(briefly(all, second.integration)).toEqual([])
  })

  it('of the same user signing in again', async () => {
    const till = await Till.open(seats, { tenant })
    await fromHere()
    await till.signIn()
    await till.ring()
    expect(briefly(await told())).toEqual(['connection.active active'])
  })

  it('P34 never of another tenant, not even through the same app', async () => {
    const other = await seats.tenant()
    const [mine, theirs] = [await Till.open(seats, { tenant }), await Till.open(seats, { tenant: other })]
    const listening = await endpointAt(seats, other, receiver.url)
    for (const till of [mine, theirs]) await till.book(`of ${till === mine ? 'mine' : 'theirs'}`)
    for (const till of [mine, theirs]) await till.ring()
    expect(new Set((await told()).map(({ data }) => data.tenant_id))).toEqual(new Set([tenant]))
    expect(briefly(await told(listening))).toEqual(['transaction.delivered of theirs'])
  })

  it('is nothing for an endpoint that asks for something else', async () => {
    const picky = await endpointAt(seats, tenant, receiver.url, ['transaction.failed'])
    const till = await Till.open(seats, { tenant })
    till.fault('status_500_business')
    await till.book('bad')
    await till.book('good')
    await till.ring()
    expect(briefly(await told(picky))).toEqual(['transaction.failed bad'])
  })

  it('P45 is each change once, over random histories of lost answers, rights taken and given, and deaths', async () => {
    const moves = fc.array(
      fc.constantFrom('book', 'book', 'book', 'take', 'give', 'lose', 'lose after', 'kill', 'wait', 'wait'),
      { minLength: 15, maxLength: 25 },
    )
    const till = await Till.open(seats, { tenant })
    let nth = 0
    const run = async (history: string[]) => {
      for (const move of history) {
        if (move === 'book') await till.book(`r${++nth}`)
        if (move === 'take') till.right(false)
        if (move === 'give') till.right(true)
        if (move === 'lose') till.fault('drop_before')
        if (move === 'lose after') till.fault('drop_after')
        if (move === 'kill') await till.dieAt(({ what }) => what === 'db' && nth % 3 === 0)
        if (move === 'wait') await till.run(20 * SECOND)
      }
      calm(seats)
      till.right(true)
      await till.run(HOUR)
    }
    await fc.assert(fc.asyncProperty(moves, run), { numRuns: 4 })
    const rows = await seats.db.select().from(transactions).where(eq(transactions.integrationId, till.integration))
    expect(rows.length).toBeGreaterThan(10)
    const all = await told()
    for (const { id, state } of rows) {
      const types = all.filter(({ data }) => data.transaction_id === id).map(({ type }) => type)
      expect(types.at(-1)).toBe(`transaction.${state}`)
      expect(types.filter(type => type === 'transaction.delivered')).toHaveLength(1)
      const heldAndReleased = types.filter(type => /held|released/.test(type))
      const alternately = heldAndReleased.map((_, at) => (at % 2 === 0 ? 'transaction.held' : 'transaction.released'))
      expect(heldAndReleased).toEqual(alternately)
    }
    const ids = (await deliveriesTo(seats.db, endpoint)).map(row => row.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a seat that has something to tell', () => {
  it('sends it by itself, with nobody sweeping, and each message once', async () => {
    const till = await Till.open(seats, { tenant })
    await till.book('A-1')
    await till.ring()
    await Promise.all(seats.pending)
    expect(receiver.events()).toEqual(['connection.active', 'transaction.delivered'])
    await till.run(HOUR)
    await Promise.all(seats.pending)
    expect(receiver.got).toHaveLength(2)
  })

  it('tries again by itself 5 s later, and books on meanwhile', async () => {
    const till = await Till.open(seats, { tenant })
    await Promise.all(seats.pending)
    receiver.got.length = 0
    receiver.reply = () => ({ status: receiver.got.length === 1 ? 503 : 204 })
    await till.book('A-1')
    await till.ring()
    await Promise.all(seats.pending)
    expect(receiver.got).toHaveLength(1)
    await till.run(4 * SECOND)
    expect(receiver.got).toHaveLength(1)
    await till.run(3 * SECOND)
    await Promise.all(seats.pending)
    expect(receiver.got.map(({ id }) => id)).toEqual([receiver.got[0]?.id, receiver.got[0]?.id])
  })

  it('books at its own pace while a receiver does not answer', async () => {
    const gate = Promise.withResolvers<void>()
    const till = await Till.open(seats, { tenant })
    receiver.reply = async () => {
      await gate.promise
      return { status: 204 }
    }
    for (const key of ['A-1', 'A-2', 'A-3']) {
      await till.book(key)
      await till.ring()
    }
    expect(till.references()).toEqual(['A-1', 'A-2', 'A-3'])
    gate.resolve()
    await Promise.all(seats.pending)
  })

  it('loses nothing when it dies before it could send', async () => {
    const till = await Till.open(seats, { tenant })
    await Promise.all(seats.pending)
    receiver.got.length = 0
    await till.book('A-1')
    await till.dieAt(
      ({ what, about }) => what === 'fetch' && about === receiver.url,
      async () => {
        await till.ring()
        await Promise.all(seats.pending)
      },
    )
    expect((await deliveriesTo(seats.db, endpoint)).at(-1)).toMatchObject({
      event: 'transaction.delivered',
      deliveredAt: null,
    })
    seats.advance(2 * MINUTE)
    await till.book('A-2')
    await till.ring()
    await Promise.all(seats.pending)
    expect(receiver.events()).toEqual(['transaction.delivered', 'transaction.delivered'])
  })
})
