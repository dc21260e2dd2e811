import { z } from '@hono/zod-openapi'
import type { FormState, Values } from '../http/attempt.ts'
import { type IntegrationPatch, NewIntegration } from '../seats/integration-form.ts'
import type { IntegrationRow } from '../seats/integration-store.ts'

/** Lines of the mapping that stand ready to be filled in. */
export const SPARE_LINES = 3

export const LINE_FIELDS = ['vat_category', 'vat_rate', 'gl_account', 'vat_code'] as const
const LINES = 'bookkeeping.lines'

export const lineField = (at: number, field: (typeof LINE_FIELDS)[number]): string => `${LINES}.${at}.${field}`

const Whole = NewIntegration.omit({ target: true }).extend({ row_version: z.coerce.number().int() })

/**
 * The form's fields, checked as the API checks a new integration: an empty field is missing, a box not ticked is off, and
 * bookkeeping of which nothing was filled in is none. `row_version` is what was shown when it was filled in.
 */
export const IntegrationEdit = z.preprocess(asSent, Whole)
export type IntegrationEdit = z.output<typeof IntegrationEdit>

function asSent(sent: unknown): unknown {
  if (!isFields(sent)) return sent
  const { strict, bookkeeping } = sent
  return {
    ...sent,
    ...(strict === undefined ? {} : { strict: strict === 'on' }),
    ...(isFields(bookkeeping) ? { bookkeeping: { lines: [], ...bookkeeping } } : {}),
  }
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Keep of an edit what differs from what is there, so that the audit log names no more than that. */
export function patchOf(row: IntegrationRow, edit: IntegrationEdit): IntegrationPatch {
  const { label, source, booking_kinds, strict, bookkeeping } = edit
  const before = { kind: row.sourceKind, provider: row.sourceProvider, ref: row.sourceRef }
  return {
    ...(label === row.label ? {} : { label }),
    ...(isSame(source, before) ? {} : { source }),
    // A form sends its boxes in an order of its own.
    ...(isSame(booking_kinds.toSorted(), row.bookingKinds.toSorted()) ? {} : { booking_kinds }),
    ...(strict === row.strict ? {} : { strict }),
    ...(isSame(bookkeeping, row.bookkeeping) ? {} : { bookkeeping }),
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))

/** The same whatever the order of an object's keys. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (!isFields(value)) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, canonical(item)])
}

/** What stands in the form of an integration as it is now. */
export function valuesOf(row: IntegrationRow): Values {
  const lines = row.bookkeeping?.lines ?? []
  return {
    row_version: String(row.rowVersion),
    label: row.label,
    'source.kind': row.sourceKind,
    'source.provider': row.sourceProvider,
    'source.ref': row.sourceRef,
    'booking_kinds[]': row.bookingKinds,
    strict: row.strict ? 'on' : null,
    'bookkeeping.journal': row.bookkeeping?.journal,
    'bookkeeping.default_customer': row.bookkeeping?.default_customer,
    ...Object.fromEntries(lines.flatMap((line, at) => LINE_FIELDS.map(field => [lineField(at, field), line[field]]))),
  }
}

/** More lines than any form holds; where to stop looking. */
const MOST_LINES = 250

/** Which of the form's lines have anything in them. */
const filledLines = (state: FormState): number[] =>
  [...Array(MOST_LINES).keys()].filter(at => LINE_FIELDS.some(field => state.value(lineField(at, field)).trim() !== ''))

/** Close the gaps between lines, as the schema saw them: so each fault stands with the line it is about. */
export function withoutGaps(state: FormState): { state: FormState; lines: number } {
  const filled = filledLines(state)
  const sentAs = (name: string): string => {
    const [, at, field] = /^bookkeeping\.lines\.(\d+)\.(\w+)$/.exec(name) ?? []
    if (at === undefined) return name
    const before = filled[Number(at)]
    return before === undefined ? '' : `${LINES}.${before}.${field}`
  }
  return {
    state: { ...state, value: name => state.value(sentAs(name)), values: name => state.values(sentAs(name)) },
    lines: filled.length,
  }
}
