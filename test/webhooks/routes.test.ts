import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { webhookEndpoints } from '../../db/schema/webhooks.ts'
import { newId } from '../../src/id.ts'
import { deliverDue } from '../../src/webhooks/deliver.ts'
import { EVENTS } from '../../src/webhooks/event.ts'
import { signingSecretOf } from '../../src/webhooks/secret.ts'
import { type Http, type Json, type JsonObject, startHttp } from '../support/http.ts'
import { addTenant, idIn, made } from '../support/tenancy.ts'
import { deliveriesTo, endpointRow, happen } from './endpoints.ts'
import { Receiver, signatureOf } from './receiver.ts'

let http: Http
let receiver: Receiver
let mine: Awaited<ReturnType<typeof addTenant>>
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  receiver = await Receiver.start()
  mine = await addTenant(http)
})
afterEach(() => receiver.close())
afterAll(() => http.close())

type Tenant = typeof mine
const call = (method: string, path: string, body?: object, of: Tenant = mine) =>
  http.call(method, `${of.path}/webhooks${path}`, { key: of.key, ...(body === undefined ? {} : { body }) })
const add = async (body: object = {}, of: Tenant = mine) =>
  made(await call('POST', '', { url: receiver.url, ...body }, of))
const rows = (body: JsonObject): JsonObject[] => (Array.isArray(body.data) ? body.data.map(object) : [])
const object = (value: Json): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

describe('a webhook over the API', () => {
  it('is made with a secret of its own, which is in that answer and in no other', async () => {
    const { secret, ...webhook } = await add({ events: ['rights.lost'] })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(webhook).toEqual({
      id: expect.stringMatching(/^whk_/),
      url: receiver.url,
      events: ['rights.lost'],
      created_at: new Date(http.clock.at).toISOString(),
      disabled_at: null,
    })
    expect((await add()).secret).not.toBe(secret)
    await happen(http, mine.id)
    const [delivery] = rows((await call('GET', `/${webhook.id}/deliveries`)).body)
    const answers = await Promise.all([
      call('GET', ''),
      call('GET', `/${webhook.id}/deliveries`),
      call('POST', `/${webhook.id}/deliveries/${delivery?.id}/replay`, {}),
      http.call('GET', `${mine.path}/audit`, { key: mine.key }),
    ])
    answers.push(await call('DELETE', `/${webhook.id}`))
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(300)
      expect(text).not.toContain(String(secret).slice(6, 30))
    }
  })

  it('keeps its secret sealed, bound to itself', async () => {
    const { id, secret } = await add()
    const [webhookId, other] = [idIn('whk', id), idIn('whk', (await add()).id)]
    const { sealedSecret } = await endpointRow(http.db, { id: webhookId })
    expect(Buffer.from(sealedSecret).toString('latin1')).not.toContain(String(secret).slice(6))
    const at = { tenantId: mine.id, webhookId, sealedSecret }
    expect(await signingSecretOf(http.vault, at)).toBe(secret)
    expect(await signingSecretOf(http.vault, { ...at, webhookId: other })).toBeNull()
    expect(await signingSecretOf(http.vault, { ...at, tenantId: (await addTenant(http)).id })).toBeNull()
  })

  it('signs what it sends with the secret that was shown', async () => {
    const { secret } = await add()
    await happen(http, mine.id)
    await deliverDue(http.ports, mine.id)
    expect(receiver.got).toHaveLength(1)
    for (const got of receiver.got) expect(got.signature).toBe(signatureOf(String(secret), got))
  })

  it('is given again for the same Idempotency-Key, secret and all, and made once', async () => {
    const asking = { key: mine.key, body: { url: receiver.url }, headers: { 'idempotency-key': 'one' } }
    const first = await http.call('POST', `${mine.path}/webhooks`, asking)
    const second = await http.call('POST', `${mine.path}/webhooks`, asking)
    expect(second.body).toEqual(made(first))
    expect(rows((await call('GET', '')).body)).toHaveLength(1)
  })

  it('hears of everything when it asks for nothing', async () => {
    expect((await add()).events).toEqual([])
    for (const event of EVENTS) await happen(http, mine.id, event)
    await deliverDue(http.ports, mine.id)
    expect(receiver.events().toSorted()).toEqual([...EVENTS].toSorted())
  })

  it.each([
    [{ url: 'http://hooks.example.com/' }, '/url', 'begin with https://'],
    [{ url: 'https://10.1/' }, '/url', 'IP address'],
    [{ url: 'https://zetel.test/' }, '/url', 'Zetel itself'],
    [{ url: '' }, '/url', 'no address'],
    [{ url: 1 }, '/url', ''],
    [{ url: `https://hooks.example.com/${'a'.repeat(2_000)}` }, '/url', ''],
    [{ events: ['rights.found'] }, '/events/0', ''],
    [{ events: ['rights.lost', 'rights.lost'] }, '/events', ''],
    [{ secret: 'whsec_mine' }, '/secret', ''],
  ])('is refused for %j', async (body, pointer, said) => {
    const { status, body: problem } = await call('POST', '', { url: receiver.url, ...body })
    expect(status).toBe(422)
    expect(problem.errors).toEqual([{ pointer, message: expect.stringContaining(said) }])
  })

  it('has at most 19 beside it', async () => {
    for (let nth = 0; nth < 20; nth++) await add()
    expect(await call('POST', '', { url: receiver.url })).toMatchObject({
      status: 409,
      body: { code: 'webhooks_full' },
    })
  })

  it('is removed with all that was told to it, and hears of nothing more', async () => {
    const id = idIn('whk', (await add()).id)
    await happen(http, mine.id)
    expect((await call('DELETE', `/${id}`)).status).toBe(204)
    expect((await call('DELETE', `/${id}`)).status).toBe(404)
    await happen(http, mine.id)
    await deliverDue(http.ports, null)
    expect(receiver.got).toEqual([])
    expect(await deliveriesTo(http.db, { id })).toEqual([])
  })

  it('P67 is written down when it is made and when it goes, with its host and no more of its address', async () => {
    const id = idIn('whk', (await add({ url: `${receiver.url}?token=a-secret-in-an-address` })).id)
    http.clock.at += 1
    await call('DELETE', `/${id}`)
    const { text, body } = await http.call('GET', `${mine.path}/audit`, { key: mine.key })
    const host = `127.0.0.1:${receiver.port}`
    expect(rows(body).filter(entry => entry.subject === id)).toMatchObject([
      { action: 'webhook.deleted', detail: { host } },
      { action: 'webhook.created', detail: { host } },
    ])
    expect(text).not.toContain('a-secret-in-an-address')
  })

  it('is for keys that may manage', async () => {
    const { id } = await add()
    const weak = await http.key(mine.id, ['read', 'write', 'transactions', 'token'])
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['DELETE', `/${id}`],
      ['GET', `/${id}/deliveries`],
    ] as const) {
      const answer = await http.call(method, `${mine.path}/webhooks${path}`, { key: weak })
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    }
  })
})

