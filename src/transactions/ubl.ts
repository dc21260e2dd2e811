import type Big from 'big.js'
import { fail, ok, type Result } from '../result.ts'
import { amountText, negate, sum } from './amount.ts'
import type { SalesDocument } from './document.ts'
import type { DocumentProblem } from './document-problem.ts'
import { type Cursor, first, required, textOf, together } from './ubl-cursor.ts'
import { dateOf, optionalAmount, requiredAmount, requiredCurrency, requiredText } from './ubl-fields.ts'
import { readVat, type StatedVat } from './ubl-vat.ts'
import { readXml, type XmlElement } from './xml.ts'

export type { DocumentProblem } from './document-problem.ts'

type Head = Omit<SalesDocument, 'groups' | 'totalExclusive' | 'totalVat' | 'totalInclusive'>

type Totals = {
  exclusive: Big
  inclusive: Big
  payable: Big | null
  prepaid: Big | null
  rounding: Big | null
}

/** UNTDID 1001 codes that Peppol BIS Billing 3 lists for credit notes. */
const creditCodes = new Set(['381', '396', '81', '83', '532'])

/**
 * Read a UBL 2.1 / Peppol BIS Billing 3 invoice or credit note from untrusted text. Refuses what its own figures contradict;
 * the lines are not added up. Amounts of a credit note change sign, so a credit note over a negative amount becomes
 * positive. An Invoice with the type code of a credit note is one, and then must not also be negative. The due date comes
 * from the document or else from its first payment means.
 */
export function readUbl(xml: string): Result<SalesDocument, DocumentProblem> {
  const element = readXml(xml)
  if (!element.ok) return element
  const root = rootOf(element.value)
  if (!root.ok) return root
  const head = readHead(root.value)
  if (!head.ok) return head
  const totals = readTotals(root.value, head.value.currency)
  if (!totals.ok) return totals
  if (creditsTwice(root.value, head.value, totals.value)) {
    return fail({ kind: 'credits_twice', path: `${root.value.path}/cbc:InvoiceTypeCode` })
  }
  const vat = readVat(root.value, head.value, totals.value.exclusive)
  if (!vat.ok) return vat
  const contradiction = contradictionIn(root.value, totals.value, vat.value)
  return contradiction ? fail(contradiction) : ok(toDocument(head.value, totals.value, vat.value))
}

function rootOf(element: XmlElement): Result<Cursor, DocumentProblem> {
  const { namespace, name } = element
  const known = name === 'Invoice' || name === 'CreditNote'
  return known && namespace === `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`
    ? ok({ element, path: `/${name}` })
    : fail({ kind: 'not_ubl', root: `{${namespace}}${name}` })
}

function readHead(root: Cursor): Result<Head, DocumentProblem> {
  const issued = required(root, 'cbc:IssueDate')
  const due = first(root, 'cbc:DueDate') ?? first(root, 'cac:PaymentMeans', 'cbc:PaymentDueDate')
  return together<Head>({
    type: typeOf(root),
    number: requiredText(root, 'cbc:ID'),
    issueDate: issued.ok ? dateOf(issued.value) : issued,
    dueDate: due ? dateOf(due) : ok(null),
    currency: requiredCurrency(root, 'cbc:DocumentCurrencyCode'),
    buyer: ok(buyerOf(root)),
  })
}

function typeOf(root: Cursor): Result<SalesDocument['type'], DocumentProblem> {
  if (root.element.name === 'CreditNote') return ok('credit_note')
  const code = requiredText(root, 'cbc:InvoiceTypeCode')
  if (!code.ok) return code
  return ok(creditCodes.has(code.value) ? 'credit_note' : 'invoice')
}

function buyerOf(root: Cursor): string | null {
  const party = first(root, 'cac:AccountingCustomerParty', 'cac:Party')
  const legal = party && first(party, 'cac:PartyLegalEntity', 'cbc:RegistrationName')
  const trading = party && first(party, 'cac:PartyName', 'cbc:Name')
  return textOf(legal) || textOf(trading) || null
}

function readTotals(root: Cursor, currency: string): Result<Totals, DocumentProblem> {
  const totals = required(root, 'cac:LegalMonetaryTotal')
  if (!totals.ok) return totals
  return together<Totals>({
    exclusive: requiredAmount(totals.value, 'cbc:TaxExclusiveAmount', currency),
    inclusive: requiredAmount(totals.value, 'cbc:TaxInclusiveAmount', currency),
    payable: optionalAmount(totals.value, 'cbc:PayableAmount', currency),
    prepaid: optionalAmount(totals.value, 'cbc:PrepaidAmount', currency),
    rounding: optionalAmount(totals.value, 'cbc:PayableRoundingAmount', currency),
  })
}

/** Whether an Invoice is credit by its type code and by a minus sign: once or twice, only its sender knows. */
const creditsTwice = (root: Cursor, { type }: Head, { inclusive }: Totals) =>
  root.element.name === 'Invoice' && type === 'credit_note' && inclusive.lt(0)

/** EN 16931 BR-CO-14, -15 and -16, and BR-S-08 taken over all categories. */
function contradictionIn(root: Cursor, totals: Totals, vat: StatedVat): DocumentProblem | null {
  const { exclusive, inclusive, payable, prepaid, rounding } = totals
  const total = `${root.path}/cac:LegalMonetaryTotal`
  const due = inclusive.minus(prepaid ?? 0).plus(rounding ?? 0)
  return (
    differ(`${total}/cbc:TaxExclusiveAmount`, exclusive, sum(vat.groups.map(at => at.taxable)), 'Σ TaxableAmount') ??
    differ(vat.path, vat.total, sum(vat.groups.map(at => at.vat)), 'Σ TaxSubtotal/TaxAmount') ??
    differ(`${total}/cbc:TaxInclusiveAmount`, inclusive, exclusive.plus(vat.total), 'TaxExclusiveAmount + TaxAmount') ??
    differ(
      `${total}/cbc:PayableAmount`,
      payable ?? due,
      due,
      'TaxInclusiveAmount − PrepaidAmount + PayableRoundingAmount',
    )
  )
}

function differ(path: string, stated: Big, computed: Big, computedFrom: string): DocumentProblem | null {
  if (stated.eq(computed)) return null
  return { kind: 'inconsistent', path, stated: amountText(stated), computed: amountText(computed), computedFrom }
}

function toDocument(head: Head, totals: Totals, vat: StatedVat): SalesDocument {
  const signed = (amount: Big) => (head.type === 'credit_note' ? negate(amount) : amount)
  return {
    ...head,
    groups: vat.groups.map(group => ({ ...group, taxable: signed(group.taxable), vat: signed(group.vat) })),
    totalExclusive: signed(totals.exclusive),
    totalVat: signed(vat.total),
    totalInclusive: signed(totals.inclusive),
  }
}
