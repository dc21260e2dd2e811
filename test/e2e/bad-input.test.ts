import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { A_SHOP, salesEntry } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'

let product: Product
let world: Setup
let integration: string
const url = (query = '') => `/v1/tenants/${world.tenant}/integrations/${integration}/transactions${query}`
const booking = (over: Record<string, unknown> = {}) => ({
  booking_kind: 'sales-entry',
  reference: 'r',
  payload: salesEntry(),
  ...over,
})
let keys = 0
const post = (body: unknown, idempotencyKey = `k${++keys}`) => product.call('POST', url(), body, { idempotencyKey })
const stored = async () =>
  (await product.ask<{ data: unknown[] }>('GET', `/v1/tenants/${world.tenant}/transactions`)).data.length

beforeAll(async () => {
  product = await Product.start()
  world = await product.setup()
  integration = await product.integration(world, 'Webshop A')
  await product.connect(world.tenant, integration, A_SHOP)
})
afterAll(() => product.close())

const xml = (inside: string) =>
  `<?xml version="1.0"?>${inside}<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"></Invoice>`

describe('bad input is refused whole, and says what is wrong', () => {
  it.each<[string, unknown, number, string, string?]>([
    ['an unknown field', booking({ extra: 1 }), 422, 'validation_failed', '/extra'],
    ['an unknown booking kind', booking({ booking_kind: 'lottery' }), 422, 'validation_failed', '/booking_kind'],
    [
      'a booking kind this integration does not book',
      booking({ booking_kind: 'item', payload: { Code: 'a', Description: 'b' } }),
      422,
      'validation_failed',
      '/booking_kind',
    ],
    [
      'a mandatory field that is missing',
      booking({ payload: { Journal: '70', SalesEntryLines: [] } }),
      422,
      'validation_failed',
      '/payload/Customer',
    ],
    [
      'neither payload nor document',
      { booking_kind: 'sales-entry', reference: 'r' },
      422,
      'validation_failed',
      '/payload',
    ],
    [
      'both payload and document',
      booking({ document: { format: 'ubl', content: 'x' } }),
      422,
      'validation_failed',
      '/payload',
    ],
    [
      'a document with a DOCTYPE',
      { booking_kind: 'sales-entry', reference: 'r', document: { format: 'ubl', content: xml('<!DOCTYPE x>') } },
      422,
      'validation_failed',
      '/document/content',
    ],
    [
      'a document that is no invoice',
      { booking_kind: 'sales-entry', reference: 'r', document: { format: 'ubl', content: '<a/>' } },
      422,
      'validation_failed',
      '/document/content',
    ],
    ['an empty reference', booking({ reference: '' }), 422, 'validation_failed', '/reference'],
  ])('%s', async (_, body, status, code, pointer) => {
    const before = await stored()
    const reply = await post(body)
    expect(reply).toMatchObject({ status, body: { code, status } })
    expect(reply.headers.get('content-type')).toBe('application/problem+json')
    if (pointer !== undefined) expect(reply.body.errors).toContainEqual(expect.objectContaining({ pointer }))
    expect(await stored()).toBe(before)
  })

  it('a body over 1 MiB, JSON that is none, another content type, and no key at all', async () => {
    const raw = (body: string, headers: Record<string, string>) =>
      fetch(`${product.url}${url()}`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${product.operatorKey}`, 'idempotency-key': 'raw', ...headers },
      })
    const json = { 'content-type': 'application/json' }
    expect((await raw(JSON.stringify(booking({ reference: 'x'.repeat(1_100_000) })), json)).status).toBe(413)
    expect((await raw('{"a":', json)).status).toBe(400)
    expect((await raw('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    expect((await raw('{}', { ...json, authorization: 'Bearer nonsense' })).status).toBe(401)
    expect(await product.call('PUT', url(), booking())).toMatchObject({ status: 405 })
  })

  it('P43 a missing or reused idempotency key; the same key gives the first answer again', async () => {
    expect(await product.call('POST', url(), booking())).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_missing' },
    })
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => post(booking({ reference: 'hundred' }), 'hundred')),
    )
    expect(replies.map(reply => reply.status)).toEqual(Array(100).fill(202))
    expect(new Set(replies.map(reply => JSON.stringify(reply.body))).size).toBe(1)
    expect(await post(booking({ reference: 'other' }), 'hundred')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
    const { data } = await product.ask<{ data: { reference: string }[] }>(
      'GET',
      `/v1/tenants/${world.tenant}/transactions`,
    )
    expect(data.filter(one => one.reference === 'hundred')).toHaveLength(1)
  })

  it('keeps nothing of a denied booking when the caller says reject', async () => {
    const before = await stored()
    const pending = await product.integration(world, 'Webshop B')
    const reply = await product.call(
      'POST',
      `/v1/tenants/${world.tenant}/integrations/${pending}/transactions?on_denied=reject`,
      booking(),
      { idempotencyKey: 'rejected' },
    )
    expect(reply).toMatchObject({ status: 409, body: { code: 'rights_missing', missing: [{ layer: 'connection' }] } })
    expect(await stored()).toBe(before)
  })

  it('says a mapping that is missing by its category and rate', async () => {
    const bare = await product.integration(world, 'Webshop C', {
      bookkeeping: { journal: '70', default_customer: '00001001-0002-4000-8000-000000000001', lines: [] },
    })
    const { readFileSync } = await import('node:fs')
    const content = readFileSync(`${import.meta.dirname}/../support/ubl/invoice-two-rates.xml`, 'utf8')
    const reply = await product.call(
      'POST',
      `/v1/tenants/${world.tenant}/integrations/${bare}/transactions`,
      { booking_kind: 'sales-entry', reference: 'unmapped', document: { format: 'ubl', content } },
      { idempotencyKey: 'unmapped' },
    )
    expect(reply.status).toBe(422)
    expect(JSON.stringify(reply.body.errors)).toMatch(/S.*21/)
  })

  it('answers the health check, and 503 when the database is away', async () => {
    expect(await product.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    await product.database.close()
    expect((await product.call('GET', '/healthz')).status).toBe(503)
  })
})
