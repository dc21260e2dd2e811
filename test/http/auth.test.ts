import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/clock.ts'
import { SCOPES } from '../../src/tenants/api-key.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addTenant, idIn, made } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const unknownTenant = '/v1/tenants/ten_01k1zq3g8s6e0r5y7w2v4t9xbn'

describe('who calls', () => {
  it('is refused without a key, with one of the wrong form, and with one that nobody made', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x',
      `Basic ${http.operatorKey}`,
      `Bearer zetel_${'A'.repeat(43)}`,
    ]) {
      const answer = await http.call('GET', '/v1/tenants', { key: null, headers: { authorization } })
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
      expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    }
  })

  it('is asked before anything is told: without a key nothing exists', async () => {
    const tenant = await addTenant(http)
    const answers = await Promise.all(
      [tenant.path, unknownTenant, '/v1/tenants/nonsense'].map(path => http.call('GET', path, { key: null })),
    )
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: answers[0]?.body })
  })

  it('may do what the scopes of the key say; admin includes read and write', async () => {
    const tenant = await addTenant(http)
    const list = `${tenant.path}/administrations`
    const body = { provider: 'exact-online', external_id: '1', name: 'Books' }
    const may = { read: [200, 403], write: [403, 201], admin: [200, 409], transactions: [403, 403], token: [403, 403] }
    for (const scope of SCOPES) {
      const key = await http.key(tenant.id, [scope])
      const read = await http.call('GET', list, { key })
      const write = await http.call('POST', list, { key, body })
      expect([scope, read.status, write.status]).toEqual([scope, ...may[scope]])
      if (read.status === 403) expect(read.body.code).toBe('scope_missing')
    }
  })

  it('as a tenant may not do what is the operator’s, whatever the scopes', async () => {
    const { key } = await addTenant(http)
    for (const path of ['/v1/tenants', '/v1/provider-apps'])
      expect(await http.call('GET', path, { key })).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    expect((await http.call('POST', '/v1/tenants', { key, body: { name: 'Mine', locale: 'nl' } })).status).toBe(403)
  })

  it('as the operator reaches every tenant there is, and no other', async () => {
    const tenant = await addTenant(http)
    expect((await http.call('GET', `${tenant.path}/integrations`)).status).toBe(200)
    expect((await http.call('GET', `${unknownTenant}/integrations`)).status).toBe(404)
  })
})

describe('a key', () => {
  it('is refused at once where it was revoked, and elsewhere within 10 seconds', async () => {
    const tenant = await addTenant(http)
    const other = await startHttpBeside(http)
    const created = made(
      await http.call('POST', `${tenant.path}/api-keys`, { body: { label: 'sync', scopes: ['read'] } }),
    )
    const key = String(created.key)
    expect((await http.call('GET', tenant.path, { key })).status).toBe(200)
    expect((await other('GET', tenant.path, key)).status).toBe(200)
    const revoked = await http.call('DELETE', `${tenant.path}/api-keys/${idIn('key', created.id)}`)
    expect(revoked.status).toBe(204)
    expect((await http.call('GET', tenant.path, { key })).status).toBe(401)
    http.clock.at += 10 * SECOND
    expect((await other('GET', tenant.path, key)).status).toBe(401)
  })

  it('is looked up once: a known key needs no database', async () => {
    const own = await startHttp()
    const tenant = await addTenant(own)
    const warm = await own.call('GET', '/v1/nothing-here', { key: tenant.key })
    expect(warm.status).toBe(404)
    expect((await own.call('GET', `${tenant.path}/integrations/bad-id`, { key: tenant.key })).status).toBe(404)
    await own.cutDatabase()
    expect((await own.call('GET', `${tenant.path}/integrations/bad-id`, { key: tenant.key })).status).toBe(404)
    own.clock.at += 10 * SECOND
    expect((await own.call('GET', `${tenant.path}/integrations/bad-id`, { key: tenant.key })).status).toBe(503)
    await own.close()
  })

  it('that was unknown is known one second after it was made', async () => {
    const tenant = await addTenant(http)
    const { createSite } = await import('../../src/http/app.ts')
    const { insertKey } = await import('../../src/tenants/key-store.ts')
    const { newApiKey } = await import('../../src/tenants/api-key.ts')
    const { newId } = await import('../../src/id.ts')
    const { key, hash, prefix } = newApiKey(http.ports.random, http.ports.hash)
    const { app } = createSite(http.ports).api
    const ask = async () => (await app.request(tenant.path, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await ask()).toBe(401)
    const row = {
      id: newId('key', http.clock, http.ports.random),
      label: 'late',
      hash,
      prefix,
      scopes: ['read'],
      createdAt: 0,
    }
    await insertKey(http.db, tenant.id, row)
    expect(await ask()).toBe(401)
    http.clock.at += SECOND
    expect(await ask()).toBe(200)
  })
})

/** A second isolate on the same database: it remembers keys by itself. */
async function startHttpBeside({ ports }: Http) {
  const { createSite } = await import('../../src/http/app.ts')
  const { app } = createSite(ports).api
  return (method: string, path: string, key: string) =>
    app.request(path, { method, headers: { authorization: `Bearer ${key}` } })
}
