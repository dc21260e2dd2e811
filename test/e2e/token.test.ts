import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { A_SHOP } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'
import { until } from '../support/until.ts'

let product: Product
let world: Setup
let integration: string
const path = (rest: string) => `/v1/tenants/${world.tenant}/integrations/${integration}/${rest}`
const refreshes = () => product.sandbox.control.log().filter(entry => entry.grant_type === 'refresh_token')

beforeAll(async () => {
  product = await Product.start()
  world = await product.setup()
  integration = await product.integration(world, 'Webshop A')
  // An access token that is due for a refresh as soon as it is there.
  product.sandbox.control.settings({ token_seconds: 30 })
  await product.connect(world.tenant, integration, A_SHOP)
})
afterAll(() => product.close())

describe('GET …/token in workerd', () => {
  it.each([2, 10, 50, 200])('P1 makes one token request for %i callers at once', async callers => {
    const before = refreshes().length
    const hold = product.sandbox.control.faults({ match: { path: '/api/oauth2/token' }, kind: 'hold', before: true })
    const asked = Array.from({ length: callers }, () => product.call('GET', path('token')))
    await until(() => product.sandbox.control.listFaults().some(fault => fault.id === hold.id && fault.fired === 1))
    // All callers are on their way before the provider answers.
    await product.call('GET', path('connection'))
    product.sandbox.control.release({})
    const replies = await Promise.all(asked)
    expect(refreshes().length - before).toBe(1)
    expect(new Set(replies.map(reply => `${reply.status} ${reply.body.access_token}`)).size).toBe(1)
    expect(replies[0]?.status).toBe(200)
  })

  it('keeps 64 callers waiting on one token request while the token endpoint takes 11 seconds', async () => {
    const before = refreshes().length
    product.sandbox.control.faults({ match: { path: '/api/oauth2/token' }, kind: 'delay', delay_ms: 11_000 })
    const replies = await Promise.all(Array.from({ length: 64 }, () => product.call('GET', path('token'))))
    expect(refreshes().length - before).toBe(1)
    expect(replies.map(reply => reply.status)).toEqual(Array(64).fill(200))
    expect(new Set(replies.map(reply => reply.body.access_token)).size).toBe(1)
  })

  it('keeps handing out the old token when the token endpoint answers 500 once', async () => {
    const { body } = await product.call('GET', path('token'))
    product.sandbox.control.faults({ match: { path: '/api/oauth2/token' }, kind: 'status_500_gateway' })
    const during = await product.call('GET', path('token'))
    expect(during).toMatchObject({ status: 200, body: { access_token: body.access_token } })
    await until(async () => (await product.call('GET', path('token'))).body.access_token !== body.access_token)
    expect(await product.ask('GET', path('connection'))).toMatchObject({ state: 'active' })
  })

  it('gives a call through the proxy with its diagnosis, and refuses what is out of reach', async () => {
    const me = await product.call('GET', path('proxy/current/Me?$select=UserName'))
    expect(me).toMatchObject({ status: 200, body: { d: { results: [{ UserName: A_SHOP }] } } })
    expect(me.headers.get('zetel-diagnosis')).toBe('fine')
    expect(await product.call('GET', path('proxy/9999/crm/Accounts'))).toMatchObject({
      status: 409,
      body: { code: 'administration_out_of_reach' },
    })
    expect(await product.call('POST', path('proxy/api/oauth2/token'))).toMatchObject({
      body: { code: 'proxy_path_refused' },
    })
  })

  it('needs the scope token', async () => {
    const { key } = await product.ask<{ key: string }>('POST', `/v1/tenants/${world.tenant}/api-keys`, {
      label: 'reader',
      scopes: ['read'],
    })
    expect(await product.call('GET', path('token'), undefined, { key })).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    })
  })
})
