import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { insertSeat } from '../../src/seats/store.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, addTenant, made } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const person = { provider: 'exact-online', username: 'kassa-1', email: 'kassa1@shop.example', kind: 'full_user' }

describe('service accounts', () => {
  it('are made with what is known of them', async () => {
    const tenant = await addTenant(http)
    const path = `${tenant.path}/service-accounts`
    const body = { ...person, roles: ['Sales'], administrations: ['123'], monthly_price_cents: 2_900 }
    const created = made(await http.call('POST', path, { key: tenant.key, body }))
    expect(created).toEqual({
      ...body,
      id: expect.stringMatching(/^sva_/),
      provider_user_id: null,
      seat: null,
      created_at: expect.any(String),
    })
    expect((await http.call('GET', `${path}/${created.id}`)).body).toEqual(created)
    expect((await http.call('GET', path)).body).toEqual({ data: [created], next_cursor: null })
  })

  it('tell on whose seat they sit', async () => {
    const tenant = await addFurnishedTenant(http)
    await insertSeat(http.db, {
      providerAppId: tenant.app,
      providerUserId: 'u1',
      tenantId: tenant.id,
      integrationId: tenant.integration,
      end: 'target',
      serviceAccountId: tenant.account,
      takenAt: http.clock.at,
    })
    const shown = await http.call('GET', `${tenant.path}/service-accounts/${tenant.account}`)
    expect(shown.body.seat).toBe(tenant.integration)
    expect((await http.call('GET', `${tenant.path}/service-accounts`)).body.data).toEqual([shown.body])
  })

  it('are changed field by field, and each change is written down', async () => {
    const { path, account } = await addFurnishedTenant(http)
    const at = `${path}/service-accounts/${account}`
    const before = (await http.call('GET', at)).body
    const changed = await http.call('PATCH', at, { body: { monthly_price_cents: 4_500, roles: ['Till'] } })
    expect(changed).toMatchObject({ status: 200, body: { ...before, monthly_price_cents: 4_500, roles: ['Till'] } })
    expect((await http.call('GET', at)).body).toEqual(changed.body)
    expect((await http.call('PATCH', at, { body: {} })).body).toEqual(changed.body)
    expect((await http.call('PATCH', at, { body: { monthly_price_cents: null } })).body.monthly_price_cents).toBeNull()
    const entries = await http.db.select().from(audit).where(eq(audit.subject, account))
    expect(entries.map(({ action }) => action)).toEqual([
      'service_account.created',
      'service_account.changed',
      'service_account.changed',
    ])
  })

  it('are known by their username: a second one is refused, made or renamed', async () => {
    const tenant = await addTenant(http)
    const path = `${tenant.path}/service-accounts`
    made(await http.call('POST', path, { body: person }))
    const other = made(await http.call('POST', path, { body: { ...person, username: 'kassa-2' } }))
    const refused = { status: 409, body: { code: 'already_exists' } }
    expect(await http.call('POST', path, { body: person })).toMatchObject(refused)
    expect(await http.call('PATCH', `${path}/${other.id}`, { body: { username: 'kassa-1' } })).toMatchObject(refused)
  })

  it.each([
    [{ email: 'no address' }, '/email'],
    [{ kind: 'admin' }, '/kind'],
    [{ roles: 'Sales' }, '/roles'],
    [{ administrations: [123] }, '/administrations/0'],
    [{ monthly_price_cents: -1 }, '/monthly_price_cents'],
    [{ seat: null }, '/seat'],
    [{ provider_user_id: 'x' }, '/provider_user_id'],
  ])('with %j are refused, made or changed', async (deviation, pointer) => {
    const { path, account } = await addFurnishedTenant(http)
    const refused = { status: 422, body: { errors: [{ pointer }] } }
    expect(await http.call('POST', `${path}/service-accounts`, { body: { ...person, ...deviation } })).toMatchObject(
      refused,
    )
    expect(await http.call('PATCH', `${path}/service-accounts/${account}`, { body: deviation })).toMatchObject(refused)
  })
})
