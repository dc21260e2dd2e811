// What a tenant needs before anything can be booked, made through the API itself.
import { expect } from 'vitest'
import { type IdByPrefix, isId } from '../../src/id.ts'
import type { Scope } from '../../src/tenants/api-key.ts'
import type { Answered, Http, Json, JsonObject } from './http.ts'

/** Take an id out of an answer, as the kind it must be. */
export function idIn<P extends keyof IdByPrefix>(prefix: P, value: Json | undefined): IdByPrefix[P] {
  if (typeof value !== 'string' || !isId(prefix, value)) throw new Error(`No ${prefix} id: ${JSON.stringify(value)}`)
  return value
}

/** Give what was made; fails when it was not. */
export function made(answer: Answered): JsonObject {
  expect(answer.text, answer.text).not.toBe('')
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

let count = 0

/** A tenant with a key for everything. */
export async function addTenant(http: Http, scopes?: readonly Scope[]) {
  count += 1
  const body = made(await http.call('POST', '/v1/tenants', { body: { name: `Tenant ${count}`, locale: 'nl' } }))
  const id = idIn('ten', body.id)
  return { id, key: await http.key(id, scopes), path: `/v1/tenants/${id}` }
}

export const newApp = () => ({
  provider: 'exact-online',
  base_url: 'https://start.exactonline.nl',
  client_id: `client-${++count}`,
  client_secret: 'the-client-secret',
  registration: 'published',
  scopes: ['financial.accounting'],
})

export async function addApp(http: Http) {
  const body = made(await http.call('POST', '/v1/provider-apps', { body: newApp() }))
  return idIn('app', body.id)
}

export const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

export const newIntegration = (app: string, administration: string): JsonObject => ({
  label: 'Webshop',
  source: { kind: 'webshop', provider: 'shopify', ref: 'shop.example' },
  target: { provider_app_id: app, administration_id: administration },
  booking_kinds: ['sales-entry', 'customer'],
  strict: false,
  bookkeeping: {
    journal: '70',
    default_customer: GUID,
    lines: [{ vat_category: 'S', vat_rate: '21', gl_account: GUID, vat_code: '2' }],
  },
})

/** A tenant with one of everything. */
export async function addFurnishedTenant(http: Http) {
  const tenant = await addTenant(http)
  const post = async (path: string, body: unknown) =>
    made(await http.call('POST', `${tenant.path}${path}`, { key: tenant.key, body }))
  const app = await addApp(http)
  const numbered = { provider: 'exact-online', external_id: String(++count), name: 'Books' }
  const administration = idIn('adm', (await post('/administrations', numbered)).id)
  const person = { provider: 'exact-online', username: `till-${count}`, email: 'till@shop.example', kind: 'full_user' }
  const account = idIn('sva', (await post('/service-accounts', person)).id)
  const integration = idIn('int', (await post('/integrations', newIntegration(app, administration))).id)
  const apiKey = idIn('key', (await post('/api-keys', { label: 'sync', scopes: ['read'] })).id)
  return { ...tenant, app, administration, account, integration, apiKey }
}
