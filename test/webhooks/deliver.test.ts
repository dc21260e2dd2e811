import { createClient } from '@libsql/client/web'
import { and, eq } from 'drizzle-orm'
import { SQLiteRaw } from 'drizzle-orm/sqlite-core/query-builders/raw'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transactions } from '../../db/schema/transactions.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { newId, type TenantId } from '../../src/id.ts'
import { ofSeat } from '../../src/transactions/store.ts'
import { deliverDue } from '../../src/webhooks/deliver.ts'
import { RETRY_AFTER } from '../../src/webhooks/delivery.ts'
import { tell, tellOfTurn } from '../../src/webhooks/outbox-store.ts'
import { type Http, startHttp } from '../support/http.ts'
import { random } from '../support/seats.ts'
import { addTenant } from '../support/tenancy.ts'
import { deliveriesTo, deliveryTo, endpointAt, endpointRow, happen } from './endpoints.ts'
import { Receiver, signatureOf } from './receiver.ts'

let http: Http
let receiver: Receiver
let tenant: TenantId
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  receiver = await Receiver.start()
  http.clock.at = Date.now()
  tenant = (await addTenant(http)).id
})
afterEach(async () => {
  http.reports.length = 0
  await receiver.close()
})
afterAll(() => http.close())

/** Spread nothing, so that moments can be named. */
const ports = () => ({ ...http.ports, random: (bytes: number) => new Uint8Array(bytes).fill(127) })
const deliver = () => deliverDue(ports(), tenant)

describe('P59 a message', () => {
  it('of 200 random texts is verified by the reference library each time, and signed over the very bytes sent', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 200 }), 200).map(text => text.toWellFormed())
    await Promise.all(texts.map(reference => happen(http, tenant, 'transaction.failed', { reference })))
    while (receiver.got.length < texts.length) await deliver()
    const verifier = new Webhook(endpoint.secret)
    for (const got of receiver.got) {
      expect(verifier.verify(got.body.toString('utf8'), got.headers)).toEqual(got.event)
      expect(got.signature).toBe(signatureOf(endpoint.secret, got))
    }
    expect(receiver.got.map(({ event }) => event.data.reference ?? '').toSorted()).toEqual(texts.toSorted())
    expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(texts.length)
  })

  it('is refused by the library when a byte, the id, the moment or the secret is another', async () => {
    const [endpoint, other] = [
      await endpointAt(http, tenant, receiver.url),
      await endpointAt(http, tenant, receiver.url),
    ]
    await happen(http, tenant)
    await deliver()
    expect(other.secret).not.toBe(endpoint.secret)
    const got = receiver.got.find(one => one.signature === signatureOf(endpoint.secret, one))
    const [text, headers] = [got?.body.toString('utf8') ?? '', got?.headers ?? {}]
    const verify = (body: string, with_: Record<string, string>, secret = endpoint.secret) =>
      new Webhook(secret).verify(body, with_)
    expect(verify(text, headers)).toMatchObject({ type: 'rights.lost' })
    expect(() => verify(`${text} `, headers)).toThrow()
    expect(() => verify(text, { ...headers, 'webhook-id': newId('msg', http.clock, random) })).toThrow()
    const earlier = String(Number(headers['webhook-timestamp']) - 1)
    expect(() => verify(text, { ...headers, 'webhook-timestamp': earlier })).toThrow()
    expect(() => verify(text, headers, other.secret)).toThrow()
  })

  it('goes as JSON by POST to the address it was given, and what is answered beside the status is kept nowhere', async () => {
    const endpoint = await endpointAt(http, tenant, `${receiver.url}?shop=1`)
    receiver.reply = () => ({ status: 200, body: 'a-text-of-the-receiver', headers: { 'set-cookie': 'a=1' } })
    await happen(http, tenant)
    await deliver()
    expect(receiver.got).toMatchObject([
      { path: '/zetel?shop=1', headers: { 'content-type': 'application/json', 'user-agent': 'Zetel' } },
    ])
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({
      attempts: 1,
      dueAt: null,
      deliveredAt: http.clock.at,
      lastStatus: 200,
    })
    await deliver()
    expect(receiver.got).toHaveLength(1)
    expect(receiver.got[0]?.headers.cookie).toBeUndefined()
  })
})

