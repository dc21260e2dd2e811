import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type DocumentProblem, readUbl } from '../../src/transactions/ubl.ts'

const folder = fileURLToPath(new URL('./ubl/', import.meta.url).href)

export const fixture = (name: string) => readFileSync(`${folder}${name}.xml`, 'utf8')

/** Replace what must be there, so that a test cannot pass because its fixture moved on. */
export function changed(xml: string, from: string | RegExp, to: string): string {
  const changedXml = xml.replace(from, () => to)
  expect(changedXml, String(from)).not.toBe(xml)
  return changedXml
}

/** The document that must be readable, with its amounts in two decimals. */
export function read(xml: string) {
  const result = readUbl(xml)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  const { groups, totalExclusive, totalVat, totalInclusive, ...head } = result.value
  const totals = [totalExclusive, totalVat, totalInclusive].map(at => at.toFixed(2))
  return {
    ...head,
    groups: groups.map(({ category, rate, taxable, vat }) => [category, rate, taxable.toFixed(2), vat.toFixed(2)]),
    totals,
  }
}

export function problem(xml: string): DocumentProblem {
  const result = readUbl(xml)
  if (result.ok) throw new Error('This was read')
  return result.failure
}

type Subtotal = { category: string; rate: string; taxable: string; vat: string }

/** The least that is an invoice, with these subtotals. */
export function invoiceOf(subtotals: Subtotal[], tax: string, exclusive: string, inclusive: string): string {
  const amount = (name: string, value: string) => `<b:${name} currencyID="EUR">${value}</b:${name}>`
  const breakdown = subtotals.map(
    at => `<a:TaxSubtotal>${amount('TaxableAmount', at.taxable)}${amount('TaxAmount', at.vat)}
      <a:TaxCategory><b:ID>${at.category}</b:ID><b:Percent>${at.rate}</b:Percent></a:TaxCategory></a:TaxSubtotal>`,
  )
  return `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <b:ID>1</b:ID><b:IssueDate>2026-01-31</b:IssueDate><b:InvoiceTypeCode>380</b:InvoiceTypeCode>
    <b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
    <a:TaxTotal>${amount('TaxAmount', tax)}${breakdown.join('')}</a:TaxTotal>
    <a:LegalMonetaryTotal>${amount('TaxExclusiveAmount', exclusive)}${amount('TaxInclusiveAmount', inclusive)}
    </a:LegalMonetaryTotal></Invoice>`
}
