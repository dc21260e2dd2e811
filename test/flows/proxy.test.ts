import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { salesEntry } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'

let seats: Seats
let till: Till
beforeAll(async () => {
  seats = await Seats.start()
  till = await Till.open(seats, { divisions: [1001, 1002, 2044], granted: [1001, 1002] })
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const get = (path: string, from = till) =>
  from.keeper.proxy(from.tenant, { method: 'GET', path, contentType: null, body: null }, 'key:test')
const post = (path: string, body: string, from = till) =>
  from.keeper.proxy(from.tenant, { method: 'POST', path, contentType: 'application/json', body }, 'key:test')

const asked = () => seats.sandbox.control.log().length

describe('a call put through to the provider', () => {
  it('answers with what the provider said and what it means', async () => {
    expect(await get('current/Me')).toMatchObject({
      ok: true,
      value: { status: 200, diagnosis: 'fine', retryAt: null },
    })
    const listed = await get('/api/v1/1001/financial/Journals?$select=Code&$top=1')
    expect(listed).toMatchObject({ ok: true, value: { status: 200, contentType: expect.stringContaining('json') } })
    expect(listed.ok && JSON.parse(listed.value.body)).toMatchObject({ d: { results: [{ Code: expect.any(String) }] } })
  })

  it('books by hand, keeps an audit entry without the query or the body, and none of a reading', async () => {
    const own = await Till.open(seats)
    expect(await post('1001/salesentry/SalesEntries?$x=secret', JSON.stringify(salesEntry()), own)).toMatchObject({
      value: { status: 201, diagnosis: 'fine' },
    })
    await get('1001/financial/Journals', own)
    const said = await seats.db.select().from(schema.audit).where(eq(schema.audit.tenantId, own.tenant))
    expect(said.filter(entry => entry.action === 'proxy.called')).toMatchObject([
      {
        actor: 'key:test',
        subject: own.integration,
        detail: { method: 'POST', path: '/api/v1/1001/salesentry/SalesEntries' },
      },
    ])
  })

  it.each([
    ['REST', '2044/salesentry/SalesEntries', '2044'],
    ['REST with the whole path', '/api/v1/2044/salesentry/SalesEntries', '2044'],
    ['REST below a company within reach', '1001/../2044/salesentry/SalesEntries', '2044'],
    ['REST with an encoded number', '%32%30%34%34/salesentry/SalesEntries', '2044'],
    ['REST beta', 'beta/2044/salesentry/SalesEntries', '2044'],
    ['XML', '/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_=2044', '2044'],
    ['XML in other letters', '/docs/xmldownload.aspx?topic=Accounts&_DIVISION_=2044', '2044'],
    ['XML with two companies', '/docs/XMLUpload.aspx?_Division_=1001&_Division_=2044', '1001,2044'],
    ['XML without a company', '/docs/XMLUpload.aspx?Topic=GLTransactions', ''],
  ])('DIV-06 DIV-13 refuses a company out of reach before it is sent: %s', async (_what, path, administration) => {
    const before = asked()
    const refused = { ok: false, failure: { kind: 'administration_out_of_reach', administration } }
    expect(await get(path)).toEqual(refused)
    expect(await post(path, '{}')).toEqual(refused)
    expect(asked()).toBe(before)
  })

  it('DIV-06 lets a company within reach through, REST and XML', async () => {
    expect(await get('1002/financial/Journals')).toMatchObject({ ok: true, value: { status: 200 } })
    expect(await get('/docs/XMLDownload.aspx?Topic=Accounts&_Division_=1002')).toMatchObject({ ok: true })
  })

  it.each([
    '/api/oauth2/token',
    'api/oauth2/token',
    '//api/oauth2/auth',
    '../oauth2/token',
    '../../oauth2/token',
    '/api/v1/../oauth2/token',
    '/docs/../api/oauth2/token',
    '/api/v1/%2e%2e/oauth2/token',
    '/api/v1/%2E%2E%2Foauth2/token',
    '/api/v1/..%2foauth2%2ftoken',
    '/api/v1/..%5coauth2%5ctoken',
    '/api/v1\\..\\oauth2\\token',
    '/api/v1/1001/%2e%2e%2f2044/crm/Accounts',
    '/docs/../_control/state',
    '/API/oauth2/token',
  ])('refuses a path that would leave the API: %s', async path => {
    const before = asked()
    expect(await get(path)).toEqual({ ok: false, failure: { kind: 'proxy_path_refused', path } })
    expect(await post(path, 'grant_type=refresh_token')).toMatchObject({ ok: false })
    expect(asked()).toBe(before)
  })

  it.each([
    'https://evil.example/api/v1/1001/x',
    '//evil.example/api/v1/current/Me',
    '\\\\evil.example\\current',
    '@evil.example/current/Me',
  ])("never leaves the provider's host: %s", async path => {
    const hosts: string[] = []
    const { fetch } = seats
    seats.fetch = (url, init) => {
      hosts.push(new URL(url).origin)
      return fetch(url, init)
    }
    await get(path)
    seats.fetch = fetch
    expect(hosts.every(host => host === seats.sandbox.url)).toBe(true)
  })

  it('says which layer refused, and that it only derived a bare Forbidden', async () => {
    const own = await Till.open(seats, { divisions: [1001, 1002] })
    own.right(false)
    expect(await post('1001/salesentry/SalesEntries', JSON.stringify(salesEntry()), own)).toMatchObject({
      value: { status: 403, diagnosis: 'right_derived' },
    })
    seats.sandbox.control.grantScope({ username: own.username, client_id: own.client, divisions: [1002] })
    expect(await get('1001/financial/Journals', own)).toMatchObject({
      value: { status: 403, diagnosis: 'division_out_of_scope' },
    })
    expect(await post('1001/financial/Journals', '{}', own)).toMatchObject({
      value: { status: 405, diagnosis: 'refused' },
    })
  })

  it('hands on a 429 with its moment, and puts nothing through until then', async () => {
    const own = await Till.open(seats)
    const resetAt = seats.clock.now() + 40_000
    const headers = {
      'X-RateLimit-Minutely-Limit': '60',
      'X-RateLimit-Minutely-Remaining': '0',
      'X-RateLimit-Minutely-Reset': String(resetAt),
    }
    seats.sandbox.control.faults({ match: { path: 'Journals', client_id: own.client }, kind: 'status_429', headers })
    expect(await get('1001/financial/Journals', own)).toMatchObject({
      value: { status: 429, diagnosis: 'rate_limited', retryAt: resetAt },
    })
    expect(await get('1001/vat/VATCodes', own)).toEqual({
      ok: false,
      failure: { kind: 'provider_rate_limited', retryAt: resetAt },
    })
    seats.advance(41_000)
    expect(await get('1001/vat/VATCodes', own)).toMatchObject({ ok: true })
  })

  it('says that it does not know when the answer is lost, and never asks twice', async () => {
    const own = await Till.open(seats)
    own.fault('drop_after')
    expect(await post('1001/salesentry/SalesEntries', JSON.stringify(salesEntry()), own)).toMatchObject({
      failure: { kind: 'provider_unreachable' },
    })
    expect(own.posts()).toHaveLength(1)
    expect(own.ledger()).toHaveLength(1)
  })

  it('puts nothing through for who has not connected, nor for another tenant', async () => {
    const fresh = await Till.make(seats)
    expect(await get('current/Me', fresh)).toEqual({ ok: false, failure: { kind: 'not_connected' } })
    const request = { method: 'GET', path: 'current/Me', contentType: null, body: null } as const
    expect(await till.keeper.proxy(fresh.tenant, request, 'key:test')).toEqual({
      ok: false,
      failure: { kind: 'not_found' },
    })
  })
})