describe('P60 a message that does not arrive', () => {
  it('is tried ten times on the schedule, as the same message at moments of their own, and stays to be seen', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    receiver.reply = () => ({ status: 500 })
    const id = await happen(http, tenant)
    const moments: number[] = []
    for (const wait of [...RETRY_AFTER, null]) {
      await deliver()
      moments.push(http.clock.at)
      const { dueAt } = await deliveryTo(http.db, endpoint)
      if (wait === null) break
      expect((dueAt ?? 0) - http.clock.at).toBeGreaterThanOrEqual(wait * 0.99)
      expect((dueAt ?? 0) - http.clock.at).toBeLessThanOrEqual(wait * 1.01)
      http.clock.at = (dueAt ?? 0) - 1
      await deliver()
      http.clock.at += 1
    }
    expect(receiver.got.map(got => got.id)).toEqual(Array.from({ length: 10 }, () => id))
    expect(receiver.got.map(got => Number(got.timestamp))).toEqual(moments.map(at => Math.floor(at / 1_000)))
    expect(new Set(receiver.got.map(got => got.body.toString())).size).toBe(1)
    for (const got of receiver.got) expect(got.signature).toBe(signatureOf(endpoint.secret, got))
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({
      attempts: 10,
      dueAt: null,
      deliveredAt: null,
      lastStatus: 500,
    })
    http.clock.at += 30 * DAY
    await deliver()
    expect(receiver.got).toHaveLength(10)
  })

  it('tells when it is due again, and goes on as soon as the receiver is back', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    receiver.reply = () => 'hang up'
    await happen(http, tenant)
    const again = await deliver()
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({ attempts: 1, dueAt: again, lastStatus: null })
    receiver.reply = () => ({ status: 204 })
    http.clock.at = again ?? 0
    expect(await deliver()).toBeNull()
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({ attempts: 2, dueAt: null, lastStatus: 204 })
  })

  it('follows no redirect', async () => {
    const elsewhere = await Receiver.start()
    const endpoint = await endpointAt(http, tenant, receiver.url)
    const statuses = [301, 302, 303, 307, 308]
    const left = [...statuses]
    receiver.reply = () => ({ status: left.pop() ?? 500, headers: { location: elsewhere.url } })
    for (const _ of statuses) await happen(http, tenant)
    await deliver()
    expect(elsewhere.got).toEqual([])
    expect(receiver.got).toHaveLength(5)
    const rows = await deliveriesTo(http.db, endpoint)
    expect(rows.map(row => row.lastStatus).toSorted()).toEqual(statuses)
    expect(rows.filter(row => row.deliveredAt !== null)).toEqual([])
    await elsewhere.close()
  })

  it('waits as long as the receiver asks', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    receiver.reply = () => ({ status: 429, headers: { 'retry-after': '7200' } })
    await happen(http, tenant)
    await deliver()
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({ dueAt: http.clock.at + 2 * HOUR, lastStatus: 429 })
  })

  it('turns its endpoint off with 410: nothing that waits or happens goes there, and others hear of it as before', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    const other = await Receiver.start()
    await endpointAt(http, tenant, other.url)
    receiver.reply = () => ({ status: 503 })
    await happen(http, tenant)
    await deliver()
    receiver.reply = () => ({ status: 410 })
    await happen(http, tenant)
    await deliver()
    expect((await endpointRow(http.db, endpoint)).disabledAt).toBe(http.clock.at)
    http.clock.at += DAY
    await happen(http, tenant)
    await deliver()
    expect(receiver.got).toHaveLength(2)
    expect(other.got).toHaveLength(3)
    const rows = await deliveriesTo(http.db, endpoint)
    expect(rows.map(({ dueAt, deliveredAt, lastStatus }) => [dueAt, deliveredAt, lastStatus])).toEqual([
      [null, null, expect.any(Number)],
      [null, null, expect.any(Number)],
    ])
    expect(rows.map(row => row.lastStatus).toSorted()).toEqual([410, 503])
    await other.close()
  })

  it('holds up no other: one whose secret cannot be opened is reported, and waits', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    const other = (await addTenant(http)).id
    const stranger = await endpointAt(http, other, receiver.url)
    await http.db.run(`update webhook_endpoints set sealed_secret = x'00' where id = '${endpoint.id}'`)
    await happen(http, tenant)
    await happen(http, other)
    await deliverDue(ports(), null)
    expect(await deliveryTo(http.db, stranger)).toMatchObject({ dueAt: null, lastStatus: 204 })
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({
      attempts: 1,
      dueAt: expect.closeTo(http.clock.at + 5 * SECOND, -2),
    })
    expect(http.reports.map(({ what }) => what)).toEqual(['An event cannot be signed'])
  })
})