describe('the document of the API', () => {
  it('describes what a receiver gets', async () => {
    const { body } = await http.call('GET', '/v1/openapi.json')
    const { post } = object(object(body.webhooks ?? null).event ?? null)
    expect(post).toMatchObject({
      operationId: 'webhook_event',
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/WebhookMessage' } } } },
    })
    const names = JSON.stringify(post)
    for (const header of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) expect(names).toContain(header)
  })
})

describe('what was told to a webhook, over the API', () => {
  it('is listed newest first, page by page, with how it went', async () => {
    const id = idIn('whk', (await add()).id)
    const told: string[] = []
    for (let nth = 0; nth < 5; nth++) {
      http.clock.at += 1
      told.unshift(await happen(http, mine.id))
    }
    await deliverDue(http.ports, mine.id)
    http.clock.at += 1
    receiver.reply = () => ({ status: 503 })
    const failing = await happen(http, mine.id, 'rights.restored')
    await deliverDue(http.ports, mine.id)
    const first = await call('GET', `/${id}/deliveries?limit=4`)
    const second = await call('GET', `/${id}/deliveries?limit=4&cursor=${first.body.next_cursor}`)
    expect(second.body.next_cursor).toBeNull()
    const all = [...rows(first.body), ...rows(second.body)]
    expect(all.map(delivery => delivery.id)).toEqual([failing, ...told])
    const at = new Date(http.clock.at).toISOString()
    expect(all[0]).toMatchObject({
      event: 'rights.restored',
      state: 'due',
      attempts: 1,
      last_status: 503,
      created_at: at,
    })
    expect(Date.parse(String(all[0]?.due_at))).toBeGreaterThan(http.clock.at)
    expect(all[1]).toMatchObject({
      event: 'rights.lost',
      state: 'delivered',
      attempts: 1,
      last_status: 204,
      due_at: null,
    })
  })

  it('goes again when asked, as the same message and from the first attempt on', async () => {
    const id = idIn('whk', (await add()).id)
    const message = await happen(http, mine.id)
    await deliverDue(http.ports, mine.id)
    http.clock.at += 1_000
    const replayed = await call('POST', `/${id}/deliveries/${message}/replay`, {})
    const at = new Date(http.clock.at).toISOString()
    expect(replayed).toMatchObject({ status: 200, body: { state: 'due', attempts: 0, due_at: at, delivered_at: null } })
    await deliverDue(http.ports, mine.id)
    expect(receiver.got.map(got => got.id)).toEqual([message, message])
    expect(rows((await call('GET', `/${id}/deliveries`)).body)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it('goes again after it was given up', async () => {
    const id = idIn('whk', (await add()).id)
    const message = await happen(http, mine.id)
    await http.db.run(
      sql`update webhook_deliveries set attempts = 10, due_at = null, last_status = 500 where id = ${message}`,
    )
    expect(rows((await call('GET', `/${id}/deliveries`)).body)).toMatchObject([{ state: 'given_up', last_status: 500 }])
    await call('POST', `/${id}/deliveries/${message}/replay`, {})
    await deliverDue(http.ports, mine.id)
    expect(rows((await call('GET', `/${id}/deliveries`)).body)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it('does not go again to a receiver that said 410', async () => {
    const id = idIn('whk', (await add()).id)
    receiver.reply = () => ({ status: 410 })
    const message = await happen(http, mine.id)
    await deliverDue(http.ports, mine.id)
    expect(rows((await call('GET', '')).body)).toMatchObject([{ disabled_at: new Date(http.clock.at).toISOString() }])
    const replayed = await call('POST', `/${id}/deliveries/${message}/replay`, {})
    expect(replayed).toMatchObject({ status: 409, body: { code: 'webhook_disabled' } })
  })
})

describe('P34 a webhook of another tenant', () => {
  it('is refused exactly as one that does not exist, with nothing changed', async () => {
    const theirs = await addTenant(http)
    const [own, other] = [idIn('whk', (await add()).id), idIn('whk', (await add({}, theirs)).id)]
    const [message, foreign] = [await happen(http, mine.id), await happen(http, theirs.id)]
    const random = newId('whk', http.clock, http.ports.random)
    const nothing = newId('msg', http.clock, http.ports.random)
    const before = await http.db.all(sql`select * from webhook_deliveries order by rowid`)
    const seen = async (method: string, path: string) => {
      const { status, text } = await call(method, path)
      return `${status} ${text.replace(/"request_id":"[^"]*"/, '')}`
    }
    const pairs = [
      ['DELETE', `/${other}`, `/${random}`],
      ['GET', `/${other}/deliveries`, `/${random}/deliveries`],
      ['POST', `/${other}/deliveries/${foreign}/replay`, `/${random}/deliveries/${nothing}/replay`],
      ['POST', `/${own}/deliveries/${foreign}/replay`, `/${own}/deliveries/${nothing}/replay`],
      ['POST', `/${other}/deliveries/${message}/replay`, `/${random}/deliveries/${message}/replay`],
      ['DELETE', '/whk_OIL', `/${random}`],
    ] as const
    for (const [method, path, as] of pairs) {
      expect(await seen(method, path), `${method} ${path}`).toBe(await seen(method, as))
      expect(await seen(method, path)).toMatch(/^404 /)
    }
    expect(await http.db.all(sql`select * from webhook_deliveries order by rowid`)).toEqual(before)
    expect(await http.db.$count(webhookEndpoints)).toBeGreaterThanOrEqual(2)
    const { text } = await call('GET', '')
    expect(text).not.toContain(other)
    for (const path of ['', `/${other}/deliveries`])
      expect((await http.call('GET', `${theirs.path}/webhooks${path}`, { key: mine.key })).status).toBe(404)
  })
})
