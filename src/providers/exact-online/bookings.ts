import { fail, ok, type Result } from '../../result.ts'
import type { BookingKind } from '../../rights/right.ts'
import type { FieldError, FieldMessage, Json, JsonObject, LookUp, PreparedBooking } from '../provider.ts'
import { definition } from './definition.ts'
import { ENDPOINTS, type Endpoint, type FieldForm, type Fields } from './endpoints.ts'
import { fitReference } from './reference.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Exact: customer codes are 18 characters, filled with spaces on the left (§5.1, A). */
const CUSTOMER_CODE_CHARACTERS = 18

const complaint = (value: Json | undefined, form: FieldForm): FieldMessage | null => {
  if (value === undefined || value === null) return { kind: 'mandatory' }
  if (value === '') return { kind: 'empty' }
  switch (form) {
    case 'guid':
      return typeof value === 'string' && GUID.test(value) ? null : { kind: 'not_a_guid' }
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : { kind: 'not_a_number' }
    case 'text':
      if (typeof value === 'number') return null
      if (typeof value !== 'string') return { kind: 'mandatory' }
      return value.trim() === '' ? { kind: 'empty' } : null
  }
}

const checkFields = (pointer: string, holder: JsonObject, fields: Fields): FieldError[] =>
  Object.entries(fields).flatMap(([name, form]) => {
    const message = complaint(holder[name], form)
    return message ? [{ pointer: `${pointer}/${name}`, message }] : []
  })

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const checkLines = (payload: JsonObject, lines: NonNullable<Endpoint['lines']>): FieldError[] => {
  const pointer = `/${lines.name}`
  const value = payload[lines.name]
  if (value === undefined || value === null) return [{ pointer, message: { kind: 'mandatory' } }]
  if (!Array.isArray(value)) return [{ pointer, message: { kind: 'not_a_list' } }]
  if (value.length === 0) return [{ pointer, message: { kind: 'empty' } }]
  return value.flatMap((line, at) =>
    isObject(line)
      ? checkFields(`${pointer}/${at}`, line, lines.mandatory)
      : [{ pointer: `${pointer}/${at}`, message: { kind: 'not_an_object' } }],
  )
}

type Marked = Result<PreparedBooking, FieldError>

const wrong = (pointer: string, message: FieldMessage): Marked => fail({ pointer, message })

/** The text in a field, or null when nothing stands there; `undefined` when it is no text at all. */
const textIn = (value: Json | undefined): string | null | undefined => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.toWellFormed() : undefined
}

const markByReference = (payload: JsonObject, reference: string): Marked => {
  const own = textIn(payload.YourRef)
  if (own === undefined) return wrong('/YourRef', { kind: 'mandatory' })
  const value = own ?? fitReference(reference)
  // A blank would find every booking without a reference.
  if (value.trim() === '') return wrong('/YourRef', { kind: 'empty' })
  const atMost = definition.referenceCharacters
  if (value.length > atMost) return wrong('/YourRef', { kind: 'too_long', atMost })
  return ok({ payload: { ...payload, YourRef: value }, lookUp: { field: 'YourRef', value } })
}

const markByCode = (kind: BookingKind, payload: JsonObject): Marked => {
  const code = textIn(payload.Code)
  if (code === undefined) return wrong('/Code', { kind: 'mandatory' })
  if (code === null || code.trim() === '') return ok({ payload, lookUp: null })
  const atMost = CUSTOMER_CODE_CHARACTERS
  const value = kind === 'customer' ? code.trim().padStart(atMost) : code
  if (kind === 'customer' && value.length > atMost) return wrong('/Code', { kind: 'too_long', atMost })
  const lookUp: LookUp = { field: 'Code', value }
  return ok({ payload: { ...payload, Code: value }, lookUp })
}

const mark = (kind: BookingKind, payload: JsonObject, reference: string): Marked => {
  switch (ENDPOINTS[kind].findBy) {
    case 'YourRef':
      return markByReference(payload, reference)
    case 'Code':
      return markByCode(kind, payload)
    case null:
      return ok({ payload, lookUp: null })
  }
}

/**
 * Check a payload's mandatory fields (§5.1) and put the reference into `YourRef` where the kind has it and the payload brings none.
 * All that is wrong is named at once. Cash, bank and general journal entries cannot be found again (P47).
 */
export const prepare = (
  kind: BookingKind,
  reference: string,
  payload: JsonObject,
): Result<PreparedBooking, FieldError[]> => {
  const { mandatory, lines } = ENDPOINTS[kind]
  const errors = checkFields('', payload, mandatory)
  if (lines) errors.push(...checkLines(payload, lines))
  const marked = mark(kind, payload, reference)
  if (!marked.ok && !errors.some(error => error.pointer === marked.failure.pointer)) errors.push(marked.failure)
  return marked.ok && errors.length === 0 ? marked : fail(errors)
}
