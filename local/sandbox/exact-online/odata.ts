import { type Call, json, type Reply } from './http.ts'
import type { Data, Line, Value } from './records.ts'

const dateName = /(Date|^Created|^Modified)$/
const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/

/** Answer with the error body every refusal here has; code and lang are always empty. */
export function refusal(status: number, value: string, headers: Record<string, string> = {}): Reply {
  return json(status, { error: { code: '', message: { lang: '', value } } }, headers)
}

/** Answer 403; the body does not say which layer refused unless its text does. */
export function forbidden(value = 'Forbidden', reason?: string): Reply {
  return refusal(403, value, reason === undefined ? {} : { Reason: reason })
}

/** Whether this property holds a date. */
export function isDate(name: string): boolean {
  return dateName.test(name)
}

/** Read a date as callers send it (ISO, no zone, taken as UTC); null when it is none. */
export function parseDate(value: string): number | null {
  if (!isoDate.test(value)) return null
  const ms = Date.parse(value.includes('T') && !value.endsWith('Z') ? `${value}Z` : value)
  return Number.isNaN(ms) ? null : ms
}

/** One property as it goes out: dates as `/Date(ms)/`. */
export function wireValue(name: string, value: Value): unknown {
  if (typeof value !== 'string' || !isDate(name)) return value
  const ms = parseDate(value)
  return ms === null ? value : `/Date(${ms})/`
}

/** An entity as it goes out; lines are deferred unless expanded. */
export function wire(data: Data, uri: string, expand: readonly string[] = []): Record<string, unknown> {
  const out: Record<string, unknown> = { __metadata: { uri } }
  for (const [name, value] of Object.entries(data)) {
    out[name] = Array.isArray(value) ? wireLines(name, value, uri, expand) : wireValue(name, value)
  }
  return out
}

function wireLines(name: string, lines: Line[], uri: string, expand: readonly string[]): unknown {
  if (!expand.includes(name)) return { __deferred: { uri: `${uri}/${name}` } }
  return { results: lines.map(line => wire(line, `${uri}/${name}`)) }
}

/** Answer with a list of entities. */
export function results(rows: unknown[], next?: string): Reply {
  return json(200, { d: next === undefined ? { results: rows } : { results: rows, __next: next } })
}

/** Turn a JSON answer into what a caller gets who did not ask for JSON: Atom, or a refusal of plain XML. */
export function negotiated(call: Call, reply: Reply, atomByDefault: boolean): Reply {
  const accept = call.headers.accept ?? '*/*'
  if (!atomByDefault || reply.status !== 200 || accept.includes('json')) return reply
  if (accept.includes('application/xml')) return refusal(406, 'Unsupported media type requested.')
  const body =
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Ask for application/json</title></feed>'
  return { status: 200, headers: { ...reply.headers, 'content-type': 'application/atom+xml; charset=utf-8' }, body }
}
