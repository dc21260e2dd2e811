import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { secretOf } from '../../src/connections/secret.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addTenant, idIn, made, newApp } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp({ loopbackAllowed: false })
})
afterAll(() => http.close())

describe('provider apps', () => {
  it('are kept with their secret sealed, which never comes back', async () => {
    const body = { ...newApp(), base_url: 'https://START.exactonline.nl/' }
    const created = await http.call('POST', '/v1/provider-apps', { body })
    const { client_secret, ...shown } = body
    expect(made(created)).toEqual({
      ...shown,
      id: expect.stringMatching(/^app_/),
      base_url: 'https://start.exactonline.nl',
      calls_per_minute: null,
      created_at: expect.any(String),
    })
    const listed = await http.call('GET', '/v1/provider-apps')
    expect(listed.body.data).toContainEqual(created.body)
    expect(created.text + listed.text).not.toContain(client_secret)
    const app = idIn('app', created.body.id)
    const [row] = await http.db.select().from(providerApps).where(eq(providerApps.id, app))
    if (row === undefined) throw new Error('Not kept')
    expect(await secretOf(http.vault, row)).toBe(client_secret)
    expect(Buffer.from(row.sealedSecret).toString('latin1')).not.toContain(client_secret)
    const entries = await http.db.select().from(audit).where(eq(audit.subject, app))
    expect(entries).toMatchObject([{ tenantId: 'operator', action: 'provider_app.created' }])
    expect(JSON.stringify(entries)).not.toContain(client_secret)
  })

  it('are known by provider and client: registering one twice is refused, and seals nothing', async () => {
    const body = newApp()
    made(await http.call('POST', '/v1/provider-apps', { body }))
    const again = await http.call('POST', '/v1/provider-apps', { body: { ...body, client_secret: 'other' } })
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    expect(await http.db.$count(providerApps, eq(providerApps.clientId, body.client_id))).toBe(1)
  })

  it.each([
    [{ base_url: 'http://localhost:8080' }, '/base_url'],
    [{ base_url: 'https://start.exactonline.nl/api' }, '/base_url'],
    [{ provider: 'yuki' }, '/provider'],
    [{ registration: 'draft' }, '/registration'],
    [{ scopes: ['a', 'a'] }, '/scopes'],
    [{ client_secret: '' }, '/client_secret'],
    [{ calls_per_minute: 0 }, '/calls_per_minute'],
    [{ calls_per_minute: 1.5 }, '/calls_per_minute'],
  ])('with %j are refused', async (deviation, pointer) => {
    const answer = await http.call('POST', '/v1/provider-apps', { body: { ...newApp(), ...deviation } })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })
})

describe('administrations', () => {
  const books = { provider: 'exact-online', external_id: '3456789', name: 'Books 2026' }

  it('are made, listed and written down', async () => {
    const tenant = await addTenant(http)
    const path = `${tenant.path}/administrations`
    const created = made(await http.call('POST', path, { key: tenant.key, body: books }))
    expect(created).toMatchObject({ ...books, id: expect.stringMatching(/^adm_/) })
    expect((await http.call('GET', path, { key: tenant.key })).body).toEqual({ data: [created], next_cursor: null })
    const entries = await http.db
      .select()
      .from(audit)
      .where(eq(audit.subject, String(created.id)))
    expect(entries).toMatchObject([{ tenantId: tenant.id, action: 'administration.created' }])
  })

  it('are known by their number within a tenant, and within that only', async () => {
    const [one, other] = [await addTenant(http), await addTenant(http)]
    const ask = (path: string) => http.call('POST', `${path}/administrations`, { body: books })
    made(await ask(one.path))
    made(await ask(other.path))
    expect(await ask(one.path)).toMatchObject({ status: 409, body: { code: 'already_exists' } })
  })

  it.each(['abc', '12a', '', '0', '007', '-1', '1/../2', '12345678901'])(
    'of Exact Online with number %j are refused',
    async number => {
      const tenant = await addTenant(http)
      const answer = await http.call('POST', `${tenant.path}/administrations`, {
        body: { ...books, external_id: number },
      })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/external_id' }] } })
    },
  )
})
