import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { A_SHOP } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'

const CANARIES = {
  access: 'CANARY-access-token-7f3a!xyz',
  refresh: 'CANARY-refresh-token-91bc!xyz',
  secret: 'CANARY-client-secret-44de!xyz',
}

let product: Product
let world: Setup
let integration: string

beforeAll(async () => {
  product = await Product.start()
  world = await product.setup()
  const app = await product.ask('POST', '/v1/provider-apps', {
    provider: 'exact-online',
    base_url: product.sandbox.url,
    client_id: 'canary',
    client_secret: CANARIES.secret,
    registration: 'published',
    scopes: [],
  })
  world = { ...world, app: app.id }
  integration = await product.integration(world, 'Webshop A')
  product.sandbox.control.settings({ token_seconds: 30 })
  await product.connect(world.tenant, integration, A_SHOP)
})
afterAll(() => product.close())

/** How a secret could stand in a file: as it is, base64 at each of three offsets, hex, or escaped for an address. */
function forms(secret: string): Buffer[] {
  const shifted = [0, 1, 2].map(pad =>
    Buffer.concat([Buffer.alloc(pad), Buffer.from(secret)])
      .toString('base64')
      .slice(4, -4),
  )
  return [secret, ...shifted, Buffer.from(secret).toString('hex'), encodeURIComponent(secret)].map(text =>
    Buffer.from(text),
  )
}

const files = (): string[] =>
  readdirSync(product.folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

it('P21 leaves no token and no client secret readable in the database, its log, or the seats’ own storage', async () => {
  const { control } = product.sandbox
  const body = JSON.stringify({
    access_token: CANARIES.access,
    refresh_token: CANARIES.refresh,
    token_type: 'Bearer',
    expires_in: '600',
  })
  control.faults({
    match: { path: '/api/oauth2/token' },
    kind: 'status',
    status: 200,
    body,
    headers: { 'content-type': 'application/json' },
  })
  const path = `/v1/tenants/${world.tenant}/integrations/${integration}`
  expect(await product.call('GET', `${path}/token`)).toMatchObject({
    status: 200,
    body: { access_token: CANARIES.access },
  })
  await product.call('GET', `${path}/proxy/current/Me`)
  for (const route of [
    path,
    `${path}/connection`,
    `/v1/tenants/${world.tenant}/audit`,
    `/v1/tenants/${world.tenant}/health`,
    '/v1/provider-apps',
  ]) {
    const answer = JSON.stringify((await product.call('GET', route)).body)
    for (const canary of Object.values(CANARIES)) expect(answer, route).not.toContain(canary)
  }
  const kept = files()
  expect(kept.some(path => path.endsWith('zetel.db-wal')) && kept.some(path => path.includes('seats'))).toBe(true)
  const found = kept.flatMap(path => {
    const bytes = readFileSync(path)
    return Object.entries(CANARIES).flatMap(([name, secret]) =>
      forms(secret).some(form => bytes.includes(form)) ? [`${name} in ${path}`] : [],
    )
  })
  expect(found).toEqual([])
})

it('P28 starts nothing without usable keys', async () => {
  for (const ZETEL_KEYS of ['', 'k1:c2hvcnQ=', 'nonsense']) {
    await product.kill()
    await product.revive({ ZETEL_KEYS })
    expect((await product.call('GET', '/healthz')).status, ZETEL_KEYS).toBe(500)
    expect((await product.call('GET', '/v1/tenants')).status, ZETEL_KEYS).toBe(500)
  }
})
