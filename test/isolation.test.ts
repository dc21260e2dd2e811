import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IdByPrefix, newId } from '../src/id.ts'
import { A_SHOP, salesEntry } from './support/exact.ts'
import { Product } from './support/product.ts'
import { random } from './support/seats.ts'

// Walks every route of the served document as the wrong tenant.

type Tenant = { tenant: string; key: string; ids: Record<string, string> }
type Document = { paths: Record<string, Record<string, { tags: string[] }>> }

let product: Product
let victim: Tenant
let stranger: Tenant
let document: Document

const PREFIX: Record<string, keyof IdByPrefix> = {
  tenant: 'ten',
  integration: 'int',
  administration: 'adm',
  service_account: 'sva',
  transaction: 'txn',
  api_key: 'key',
}
const randomId = (name: string): string => newId(PREFIX[name] ?? 'ten', { now: () => Date.now() }, random)

/** A tenant with one of everything. */
async function furnished(name: string, connected: boolean): Promise<Tenant> {
  const world = await product.setup(name)
  const integration = await product.integration(world, `Webshop ${name}`)
  if (connected) await product.connect(world.tenant, integration, A_SHOP)
  const base = `/v1/tenants/${world.tenant}`
  const transaction = await product.ask(
    'POST',
    `${base}/integrations/${integration}/transactions`,
    { booking_kind: 'sales-entry', reference: 'secret', payload: salesEntry() },
    { idempotencyKey: 'first' },
  )
  const account = await product.ask('POST', `${base}/service-accounts`, {
    provider: 'exact-online',
    username: `user@${name}.example`,
    email: `user@${name}.example`,
    kind: 'full_user',
    roles: [],
    administrations: ['1001'],
  })
  const made = await product.ask<{ id: string; key: string }>('POST', `${base}/api-keys`, {
    label: 'all',
    scopes: ['read', 'write', 'transactions', 'token', 'admin'],
  })
  return {
    tenant: world.tenant,
    key: made.key,
    ids: {
      tenant: world.tenant,
      integration,
      administration: world.administration,
      service_account: account.id,
      transaction: transaction.id,
      api_key: made.id,
    },
  }
}

const fill = (path: string, idOf: (name: string) => string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'path' ? 'current/Me' : idOf(name)))

/** What a caller sees, but for the request's own id. */
async function seen(method: string, path: string): Promise<string> {
  const body = method === 'GET' || method === 'DELETE' ? undefined : bodyFor(path)
  const reply = await product.call(method, path, body, { key: stranger.key, idempotencyKey: crypto.randomUUID() })
  return JSON.stringify([reply.status, reply.headers.get('content-type'), { ...reply.body, request_id: undefined }])
}

const bodyFor = (path: string): Record<string, unknown> => {
  if (path.endsWith('/transactions')) return { booking_kind: 'sales-entry', reference: 'x', payload: salesEntry() }
  if (path.endsWith('/preflight')) return { booking_kind: 'sales-entry' }
  if (path.endsWith('/tried-by-hand')) return { words: 'Geen rechten' }
  if (path.endsWith('/resolve')) return { outcome: 'delivered' }
  if (path.endsWith('/transfer')) return { to_integration_id: stranger.ids.integration }
  return {}
}

beforeAll(async () => {
  product = await Product.start()
  victim = await furnished('victim', true)
  stranger = await furnished('stranger', false)
  document = await product.ask<Document>('GET', '/v1/openapi.json')
})
afterAll(() => product.close())

describe('P34 another tenant’s id is as good as one that does not exist', () => {
  it('on every route below a tenant, for the tenant itself and for each id in the path', async () => {
    const before = await everythingOf(victim)
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.includes('{tenant}') ? Object.keys(methods).map(method => ({ method: method.toUpperCase(), path })) : [],
    )
    expect(routes.length).toBeGreaterThan(25)
    for (const { method, path } of routes) {
      const theirs = await seen(
        method,
        fill(path, name => victim.ids[name] ?? ''),
      )
      expect(theirs, `${method} ${path}`).toBe(await seen(method, fill(path, randomId)))
      expect(theirs, `${method} ${path}`).toMatch(/^\[404,"application\/problem\+json"/)
      const names = [...path.matchAll(/\{(\w+)\}/g)]
        .map(([, name = '']) => name)
        .filter(name => name !== 'tenant' && name !== 'path')
      for (const swapped of names) {
        const withId = (id: string) => fill(path, name => (name === swapped ? id : (stranger.ids[name] ?? '')))
        const swappedIn = await seen(method, withId(victim.ids[swapped] ?? ''))
        expect(swappedIn, `${method} ${path} with the other's ${swapped}`).toBe(
          await seen(method, withId(randomId(swapped))),
        )
        expect(swappedIn).toMatch(/^\[404,/)
      }
    }
    expect(await everythingOf(victim)).toBe(before)
  })

  it('in the bodies and queries that name ids', async () => {
    const own = `/v1/tenants/${stranger.tenant}`
    const put = async (method: string, path: string, body: unknown) => {
      const reply = await product.call(method, path, body, { key: stranger.key })
      return JSON.stringify([reply.status, { ...reply.body, request_id: undefined }])
    }
    const bodies: [string, (id: (name: string) => string) => Record<string, unknown>][] = [
      ['integrations/INT/connect-links', id => ({ service_account_id: id('service_account') })],
      ['integrations/INT/connection/transfer', id => ({ to_integration_id: id('integration') })],
      ['integrations/INT/preflight', id => ({ booking_kind: 'sales-entry', administration_id: id('administration') })],
    ]
    for (const [path, body] of bodies) {
      const url = `${own}/${path.replace('INT', stranger.ids.integration ?? '')}`
      const theirs = await put(
        'POST',
        url,
        body(name => victim.ids[name] ?? ''),
      )
      expect(theirs, path).toBe(await put('POST', url, body(randomId)))
      expect(theirs).toMatch(/^\[4/)
    }
    const listed = (id: string) =>
      product.call('GET', `${own}/transactions?integration_id=${id}`, undefined, { key: stranger.key })
    expect((await listed(victim.ids.integration ?? '')).body).toEqual((await listed(randomId('integration'))).body)
  })

  it('keeps the operator’s routes from tenants', async () => {
    for (const path of ['/v1/tenants', '/v1/provider-apps', '/v1/health']) {
      expect((await product.call('GET', path, undefined, { key: stranger.key })).status, path).toBe(403)
    }
  })
})

/** All that a tenant could notice of a change. */
async function everythingOf({ tenant, ids }: Tenant): Promise<string> {
  const parts = await Promise.all(
    [
      'integrations',
      'administrations',
      'service-accounts',
      'api-keys',
      'audit',
      `transactions/${ids.transaction}`,
      `integrations/${ids.integration}/connection`,
    ].map(path => product.ask<Record<string, unknown>>('GET', `/v1/tenants/${tenant}/${path}`)),
  )
  return JSON.stringify(parts)
}
