import type Big from 'big.js'
import { fail, ok, type Result } from '../result.ts'
import { fitsDecimals, parseDecimal, parseRate } from './amount.ts'
import type { DocumentProblem } from './document-problem.ts'
import { type Cursor, optional, required, textOf, type UblName } from './ubl-cursor.ts'

/** Peppol BIS Billing 3 (BR-DEC-01 and on) allows two in every amount of a document, whatever the currency. */
const atMostDecimals = 2

/** A text that must be there and must not be empty. */
export function requiredText(at: Cursor, name: UblName): Result<string, DocumentProblem> {
  const found = required(at, name)
  if (!found.ok) return found
  const text = textOf(found.value)
  return text === '' ? fail({ kind: 'missing', path: found.value.path }) : ok(text)
}

/** A day of the calendar as `YYYY-MM-DD`, without the time zone that XML would allow (PEPPOL-EN16931-F001). */
export function dateOf(at: Cursor): Result<string, DocumentProblem> {
  const text = textOf(at)
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00:00Z`) : null
  const exists = noon && !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text)
  return exists ? ok(text) : fail({ kind: 'not_a_date', path: at.path, text: shown(text) })
}

/** An ISO 4217 code by its form. */
export function requiredCurrency(at: Cursor, name: UblName): Result<string, DocumentProblem> {
  const text = requiredText(at, name)
  if (!text.ok || /^[A-Z]{3}$/.test(text.value)) return text
  return fail({ kind: 'not_a_currency', path: `${at.path}/${name}`, text: shown(text.value) })
}

/** An amount in the currency of the document, or `null` where there is none. */
export function optionalAmount(at: Cursor, name: UblName, currency: string): Result<Big | null, DocumentProblem> {
  const found = optional(at, name)
  return found.ok && found.value ? amountOf(found.value, currency) : found.ok ? ok(null) : found
}

/** An amount in the currency of the document. */
export function requiredAmount(at: Cursor, name: UblName, currency: string): Result<Big, DocumentProblem> {
  const found = required(at, name)
  return found.ok ? amountOf(found.value, currency) : found
}

function amountOf(at: Cursor, documentCurrency: string): Result<Big, DocumentProblem> {
  const { path } = at
  const currency = at.element.attributes.get('currencyID')
  if (!currency) return fail({ kind: 'missing', path: `${path}/@currencyID` })
  if (currency !== documentCurrency) return fail({ kind: 'other_currency', path, currency, documentCurrency })
  const text = textOf(at)
  if (text === '') return fail({ kind: 'missing', path })
  const value = parseDecimal(text)
  if (!value) return fail({ kind: 'not_an_amount', path, text: shown(text) })
  return fitsDecimals(value, atMostDecimals) ? ok(value) : fail({ kind: 'too_precise', path, text, atMostDecimals })
}

/** A percentage in its shortest form; `0` where there is none, as in category O. */
export function rateOf(category: Cursor): Result<string, DocumentProblem> {
  const found = optional(category, 'cbc:Percent')
  if (!found.ok) return found
  const text = textOf(found.value)
  const rate = text === '' ? '0' : parseRate(text)
  if (rate !== null) return ok(rate)
  return fail({ kind: 'not_a_rate', path: `${category.path}/cbc:Percent`, text: shown(text) })
}

const shown = (text: string) => text.slice(0, 40)
