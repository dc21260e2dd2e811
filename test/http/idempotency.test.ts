import { count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrations } from '../../db/schema/providers.ts'
import { idempotencyKeys } from '../../db/schema/tenants.ts'
import { MINUTE } from '../../src/clock.ts'
import { takeKey } from '../../src/http/idempotency-store.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addTenant } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

type Tenant = Awaited<ReturnType<typeof addTenant>>

const body = { provider: 'exact-online', external_id: '100', name: 'Books' }
const post = (tenant: Tenant, idempotencyKey: string, sent: unknown = body, path = 'administrations') =>
  http.call('POST', `${tenant.path}/${path}`, {
    key: tenant.key,
    body: sent,
    headers: { 'idempotency-key': idempotencyKey },
  })

const administrationsOf = async (tenant: Tenant) => {
  const [row] = await http.db
    .select({ rows: count() })
    .from(administrations)
    .where(eq(administrations.tenantId, tenant.id))
  return row?.rows
}

describe('an idempotency key', () => {
  it('P43 of 20 calls at once makes one thing; all who are answered get the same', async () => {
    const tenant = await addTenant(http)
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(tenant, 'k')))
    const done = answers.filter(({ status }) => status === 201)
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(({ text }) => text)).size).toBe(1)
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } })
    expect(await administrationsOf(tenant)).toBe(1)
    expect(await post(tenant, 'k')).toMatchObject({ status: 201, text: done[0]?.text })
    expect(await administrationsOf(tenant)).toBe(1)
  })

  it('P43 gives the first answer again, a refusal too', async () => {
    const tenant = await addTenant(http)
    await post(tenant, 'a')
    const refused = await post(tenant, 'b', { ...body, name: 'Other' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    const again = await post(tenant, 'b', { ...body, name: 'Other' })
    expect(again.text).toBe(refused.text)
    expect(again.headers.get('content-type')).toBe('application/problem+json')
  })

  it('P43 with another body, or on another path, is refused', async () => {
    const tenant = await addTenant(http)
    await post(tenant, 'k')
    const reused = { status: 422, body: { code: 'idempotency_key_reused' } }
    expect(await post(tenant, 'k', { ...body, name: 'Other' })).toMatchObject(reused)
    const person = { provider: 'exact-online', username: 'u', email: 'u@x.example' }
    expect(await post(tenant, 'k', person, 'service-accounts')).toMatchObject(reused)
  })

  it('belongs to its tenant: the same key of another tenant is another key', async () => {
    const [one, other] = [await addTenant(http), await addTenant(http)]
    expect((await post(one, 'k')).body.id).not.toBe((await post(other, 'k')).body.id)
  })

  it('is not spent by a request that was never good', async () => {
    const tenant = await addTenant(http)
    expect((await post(tenant, 'k', { ...body, name: 1 })).status).toBe(422)
    expect((await post(tenant, 'k')).status).toBe(201)
  })

  it.each(['', ' ', 'a b', 'é', 'k'.repeat(256)])('of the form %j is refused', async key => {
    const tenant = await addTenant(http)
    const answer = await http.api.app.request(`${tenant.path}/administrations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(422)
  })

  it('still running is refused for two minutes; after that the call has crashed, and one may take over', async () => {
    const tenant = await addTenant(http)
    const path = `${tenant.path}/administrations`
    const asked = http.ports.hash(`POST ${path}\n${JSON.stringify(body)}`)
    await takeKey(http.db, tenant.id, 'k', asked, http.clock.at)
    expect(await post(tenant, 'k')).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } })
    http.clock.at += 2 * MINUTE
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(tenant, 'k')))
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    expect(await administrationsOf(tenant)).toBe(1)
  })

  it('is let go when Zetel itself fails: the caller may try again', async () => {
    const tenant = await addTenant(http)
    const { seal } = http.vault
    const app = {
      provider: 'exact-online',
      base_url: 'https://start.exactonline.nl',
      client_id: 'x',
      client_secret: 's',
      registration: 'published',
      scopes: [],
    }
    const ask = () => http.call('POST', '/v1/provider-apps', { body: app, headers: { 'idempotency-key': tenant.id } })
    http.vault.seal = () => Promise.reject(new Error('broken'))
    expect((await ask()).status).toBe(500)
    http.vault.seal = seal
    expect((await ask()).status).toBe(201)
  })

  it('keeps an answer sealed: a key that is shown once stands nowhere in the database', async () => {
    const tenant = await addTenant(http)
    const first = await post(tenant, 'k', { label: 'sync', scopes: ['read'] }, 'api-keys')
    const secret = String(first.body.key)
    const rows = await http.db.select().from(idempotencyKeys).where(eq(idempotencyKeys.tenantId, tenant.id))
    const kept = rows.map(row => row.body ?? '').join()
    expect(kept).not.toBe('')
    expect(kept).not.toContain(secret)
    expect(Buffer.from(kept, 'base64').toString('latin1')).not.toContain(secret)
    expect((await post(tenant, 'k', { label: 'sync', scopes: ['read'] }, 'api-keys')).body.key).toBe(secret)
  })
})
