import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Http, startHttp } from '../support/http.ts'
import { addTenant } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const newTenant = { name: 'Bakery', locale: 'nl' }
const MiB = 1024 * 1024

/** A body that comes in pieces and does not say how long it is. */
const stream = (bytes: number) => {
  let left = bytes
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(left, 64 * 1024)
      left -= size
      if (size === 0) controller.close()
      else controller.enqueue(new Uint8Array(size).fill(0x20))
    },
  })
}

describe('every answer', () => {
  it('carries a request id of its own, and headers that leave a browser nothing to do', async () => {
    const answers = await Promise.all(
      ['/healthz', '/v1/tenants', '/nowhere', '/v1/openapi.json'].map(path => http.call('GET', path)),
    )
    for (const { headers } of answers) {
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{26,}$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4)
  })

  it('speaks the language asked for when it refuses', async () => {
    const say = async (language: string) =>
      (await http.call('GET', '/v1/tenants', { key: null, headers: { 'accept-language': language } })).body.title
    const [english, dutch] = [await say('en'), await say('nl')]
    expect(english).not.toBe(dutch)
    expect(await say('nl-BE,nl;q=0.9,en;q=0.8')).toBe(dutch)
    expect(await say('fr, en;q=0.2, nl;q=0.5')).toBe(dutch)
    for (const other of ['fr', '', '*', 'nl;q=0', ';;q=,', 'n'.repeat(10_000)]) expect(await say(other)).toBe(english)
  })
})

describe('what does not exist', () => {
  it('answers 404 as a problem', async () => {
    const answer = await http.call('GET', '/v1/nothing')
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found', status: 404 } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  it('answers 405 with the methods that do exist', async () => {
    const answer = await http.call('PUT', '/v1/tenants')
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(answer.headers.get('allow')).toBe('GET, POST')
  })
})

describe('a bad request', () => {
  const bad: [name: string, body: unknown, expected: [number, string]][] = [
    ['a field of the wrong type', { name: 1, locale: 'nl' }, [422, '/name']],
    ['a missing field', { locale: 'nl' }, [422, '/name']],
    ['an unknown field', { ...newTenant, extra: 1 }, [422, '/extra']],
    ['an unknown field whose name needs escaping', { ...newTenant, 'a/b~c': 1 }, [422, '/a~1b~0c']],
    ['a value that is not one of the list', { ...newTenant, locale: 'de' }, [422, '/locale']],
    ['an empty text', { ...newTenant, name: '  ' }, [422, '/name']],
    ['a text with a control character', { ...newTenant, name: 'a\u0000b' }, [422, '/name']],
    ['half a surrogate pair', { ...newTenant, name: 'a\ud800' }, [422, '/name']],
    ['a list for an object', [], [422, '']],
    ['null for an object', null, [422, '']],
  ]
  it.each(bad)('with %s is refused, and says where', async (_name, body, [status, pointer]) => {
    const answer = await http.call('POST', '/v1/tenants', { body })
    expect(answer).toMatchObject({ status, body: { code: 'validation_failed', errors: [{ pointer }] } })
  })

  const unreadable: [name: string, raw: BodyInit, expected: string][] = [
    ['broken JSON', '{"name":', 'malformed_json'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'malformed_json'],
    ['brackets without end', '['.repeat(500_000) + ']'.repeat(500_000), 'malformed_json'],
  ]
  it.each(unreadable)('with %s is refused', async (_name, raw, code) => {
    expect(await http.call('POST', '/v1/tenants', { raw })).toMatchObject({ status: 400, body: { code } })
  })

  it('names all that is wrong at once, but not without end', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`f${at}`.repeat(20), 1]))
    const { status, body } = await http.call('POST', '/v1/tenants', { body: fields })
    expect(status).toBe(422)
    expect(body.errors).toHaveLength(50)
  })

  it('takes a field named __proto__ for what it is: unknown', async () => {
    const answer = await http.call('POST', '/v1/tenants', { raw: '{"name":"a","locale":"nl","__proto__":{"x":1}}' })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/__proto__' }] } })
  })

  it.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    'as %s is refused: bodies are JSON',
    async type => {
      const answer = await http.call('POST', '/v1/tenants', { body: newTenant, headers: { 'content-type': type } })
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
    },
  )

  it('takes JSON that names its character set', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' }
    expect((await http.call('POST', '/v1/tenants', { body: newTenant, headers })).status).toBe(201)
  })

  it('is refused as too large by what it says, before it is read', async () => {
    const headers = { 'content-length': String(MiB + 1) }
    const answer = await http.call('POST', '/v1/tenants', { raw: '{}', headers })
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } })
  })

  it('is refused as too large by what it is, whatever it says, without reading to the end', async () => {
    const endless = stream(1024 * MiB)
    const answer = await http.call('POST', '/v1/tenants', { raw: endless, headers: { 'content-length': '2' } })
    expect(answer.status).toBe(413)
  })

  it('of just 1 MiB is read', async () => {
    expect(await http.call('POST', '/v1/tenants', { raw: stream(MiB) })).toMatchObject({ status: 400 })
  })

  it('with an unknown or wrong query parameter is refused', async () => {
    for (const [query, pointer] of [
      ['limit=0', '/limit'],
      ['limit=201', '/limit'],
      ['limit=1.5', '/limit'],
      ['limit=x', '/limit'],
      ['cursor=%25', '/cursor'],
      ['cursor=dGVu', '/cursor'],
      ['page=2', '/page'],
    ])
      expect(await http.call('GET', `/v1/tenants?${query}`)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer }] },
      })
  })
})

describe('when something breaks', () => {
  it('a bug answers 500 with the request id, says nothing of itself, and is reported without ids', async () => {
    const tenant = await addTenant(http)
    await http.db.run(sql`update tenants set created_at = 'a secret' where id = ${tenant.id}`)
    const before = http.reports.length
    const answer = await http.call('GET', tenant.path)
    expect(answer).toMatchObject({ status: 500, body: { code: 'unexpected' } })
    expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'))
    expect(answer.text).not.toMatch(/secret|Invalid|RangeError|\.ts/)
    expect(http.reports[before]?.what).toBe(`GET /v1/tenants/:tenant ${answer.headers.get('x-request-id')}`)
  })

  it('an unreachable database answers 503, and so does /healthz', async () => {
    const other = await startHttp()
    expect(await other.call('GET', '/healthz', { key: null })).toMatchObject({ status: 200, body: { status: 'ok' } })
    await other.cutDatabase()
    for (const path of ['/healthz', '/v1/tenants'])
      expect(await other.call('GET', path)).toMatchObject({ status: 503, body: { code: 'database_unreachable' } })
    await other.close()
  })
})
