import type { BookingKind, Right } from '../../rights/right.ts'
import type { JsonObject, LookUp, ProviderAnswer, ProviderRequest } from '../provider.ts'
import { ENDPOINTS } from './endpoints.ts'
import { EMPTY_GUID, isRow, listOf, literal, payloadOf, type Row } from './odata.ts'

/** Exact answers Atom XML unless asked for JSON (§2.1, A). */
const ACCEPT = { accept: 'application/json' }

/** A number goes into the path as it is; anything else becomes 0, which is nobody's administration. */
const below = (administration: string, resource: string): string =>
  `/api/v1/${/^\d{1,12}$/.test(administration) ? administration : '0'}/${resource}`

const get = (path: string): ProviderRequest => ({ method: 'GET', path, headers: ACCEPT })

/** Ask for the administrations the user can reach and has granted to the app; `near` goes into the path and nobody checks it (§2.2, D). */
export const reach = (near: string): ProviderRequest => get(`${below(near, 'system/Divisions')}?$select=Code`)

const codeOf = (row: Row): string | null => {
  const { Code: code } = row
  if (typeof code === 'number') return Number.isSafeInteger(code) && code > 0 ? String(code) : null
  return typeof code === 'string' && /^\d+$/.test(code.trim()) ? code.trim() : null
}

/** Keep the path and query of a `__next` address: the host it names never gets the credential. */
const pathBelowBase = (next: string): string | null => {
  if (!URL.canParse(next, 'https://any.invalid')) return null
  const { pathname, search } = new URL(next, 'https://any.invalid')
  const start = pathname.indexOf('/api/v1/')
  return start < 0 ? null : pathname.slice(start) + search
}

/** Read one page of administrations; null when a row or the next page's address cannot be read, for half a list would deny the other half. */
export const readReach = (
  answer: ProviderAnswer,
): { administrations: string[]; next: ProviderRequest | null } | null => {
  const list = listOf(answer)
  if (!list) return null
  const administrations = list.rows.map(codeOf)
  if (!administrations.every(code => code !== null)) return null
  if (list.next === null) return { administrations, next: null }
  const path = pathBelowBase(list.next)
  return path === null ? null : { administrations, next: get(path) }
}

/** Ask whether the user holds a right in an administration (§2.3); needs the app scope Organization administration. */
export const right = (asked: Right, administration: string): ProviderRequest =>
  get(
    `${below(administration, 'users/UserHasRights')}?endpoint=${literal(asked.resource)}&action=${literal(asked.action)}`,
  )

/** Read either shape reported, `{"d":{"UserHasRights":true}}` and `{"d":true}`; all else is unknown (§2.3, U which is current). */
export const readRight = (answer: ProviderAnswer): 'yes' | 'no' | 'unknown' => {
  const d = payloadOf(answer)
  const said = isRow(d) ? d.UserHasRights : d
  if (said === true) return 'yes'
  return said === false ? 'no' : 'unknown'
}

/** Make the request that books a payload; without `Prefer` the answer's properties come back null (§5.1, A). */
export const write = (kind: BookingKind, administration: string, payload: JsonObject): ProviderRequest => ({
  method: 'POST',
  path: below(administration, ENDPOINTS[kind].resource),
  headers: { ...ACCEPT, 'content-type': 'application/json', prefer: 'return=representation' },
  body: JSON.stringify(payload),
})

const idOf = (kind: BookingKind, row: unknown): string | null => {
  const id = isRow(row) ? row[ENDPOINTS[kind].key] : undefined
  return typeof id === 'string' && id.trim() !== '' && id !== EMPTY_GUID ? id.trim() : null
}

/** Read the id of what was booked: EntryID, InvoiceID, OrderID or ID; null when there is none. */
export const readWritten = (kind: BookingKind, answer: ProviderAnswer): string | null => {
  const d = payloadOf(answer)
  const rows = listOf(answer)?.rows
  return rows ? (rows.length === 1 ? idOf(kind, rows[0]) : null) : idOf(kind, d)
}

/** Ask for bookings by the field that holds their reference (§5.3). */
export const lookUp = (kind: BookingKind, administration: string, by: LookUp): ProviderRequest => {
  const { resource, key } = ENDPOINTS[kind]
  const filter = `${encodeURIComponent(`${by.field} eq `)}${literal(by.value)}`
  return get(`${below(administration, resource)}?$filter=${filter}&$select=${key},Created`)
}

/**
 * Read the ids of what was found and not created before `since` (Unix ms); a row that does not say when counts. Null when
 * any row cannot be read, which never means "not there".
 */
export const readLookUp = (kind: BookingKind, answer: ProviderAnswer, since = 0): string[] | null => {
  const list = listOf(answer)
  if (!list || (list.rows.length === 0 && list.next !== null)) return null
  const ids = list.rows.filter(row => (timeOf(row.Created) ?? since) >= since).map(row => idOf(kind, row))
  return ids.every(id => id !== null) ? ids : null
}

/** Read a moment as OData v2 writes it, `/Date(ms)/` (§5.2). */
const timeOf = (value: unknown): number | null => {
  const [, ms] = typeof value === 'string' ? (/^\/Date\((-?\d{1,16})\)\/$/.exec(value) ?? []) : []
  return ms === undefined ? null : Number(ms)
}
