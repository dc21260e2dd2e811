import { bookingKind } from './booking-kinds.ts'
import type { Endpoint } from './endpoints.ts'
import { meets, parseFilter } from './filter.ts'
import { type Call, json, type Reply } from './http.ts'
import { refusal, results, wire } from './odata.ts'
import type { Data, DataRecord } from './records.ts'
import type { World } from './state.ts'

const pageSize = 60
const badQuery = 'Bad Request - Error in query syntax.'

interface Row {
  id: string
  data: Data
}

/** Answer GET of a collection: filtered, ordered, selected, 60 a page. */
export function getCollection(world: World, call: Call, endpoint: Endpoint, division: number): Reply {
  const { query } = call
  const all = visibleRows(world, endpoint, division)
  if (world.settings.select_required && !query.has('$select') && query.get('$top') !== '1') {
    return refusal(400, 'Please add a $select or a $top=1 statement to the query string.')
  }
  const rows = filtered(all, query.get('$filter'), propertiesOf(endpoint, all))
  if (rows === null) return refusal(400, badQuery)
  const ordered = inOrder(rows, query.get('$orderby'))
  const asked = page(ordered, query)
  if (asked === null) return refusal(400, badQuery)
  const wires = asked.rows.map(row => selected(row, call, endpoint, division))
  return results(wires, asked.more === null ? undefined : nextPage(call, asked.more))
}

/** Answer GET of one entity; it does not lag. */
export function getOne(call: Call, endpoint: Endpoint, record: DataRecord): Reply {
  return json(200, { d: selected(record, call, endpoint, record.division) })
}

/** Find an entity by the key in the URL. */
export function findByKey(world: World, endpoint: Endpoint, division: number, id: string): DataRecord | undefined {
  if (endpoint.linesOf === undefined) return world.records.find(division, endpoint.path, id)
  const row = visibleRows(world, endpoint, division).find(line => line.id === id.toLowerCase())
  return row === undefined ? undefined : { ...row, division, endpoint: endpoint.path, visible_at: 0 }
}

function visibleRows(world: World, endpoint: Endpoint, division: number): Row[] {
  const source = endpoint.linesOf ?? endpoint.path
  const now = world.now()
  const records = world.records.all(division, source).filter(record => record.visible_at <= now)
  const lines = bookingKind(source)?.linesField
  if (endpoint.linesOf === undefined || lines === undefined) return records
  return records.flatMap(record => {
    const value = record.data[lines]
    return Array.isArray(value) ? value.map(line => ({ id: String(line.ID), data: line })) : []
  })
}

function propertiesOf(endpoint: Endpoint, rows: readonly Row[]): ReadonlySet<string> | null {
  const sample = rows[0]
  if (sample === undefined) return null
  const kind = bookingKind(endpoint.path)
  return new Set([...Object.keys(sample.data), ...(kind?.header ?? [])])
}

function filtered(rows: Row[], filter: string | null, known: ReadonlySet<string> | null): Row[] | null {
  if (filter === null) return rows
  const clauses = parseFilter(filter)
  if (clauses === null) return null
  if (known !== null && clauses.some(clause => !known.has(clause.field))) return null
  return rows.filter(row => meets(row.data, clauses))
}

function inOrder(rows: Row[], order: string | null): Row[] {
  const [field, direction] = (order ?? '').split(' ')
  if (field === undefined || field === '') return rows
  const sign = direction === 'desc' ? -1 : 1
  const value = (row: Row) => row.data[field] ?? ''
  return rows.toSorted((left, right) => (value(left) < value(right) ? -sign : value(left) > value(right) ? sign : 0))
}

function page(rows: Row[], query: URLSearchParams): { rows: Row[]; more: string | null } | null {
  const top = count(query.get('$top'), Number.POSITIVE_INFINITY)
  const skip = count(query.get('$skip'), 0)
  const start = after(rows, query.get('$skiptoken'))
  if (top === null || skip === null || start === null) return null
  const wanted = rows.slice(start + skip).slice(0, top)
  const shown = wanted.slice(0, pageSize)
  return { rows: shown, more: wanted.length > shown.length ? (shown.at(-1)?.id ?? null) : null }
}

function count(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise
  return /^\d+$/.test(text) ? Number(text) : null
}

function after(rows: Row[], token: string | null): number | null {
  if (token === null) return 0
  const id = /^guid'([^']+)'$/.exec(token)?.[1]
  const index = id === undefined ? -1 : rows.findIndex(row => row.id === id)
  return index < 0 ? null : index + 1
}

function nextPage(call: Call, lastId: string): string {
  const url = new URL(`${call.origin}${call.path}`)
  for (const [name, value] of call.query)
    if (name !== '$skip' && name !== '$skiptoken') url.searchParams.set(name, value)
  const top = count(call.query.get('$top'), 0)
  if (top !== null && top > pageSize) url.searchParams.set('$top', String(top - pageSize))
  url.searchParams.set('$skiptoken', `guid'${lastId}'`)
  return url.href
}

function selected(row: Row, call: Call, endpoint: Endpoint, division: number): Record<string, unknown> {
  const uri = `${call.origin}/api/v1/${division}/${endpoint.path}(guid'${row.id}')`
  const full = wire(row.data, uri, (call.query.get('$expand') ?? '').split(','))
  const names = call.query
    .get('$select')
    ?.split(',')
    .map(name => name.trim())
  if (names === undefined || names.includes('*')) return full
  return Object.fromEntries(Object.entries(full).filter(([name]) => name === '__metadata' || names.includes(name)))
}
