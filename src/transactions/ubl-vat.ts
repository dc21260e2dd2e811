import Big from 'big.js'
import { fail, ok, type Result } from '../result.ts'
import { amountText, sum } from './amount.ts'
import type { SalesDocument, VatGroup } from './document.ts'
import type { DocumentProblem } from './document-problem.ts'
import { type Cursor, children, each, first, required, textOf, together } from './ubl-cursor.ts'
import { rateOf, requiredAmount, requiredText } from './ubl-fields.ts'

/** The VAT of a document as it states it: `total` is its own figure, not the sum of the groups. */
export type StatedVat = { path: string; total: Big; groups: VatGroup[] }

type Rated = Pick<VatGroup, 'category' | 'rate'>

/**
 * Read the VAT in the currency of the document; a second TaxTotal in the currency of the tax is left alone. Groups with the
 * same category and rate become one. Without any breakdown the lines must agree on one category at 0 %.
 */
export function readVat(
  root: Cursor,
  { currency }: Pick<SalesDocument, 'currency'>,
  totalExclusive: Big,
): Result<StatedVat, DocumentProblem> {
  const all = children(root, 'cac:TaxTotal')
  const stated = all.filter(total => currencyOf(total) === currency)
  const path = `${root.path}/cac:TaxTotal`
  if (all.length > stated.length && stated.length === 0) {
    return fail({ kind: 'missing', path: `${path}/cbc:TaxAmount[@currencyID='${currency}']` })
  }
  const totals = each(stated.map(total => requiredAmount(total, 'cbc:TaxAmount', currency)))
  if (!totals.ok) return totals
  const subtotals = stated.flatMap(total => children(total, 'cac:TaxSubtotal'))
  const groups =
    subtotals.length > 0 ? each(subtotals.map(at => groupOf(at, currency))) : onlyGroup(root, totalExclusive)
  if (!groups.ok) return groups
  return ok({ path: `${stated[0]?.path ?? path}/cbc:TaxAmount`, total: sum(totals.value), groups: merge(groups.value) })
}

const currencyOf = (total: Cursor) => first(total, 'cbc:TaxAmount')?.element.attributes.get('currencyID')

function groupOf(subtotal: Cursor, currency: string): Result<VatGroup, DocumentProblem> {
  const category = required(subtotal, 'cac:TaxCategory')
  if (!category.ok) return category
  const group = together<VatGroup>({
    category: requiredText(category.value, 'cbc:ID'),
    rate: rateOf(category.value),
    taxable: requiredAmount(subtotal, 'cbc:TaxableAmount', currency),
    vat: requiredAmount(subtotal, 'cbc:TaxAmount', currency),
  })
  if (!group.ok) return group
  const wrong = atOtherRate(subtotal, group.value)
  return wrong ? fail(wrong) : group
}

/** EN 16931 BR-CO-17, with the room its own test leaves: less than 1 on either side, for VAT rounded line by line. */
function atOtherRate(subtotal: Cursor, { taxable, rate, vat }: VatGroup): DocumentProblem | null {
  const computed = taxable.times(rate).div(100).round(2)
  if (vat.minus(computed).abs().lt(1)) return null
  return {
    kind: 'inconsistent',
    path: `${subtotal.path}/cbc:TaxAmount`,
    stated: amountText(vat),
    computed: amountText(computed),
    computedFrom: `TaxableAmount × ${rate} %`,
  }
}

/** A document outside VAT need not break it down: then its lines, allowances and charges say which category it is. */
function onlyGroup(root: Cursor, taxable: Big): Result<VatGroup[], DocumentProblem> {
  const ofLines = [...children(root, 'cac:InvoiceLine'), ...children(root, 'cac:CreditNoteLine')].map(line =>
    first(line, 'cac:Item', 'cac:ClassifiedTaxCategory'),
  )
  const ofAllowances = children(root, 'cac:AllowanceCharge').map(allowance => first(allowance, 'cac:TaxCategory'))
  const rated = each([...ofLines, ...ofAllowances].map(ratedOf))
  if (!rated.ok) return rated
  const [only, ...others] = new Map(rated.value.map(at => [key(at), at])).values()
  if (!only || others.length > 0 || only.category === '' || only.rate !== '0') {
    return fail({ kind: 'missing', path: `${root.path}/cac:TaxTotal/cac:TaxSubtotal` })
  }
  return ok([{ ...only, taxable, vat: new Big(0) }])
}

function ratedOf(category: Cursor | null): Result<Rated, DocumentProblem> {
  if (!category) return ok({ category: '', rate: '0' })
  return together<Rated>({ category: ok(textOf(first(category, 'cbc:ID'))), rate: rateOf(category) })
}

const key = ({ category, rate }: Rated) => `${category} ${rate}`

function merge(groups: VatGroup[]): VatGroup[] {
  const merged = new Map<string, VatGroup>()
  for (const group of groups) {
    const same = merged.get(key(group))
    const { taxable, vat } = same ?? group
    merged.set(key(group), same ? { ...group, taxable: taxable.plus(group.taxable), vat: vat.plus(group.vat) } : group)
  }
  return [...merged.values()]
}
