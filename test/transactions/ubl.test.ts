import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUbl } from '../../src/transactions/ubl.ts'
import { changed, fixture, invoiceOf, problem, read } from '../support/ubl.ts'

const invoice = fixture('invoice-two-rates')
const creditNote = fixture('credit-note')
const training = fixture('invoice-allowances-exempt')

describe('reading a document', () => {
  it('reads an invoice at two rates, and leaves what was prepaid out of it', () => {
    expect(read(invoice)).toEqual({
      type: 'invoice',
      number: 'VH-2026-0117',
      issueDate: '2026-02-27',
      dueDate: '2026-03-29',
      currency: 'EUR',
      buyer: 'Lunchroom Pennewip & Zn. B.V.',
      groups: [
        ['S', '9', '574.00', '51.66'],
        ['S', '21', '389.50', '81.80'],
      ],
      totals: ['963.50', '133.46', '1096.96'],
    })
  })

  it('reads a credit note as negative, due when its payment means say', () => {
    expect(read(creditNote)).toMatchObject({
      type: 'credit_note',
      number: 'VH-2026-C004',
      dueDate: '2026-03-20',
      groups: [['S', '9', '-71.75', '-6.46']],
      totals: ['-71.75', '-6.46', '-78.21'],
    })
  })

  it('reads allowances, exempt lines and a rounded sum to pay', () => {
    expect(read(training)).toMatchObject({
      dueDate: null,
      groups: [
        ['S', '21', '412.50', '86.63'],
        ['S', '9', '74.85', '6.74'],
        ['E', '0', '1200.00', '0.00'],
      ],
      totals: ['1687.35', '93.37', '1780.72'],
    })
  })

  it('reads an Invoice with type code 381 as a credit note, and refuses one that is negative too', () => {
    const typed = changed(invoice, '>380<', '>381<')
    expect(read(typed)).toMatchObject({ type: 'credit_note', totals: ['-963.50', '-133.46', '-1096.96'] })
    const negative = typed.replace(/(currencyID="EUR">)/g, '$1-')
    expect(problem(negative)).toEqual({ kind: 'credits_twice', path: '/Invoice/cbc:InvoiceTypeCode' })
  })

  it('keeps a negative invoice negative, and turns a negative credit note positive', () => {
    const negative = (xml: string) => xml.replace(/(currencyID="EUR">)/g, '$1-')
    expect(read(negative(invoice))).toMatchObject({ type: 'invoice', totals: ['-963.50', '-133.46', '-1096.96'] })
    expect(read(negative(creditNote))).toMatchObject({ type: 'credit_note', totals: ['71.75', '6.46', '78.21'] })
    expect(read(negative(training)).groups[2]).toEqual(['E', '0', '-1200.00', '0.00'])
  })

  it('reads the same document whatever its prefixes', () => {
    const prefixed = invoice
      .replace(/<(\/?)Invoice\b/g, '<$1ns2:Invoice')
      .replace('xmlns="', 'xmlns:ns2="')
      .replace('xmlns:cbc="', 'xmlns="')
      .replace(/(<\/?)cbc:/g, '$1')
      .replace(/(<\/?|xmlns:)cac\b/g, '$1cbc')
    expect(prefixed).toContain('<cbc:TaxSubtotal>')
    expect(read(prefixed)).toEqual(read(invoice))
  })

  it('tells elements apart by namespace, not by prefix', () => {
    const foreign = changed(invoice, '<cbc:ID>VH', '<cbc:ID xmlns:cbc="urn:example">other</cbc:ID><cbc:ID>VH')
    expect(read(foreign)).toEqual(read(invoice))
  })

  it('takes the VAT in the currency of the document, not that in the currency of the tax', () => {
    const sek = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">1430.00</cbc:TaxAmount></cac:TaxTotal>'
    expect(read(changed(invoice, '<cac:TaxTotal>', `${sek}<cac:TaxTotal>`))).toEqual(read(invoice))
  })

  it('adds up subtotals of the same category and rate, however the rate is written', () => {
    const subtotal = (rate: string) => ({ category: 'S', rate, taxable: '0.10', vat: '0.02' })
    const xml = invoiceOf(['21', '21.0', '+021.00'].map(subtotal), '0.06', '0.3', '0.360')
    expect(read(xml)).toMatchObject({ groups: [['S', '21', '0.30', '0.06']], totals: ['0.30', '0.06', '0.36'] })
  })

  it('takes a document without any VAT total from its lines, where they agree on one category without VAT', () => {
    const untaxed = training
      .replace(/ {2}<cac:TaxTotal>[\s\S]*<\/cac:TaxTotal>\n/, '')
      .replace(/<cbc:ID>[SE](<[\s\S]*?)<cbc:Percent>\d+<\/cbc:Percent>/g, '<cbc:ID>O$1')
      .replace('1780.72', '1687.35')
      .replace('1780.75', '1687.38')
    expect(read(untaxed)).toMatchObject({
      groups: [['O', '0', '1687.35', '0.00']],
      totals: ['1687.35', '0.00', '1687.35'],
    })
    const divided = { kind: 'missing', path: '/Invoice/cac:TaxTotal/cac:TaxSubtotal' }
    expect(problem(changed(untaxed, '<cbc:ID>O<', '<cbc:ID>Z<'))).toEqual(divided)
    for (const taxed of [training, creditNote]) {
      const path = `/${taxed === training ? 'Invoice' : 'CreditNote'}/cac:TaxTotal/cac:TaxSubtotal`
      expect(problem(taxed.replace(/<cac:TaxTotal>[\s\S]*<\/cac:TaxTotal>/, ''))).toEqual({ kind: 'missing', path })
    }
  })

  it('adds up arbitrary amounts in cents exactly', () => {
    const text = (cents: bigint) => `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).padStart(3, '0')}`
    const euros = (cents: bigint) => text(cents).replace(/(\d\d)$/, '.$1')
    const total = (cents: bigint[]) => cents.reduce((one, other) => one + other, 0n)
    const parts = fc.array(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(parts, cents => {
        const vats = cents.map(taxable => (taxable * 21n) / 100n)
        const rates = cents.map((taxable, i) => ({
          category: 'S',
          rate: '21',
          taxable: euros(taxable),
          vat: euros(vats[i] ?? 0n),
        }))
        const [exclusive, vat] = [total(cents), total(vats)]
        const document = read(invoiceOf(rates, euros(vat), euros(exclusive), euros(exclusive + vat)))
        expect(document.totals).toEqual([exclusive, vat, exclusive + vat].map(euros))
        expect(document.groups).toEqual([['S', '21', euros(exclusive), euros(vat)]])
        const off = readUbl(invoiceOf(rates, euros(vat), euros(exclusive), euros(exclusive + vat + 1n)))
        expect(off).toMatchObject({ failure: { kind: 'inconsistent', computed: euros(exclusive + vat) } })
      }),
    )
  })
})