describe('P60 at least once', () => {
  it('leaves a message to one sender of several at once', async () => {
    await endpointAt(http, tenant, receiver.url)
    for (let nth = 0; nth < 30; nth++) await happen(http, tenant)
    await Promise.all(Array.from({ length: 5 }, deliver))
    expect(receiver.got).toHaveLength(30)
    expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(30)
  })

  it('sends a message again, under its id, when the sender dies before it can write down that it arrived', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    const id = await happen(http, tenant)
    const dies = new Promise<Response>(() => undefined)
    const reached = Promise.withResolvers<void>()
    const dying = {
      ...ports(),
      fetch: async (url: string, init: RequestInit): Promise<Response> => {
        await fetch(url, init)
        reached.resolve()
        return dies
      },
    }
    void deliverDue(dying, tenant)
    await reached.promise
    await deliver()
    expect(receiver.got).toHaveLength(1)
    http.clock.at += MINUTE
    await deliver()
    expect(receiver.got.map(got => got.id)).toEqual([id, id])
    expect(await deliveryTo(http.db, endpoint)).toMatchObject({ attempts: 2, dueAt: null, lastStatus: 204 })
  })

  it('lets a late answer change nothing once somebody else has the message', async () => {
    const endpoint = await endpointAt(http, tenant, receiver.url)
    await happen(http, tenant)
    const gate = Promise.withResolvers<void>()
    receiver.reply = async () => {
      await gate.promise
      return { status: 500 }
    }
    const late = deliver()
    while (receiver.got.length === 0) await new Promise(setImmediate)
    http.clock.at += MINUTE
    receiver.reply = () => ({ status: 200 })
    await deliver()
    const arrived = await deliveryTo(http.db, endpoint)
    expect(arrived).toMatchObject({ attempts: 2, dueAt: null, lastStatus: 200 })
    gate.resolve()
    await late
    expect(await deliveryTo(http.db, endpoint)).toEqual(arrived)
  })

  it('takes 200 at a time of any tenant, the longest due first, and 20 of them at once', async () => {
    await endpointAt(http, tenant, receiver.url)
    const first = await happen(http, tenant)
    http.clock.at += SECOND
    for (let nth = 0; nth < 250; nth++) await happen(http, tenant)
    let [now, most] = [0, 0]
    const counting = {
      ...ports(),
      fetch: async (url: string, init: RequestInit) => {
        now += 1
        most = Math.max(most, now)
        return fetch(url, init).finally(() => (now -= 1))
      },
    }
    expect(await deliverDue(counting, null)).toBe(http.clock.at)
    expect(receiver.got).toHaveLength(200)
    expect(most).toBe(20)
    expect(receiver.got.map(({ id }) => id)).toContain(first)
    expect(await deliverDue(counting, null)).toBeNull()
    expect(receiver.got).toHaveLength(251)
  })
})

describe('the outbox', () => {
  it('keeps an event for each endpoint that asks for it, and of nobody else’s', async () => {
    const all = await endpointAt(http, tenant, receiver.url)
    const some = await endpointAt(http, tenant, receiver.url, ['rights.lost', 'connection.ended'])
    const none = await endpointAt(http, tenant, receiver.url, ['connection.active'])
    const stranger = await endpointAt(http, (await addTenant(http)).id, receiver.url)
    await happen(http, tenant, 'rights.lost')
    await happen(http, tenant, 'rights.restored')
    const told = async (endpoint: typeof all) =>
      (await deliveriesTo(http.db, endpoint)).map(row => row.event).toSorted()
    expect(await told(all)).toEqual(['rights.lost', 'rights.restored'])
    expect(await told(some)).toEqual(['rights.lost'])
    expect(await told(none)).toEqual([])
    expect(await told(stranger)).toEqual([])
  })

  it('costs a tenant without endpoints one look at an index, and no transaction is read for it', async () => {
    const which = and(ofSeat(tenant, newId('int', http.clock, random)), eq(transactions.state, 'held'))
    const turn = { event: 'transaction.released', state: 'queued', at: 1 } as const
    const released = await planOf(tellOfTurn(http.db, tenant, turn, which))
    expect(released[0]).toMatch(/^SEARCH webhook_endpoints USING INDEX \S+ \(tenant_id=\?\)/)
    expect(released.find(line => line.includes(' transactions '))).toMatch(/^SEARCH transactions USING /)
    const lost = { id: newId('msg', http.clock, random), event: 'rights.lost', payload: '{}', at: 1 } as const
    expect((await planOf(tell(http.db, tenant, lost)))[0]).toMatch(/^SEARCH webhook_endpoints USING INDEX/)
  })

  it('is asked for what is due without reading the rest', async () => {
    const due = 'select * from webhook_deliveries where due_at <= 1 order by due_at limit 200'
    expect(await explain(due, [])).toEqual([expect.stringMatching(/USING INDEX webhook_deliveries_due/)])
  })
})

const planOf = (statement: unknown): Promise<string[]> => {
  if (!(statement instanceof SQLiteRaw)) throw new Error('not plain SQL')
  const { sql, params } = statement.getQuery()
  // The reading half of it: what is inserted costs nobody anything when nothing is found.
  const read = sql.slice(
    sql.indexOf(' select '),
    sql.indexOf(' on conflict') < 0 ? sql.length : sql.indexOf(' on conflict'),
  )
  return explain(read, params.map(String))
}

async function explain(sql: string, args: string[]): Promise<string[]> {
  const { rows } = await createClient({ url: http.url }).execute({ sql: `explain query plan ${sql}`, args })
  return rows.map(row => String(row.detail))
}
