import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Http, type Json, type JsonObject, startHttp } from '../support/http.ts'

let http: Http
let document: JsonObject
beforeAll(async () => {
  http = await startHttp()
  document = (await http.call('GET', '/v1/openapi.json', { key: null })).body
})
afterAll(() => http.close())

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

const operations = () =>
  Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item)).map(([method, operation]) => ({ path, method, operation: object(operation) })),
  )

const everyObject = (value: Json | undefined): JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(everyObject)
  const at = object(value)
  return typeof value === 'object' && value !== null ? [at, ...Object.values(at).flatMap(everyObject)] : []
}

describe('the OpenAPI document', () => {
  it('is version 3.1 with what the specification demands of every operation', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Zetel', version: '1' } })
    for (const { path, method, operation } of operations()) {
      expect(METHODS, `${method} ${path}`).toContain(method)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const given = list(operation.parameters)
        .map(object)
        .filter(parameter => parameter.in === 'path')
      expect(given.map(({ name }) => name).sort()).toEqual(named.sort())
      for (const parameter of given) expect(parameter).toMatchObject({ required: true, schema: { type: 'string' } })
      const responses = Object.entries(object(operation.responses))
      expect(responses.length).toBeGreaterThan(0)
      for (const [status, response] of responses) {
        expect(status).toMatch(/^[1-5]\d\d$/)
        expect(object(response).description).toBeTypeOf('string')
      }
    }
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has nothing that version 3.1 dropped, and refers only to what it holds', () => {
    for (const part of everyObject(document)) {
      expect(part).not.toHaveProperty('nullable')
      if (typeof part.$ref !== 'string') continue
      const target = part.$ref
        .slice(2)
        .split('/')
        .reduce((at: Json | undefined, step) => object(at)[step], document)
      expect(target, part.$ref).toBeDefined()
    }
  })

  it('lists every route there is', () => {
    const known = operations().map(({ method, path }) => `${method} ${path}`)
    const declared = http.api.described.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(declared).size).toBe(declared.length)
    expect(known.toSorted()).toEqual([...declared, 'get /healthz', 'get /v1/openapi.json'].toSorted())
    const served = http.api.app.routes
      .filter(({ path, method }) => path.startsWith('/v1/') && METHODS.includes(method.toLowerCase()))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)(\{\.\+\})?/g, '{$1}')}`)
    expect([...new Set(served)].toSorted()).toEqual(known.filter(route => route.includes(' /v1/')).toSorted())
  })

  it('demands a key of every route but the public ones, and gives every refusal as a problem', () => {
    for (const { path, operation } of operations()) {
      if (!path.startsWith('/v1/') || path === '/v1/openapi.json') continue
      expect(operation.security).toEqual([{ api_key: [] }])
      const responses = object(operation.responses)
      for (const status of ['401', '403', '404', '422', '500', '503'])
        expect(responses[status]).toMatchObject({
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        })
    }
  })

  it('lets no object from outside hold fields it does not name', () => {
    for (const { path, operation } of operations()) {
      const schema = object(object(object(object(operation.requestBody).content)['application/json']).schema)
      if (Object.keys(schema).length === 0) continue
      const name =
        String(schema.$ref ?? '')
          .split('/')
          .at(-1) ?? ''
      const resolved = name === '' ? schema : object(object(object(document.components).schemas)[name])
      expect(resolved, path).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  it('P41 knows no answer in which a stored secret could stand', () => {
    const names = everyObject(document).flatMap(part => Object.keys(object(part.properties)))
    for (const name of ['sealed_secret', 'hash', 'refresh_token', 'secret_hash']) expect(names).not.toContain(name)
  })
})
