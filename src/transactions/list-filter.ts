import { z } from '@hono/zod-openapi'
import { pageFields } from '../http/page.ts'
import { type IntegrationId, isId, type TenantId } from '../id.ts'
import { BOOKING_KINDS, type BookingKind } from '../rights/right.ts'
import { dayAfter, dayStart } from './day.ts'
import { TRANSACTION_STATES, type TransactionState } from './transaction.ts'

/** Days on which a booking can have come in. */
const Day = z.iso.date().refine(day => day >= '2000-01-01' && day < '3000-01-01')

const InForm = z.custom<IntegrationId>(value => typeof value === 'string' && isId('int', value))

/** A list as its address asks for it; each part that makes no sense is left out. */
export const ListQuery = z.object({
  state: z.enum(TRANSACTION_STATES).optional().catch(undefined),
  integration_id: InForm.optional().catch(undefined),
  booking_kind: z.enum(BOOKING_KINDS).optional().catch(undefined),
  reference: z.string().trim().min(1).max(200).optional().catch(undefined),
  /** The reference in full, and not how it begins. */
  exact: z.literal('on').optional().catch(undefined),
  since: Day.optional().catch(undefined),
  until: Day.optional().catch(undefined),
  cursor: pageFields.cursor.catch(undefined),
})
export type ListQuery = z.output<typeof ListQuery>

/** Which transactions of a tenant are listed; null is no matter which. */
export type ListFilter = {
  state: TransactionState | null
  integration: IntegrationId | null
  kind: BookingKind | null
  reference: { text: string; exact: boolean } | null
  /** Accepted from then on, and before then (Unix ms). */
  from: number | null
  before: number | null
}

/** Make of an address what is listed: the days are those of a time zone, the last one included. */
export const filterOf = (query: ListQuery, zone: string): ListFilter => ({
  state: query.state ?? null,
  integration: query.integration_id ?? null,
  kind: query.booking_kind ?? null,
  reference: query.reference === undefined ? null : { text: query.reference, exact: query.exact === 'on' },
  from: query.since === undefined ? null : dayStart(query.since, zone),
  before: query.until === undefined ? null : dayStart(dayAfter(query.until), zone),
})

/** Tell whether a list leaves anything out. */
export const isFiltered = ({ cursor: _, exact: __, ...query }: ListQuery): boolean =>
  Object.values(query).some(value => value !== undefined)

/** Tell whether what the held ones wait for belongs above a list: above all that is held, and where nothing in particular is sought. */
export const wantsCauses = ({ state, integration_id: _, ...rest }: ListQuery): boolean =>
  state === 'held' || (state === undefined && !isFiltered(rest))

export const listPath = (tenant: TenantId): string => `/t/${tenant}/transactions`

/** Write where a list is found; `path` without its own query. `cursor` is as it stands in an address. */
export function addressOf(path: string, { cursor: _, ...query }: ListQuery, cursor: string | null = null): string {
  const given = Object.entries({ ...query, cursor }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const text = new URLSearchParams(given).toString()
  return text === '' ? path : `${path}?${text}`
}
