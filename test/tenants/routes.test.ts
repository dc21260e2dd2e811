import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { type Http, type Json, startHttp } from '../support/http.ts'
import { addTenant, idIn, made } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const rows = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

describe('tenants', () => {
  it('are made, shown and written down by the operator', async () => {
    const body = { name: '  Bakkerij Jansen ', locale: 'nl' }
    const created = made(await http.call('POST', '/v1/tenants', { body }))
    expect(created).toEqual({
      id: expect.stringMatching(/^ten_/),
      name: 'Bakkerij Jansen',
      locale: 'nl',
      created_at: new Date(http.clock.at).toISOString(),
    })
    const tenant = idIn('ten', created.id)
    expect((await http.call('GET', `/v1/tenants/${tenant}`)).body).toEqual(created)
    const [entry] = await http.db.select().from(audit).where(eq(audit.tenantId, tenant))
    expect(entry).toMatchObject({
      action: 'tenant.created',
      subject: tenant,
      actor: expect.stringMatching(/^key:key_/),
    })
  })

  it('are shown to themselves', async () => {
    const tenant = await addTenant(http, ['read'])
    expect(await http.call('GET', tenant.path, { key: tenant.key })).toMatchObject({
      status: 200,
      body: { id: tenant.id },
    })
  })

  it('are listed page by page, each once, in the order in which they were made', async () => {
    const own = await startHttp()
    const ids: string[] = []
    for (let at = 0; at < 5; at++) {
      own.clock.at += 1
      ids.push((await addTenant(own)).id)
    }
    const found: Json[] = []
    let cursor: Json | undefined = null
    let pages = 0
    do {
      const query: string = typeof cursor === 'string' ? `&cursor=${cursor}` : ''
      const { body } = await own.call('GET', `/v1/tenants?limit=2${query}`)
      found.push(
        ...rows(body.data).map(row => (typeof row === 'object' && row && 'id' in row ? (row.id ?? null) : null)),
      )
      cursor = body.next_cursor
      pages += 1
    } while (cursor !== null)
    expect(found).toEqual(ids)
    expect(pages).toBe(3)
    expect((await own.call('GET', '/v1/tenants?limit=5')).body.next_cursor).toBeNull()
    await own.close()
  })
})

describe('API keys', () => {
  it('are shown once, and told apart by their first characters afterwards', async () => {
    const tenant = await addTenant(http, ['admin'])
    const created = await http.call('POST', `${tenant.path}/api-keys`, {
      key: tenant.key,
      body: { label: 'sync', scopes: ['read', 'token'] },
    })
    const { key, ...rest } = made(created)
    expect(key).toMatch(/^zetel_[A-Za-z0-9_-]{43}$/)
    expect(rest).toMatchObject({
      prefix: String(key).slice(0, 12),
      label: 'sync',
      scopes: ['read', 'token'],
      revoked_at: null,
    })
    const listed = await http.call('GET', `${tenant.path}/api-keys`, { key: tenant.key })
    expect(rows(listed.body.data)).toContainEqual(rest)
    expect(listed.text).not.toContain(key)
  })

  it('work until they are revoked; revoking again changes nothing', async () => {
    const tenant = await addTenant(http)
    const created = made(await http.call('POST', `${tenant.path}/api-keys`, { body: { label: 'x', scopes: ['read'] } }))
    const ask = async () => (await http.call('GET', tenant.path, { key: String(created.key) })).status
    const revoke = async () => (await http.call('DELETE', `${tenant.path}/api-keys/${created.id}`)).status
    expect(await ask()).toBe(200)
    expect([await revoke(), await revoke()]).toEqual([204, 204])
    expect(await ask()).toBe(401)
    const entries = await http.db
      .select()
      .from(audit)
      .where(eq(audit.subject, String(created.id)))
    expect(entries.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked'])
  })

  it.each([[[]], [['read', 'read']], [['operator']], [['*']], ['read']])('with scopes %j are refused', async scopes => {
    const tenant = await addTenant(http)
    const answer = await http.call('POST', `${tenant.path}/api-keys`, { body: { label: 'x', scopes } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
  })

  it('are managed by admins only', async () => {
    const tenant = await addTenant(http, ['read', 'write', 'token', 'transactions'])
    const asking = { key: tenant.key, body: { label: 'x', scopes: ['admin'] } }
    expect((await http.call('POST', `${tenant.path}/api-keys`, asking)).status).toBe(403)
    expect((await http.call('GET', `${tenant.path}/api-keys`, { key: tenant.key })).status).toBe(403)
  })
})
