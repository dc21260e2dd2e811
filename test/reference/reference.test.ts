import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApiDocument } from '../../src/http/openapi.ts'
import { ApiDocument } from '../../src/reference/api-document.ts'
import { chapters } from '../../src/reference/reference.ts'
import { schemaRows } from '../../src/reference/schema-rows.ts'
import { type Http, startHttp } from '../support/http.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const open = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await http.api.app.request(path, { headers })
  return { status: answer.status, html: await answer.text() }
}

describe('the API reference', () => {
  it('describes every call that there is, each once', async () => {
    const all = chapters(ApiDocument.parse(openApiDocument(http.api)))
    const told = all.flatMap(({ calls }) => calls.map(({ method, path }) => `${method} ${path}`))
    expect(new Set(told).size).toBe(told.length)
    for (const { method, path } of http.api.described) expect(told).toContain(`${method.toUpperCase()} ${path}`)
    const { html } = await open('/docs')
    for (const { slug, calls } of all) {
      const chapter = await open(`/docs/${slug}`)
      expect(chapter.status).toBe(200)
      expect(chapter.html.length, slug).toBeLessThan(100_000)
      for (const call of calls) {
        expect(html).toContain(`/docs/${slug}#${call.id}`)
        expect(chapter.html).toContain(`id="${call.id}"`)
        expect(chapter.html).toContain(`${call.method} ${call.path}`)
      }
    }
  })

  it('tells every field of a body, however deep, with what it takes', () => {
    const document = ApiDocument.parse(openApiDocument(http.api))
    const rows = schemaRows({ $ref: '#/components/schemas/NewIntegration' }, document.components.schemas)
    expect(rows.map(row => row.path)).toEqual(
      expect.arrayContaining(['source.kind', 'target.administration_id', 'bookkeeping.lines[].vat_code']),
    )
    expect(rows.find(row => row.path === 'source.kind')).toMatchObject({ required: true, note: 'webshop · pos · psp' })
    expect(rows.find(row => row.path === 'booking_kinds')?.type).toBe('string[]')
    expect(rows.find(row => row.path === 'strict')).toMatchObject({ required: false, note: '= false' })
  })

  it.each([
    ['nl', 'De API van Zetel'],
    ['en', 'Zetel&#39;s API'],
  ])('speaks %s', async (locale, title) => {
    expect((await open('/docs', { 'accept-language': locale })).html).toContain(title)
    expect((await open(`/docs?locale=${locale}`)).html).toContain(title)
  })

  it('has no page for what is not there', async () => {
    expect((await open('/docs/nothing')).status).toBe(404)
  })
})
