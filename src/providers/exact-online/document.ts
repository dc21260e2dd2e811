import Big from 'big.js'
import { fail, ok, type Result } from '../../result.ts'
import type { SalesDocument, VatGroup } from '../../transactions/document.ts'
import type { Bookkeeping, FieldError, JsonObject } from '../provider.ts'

type Line = { AmountFC: number; VATAmountFC: number; VATCode: string; GLAccount: string; Description: string }

const TITLES = { invoice: 'Invoice', credit_note: 'Credit note' } as const

const wrong = (message: FieldError['message']): FieldError => ({ pointer: '/document', message })

/** An exact amount as a JSON number (never -0); null when it has more than two decimals or a double would change it. */
const jsonNumber = (amount: Big): number | null => {
  const rounded = Number(amount.toFixed(2))
  return Number.isFinite(rounded) && new Big(rounded).eq(amount) ? rounded + 0 : null
}

const DECIMAL = /^\d+(\.\d+)?$/

const sameRate = (a: string, b: string): boolean => {
  const [left, right] = [a.trim(), b.trim()]
  return DECIMAL.test(left) && DECIMAL.test(right) ? new Big(left).eq(right) : left === right
}

const lineOf = (group: VatGroup, bookkeeping: Bookkeeping, title: string): Result<Line, FieldError> => {
  const mapping = bookkeeping.lines.find(
    line => line.vat_category === group.category && sameRate(line.vat_rate, group.rate),
  )
  if (!mapping) {
    return fail(wrong({ kind: 'unknown_mapping', vatCategory: group.category, vatRate: group.rate }))
  }
  const taxable = jsonNumber(group.taxable)
  const vat = jsonNumber(group.vat)
  if (taxable === null || vat === null) return fail(wrong({ kind: 'not_a_number' }))
  return ok({
    AmountFC: taxable,
    VATAmountFC: vat,
    VATCode: mapping.vat_code,
    GLAccount: mapping.gl_account,
    Description: `${title}, VAT ${group.category} ${group.rate}%`,
  })
}

/**
 * Turn a sales document into a `SalesEntries` payload, one line per VAT group: `AmountFC` without VAT, `VATAmountFC` the document's own VAT.
 * Credit notes come negative and go negative. `YourRef` is left to `prepare`.
 */
export const fromDocument = (document: SalesDocument, bookkeeping: Bookkeeping): Result<JsonObject, FieldError[]> => {
  const title = `${TITLES[document.type]} ${document.number}`
  const results = document.groups.map(group => lineOf(group, bookkeeping, title))
  const errors = results.flatMap(result => (result.ok ? [] : [result.failure]))
  if (results.length === 0) errors.push(wrong({ kind: 'empty' }))
  if (errors.length > 0) return fail(errors)
  return ok({
    Customer: bookkeeping.default_customer,
    Journal: bookkeeping.journal,
    EntryDate: document.issueDate,
    ...(document.dueDate === null ? {} : { DueDate: document.dueDate }),
    Currency: document.currency,
    Description: title,
    SalesEntryLines: results.flatMap(result => (result.ok ? [result.value] : [])),
  })
}