/** Worked out by hand from the documents that OpenPeppol publishes: groups, then exclusive, VAT and inclusive. */
const published: Record<string, { groups: string[][]; totals: string[] }> = {
  'Allowance-example.xml': {
    groups: [
      ['S', '25', '4900.00', '1225.00'],
      ['E', '0', '1000.00', '0.00'],
    ],
    totals: ['5900.00', '1225.00', '7125.00'],
  },
  'Vat-category-S.xml': {
    groups: [
      ['S', '25', '5000.00', '1250.00'],
      ['S', '15', '2000.00', '300.00'],
    ],
    totals: ['7000.00', '1550.00', '8550.00'],
  },
  'base-creditnote-correction.xml': {
    groups: [['S', '25', '-1325.00', '-331.25']],
    totals: ['-1325.00', '-331.25', '-1656.25'],
  },
  'base-example.xml': { groups: [['S', '25', '1325.00', '331.25']], totals: ['1325.00', '331.25', '1656.25'] },
  'sales-order-example.xml': { groups: [['S', '25', '1325.00', '331.25']], totals: ['1325.00', '331.25', '1656.25'] },
}

const shared = fileURLToPath(new URL('../../../shared/data/ubl/', import.meta.url).href)

it.runIf(existsSync(shared))('reads every published Peppol document to the cent', () => {
  const files = readdirSync(shared).filter(name => name.endsWith('.xml'))
  expect(files).toEqual(Object.keys(published))
  for (const name of files) {
    expect(read(readFileSync(shared + name, 'utf8')), name).toMatchObject(published[name] ?? {})
  }
})
