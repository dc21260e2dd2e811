import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import type { TenantId } from '../../src/id.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, addTenant, made, newIntegration } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const changes = (tenant: TenantId) =>
  http.db
    .select()
    .from(audit)
    .where(and(eq(audit.tenantId, tenant), eq(audit.action, 'tenant.changed')))

describe('a change of a tenant', () => {
  it('changes what it names and nothing else, and is written down', async () => {
    const tenant = await addTenant(http, ['admin'])
    const before = (await http.call('GET', tenant.path)).body
    const renamed = await http.call('PATCH', tenant.path, { key: tenant.key, body: { name: ' Bakkerij Smit ' } })
    expect(renamed).toMatchObject({ status: 200, body: { ...before, name: 'Bakkerij Smit' } })
    expect((await http.call('GET', tenant.path)).body).toEqual(renamed.body)
    expect(await changes(tenant.id)).toMatchObject([
      { subject: tenant.id, actor: expect.stringMatching(/^key:/), detail: { fields: 'name' } },
    ])
  })

  it('that changes nothing is not written down', async () => {
    const tenant = await addTenant(http)
    const { name, locale } = (await http.call('GET', tenant.path)).body
    for (const body of [{}, { name, locale }])
      expect((await http.call('PATCH', tenant.path, { body })).status).toBe(200)
    expect(await changes(tenant.id)).toEqual([])
  })

  it.each([
    [{ name: '' }, '/name'],
    [{ name: 'a\nb' }, '/name'],
    [{ locale: 'fr' }, '/locale'],
    [{ id: 'ten_x' }, '/id'],
  ])('to %j is refused', async (body, pointer) => {
    const tenant = await addTenant(http)
    const answer = await http.call('PATCH', tenant.path, { body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })

  it('is for administrators only', async () => {
    const tenant = await addTenant(http, ['read', 'write', 'transactions', 'token'])
    expect((await http.call('PATCH', tenant.path, { key: tenant.key, body: { name: 'x' } })).status).toBe(403)
  })

  it('of its language reaches its seats, which explain refusals in it', async () => {
    const tenant = await addFurnishedTenant(http)
    const ended = made(
      await http.call('POST', `${tenant.path}/integrations`, {
        body: newIntegration(tenant.app, tenant.administration),
      }),
    )
    await http.call('DELETE', `${tenant.path}/integrations/${ended.id}`)
    await addFurnishedTenant(http)
    http.reloads.length = 0
    await http.call('PATCH', tenant.path, { body: { name: 'Nothing to a seat' } })
    expect(http.reloads).toEqual([])
    await http.call('PATCH', tenant.path, { body: { locale: 'en' } })
    expect(http.reloads).toEqual([tenant.integration])
  })
})
