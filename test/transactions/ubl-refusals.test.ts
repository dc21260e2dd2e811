import { describe, expect, it } from 'vitest'
import { changed, fixture, problem, read } from '../support/ubl.ts'

const invoice = fixture('invoice-two-rates')
const total = '/Invoice/cac:LegalMonetaryTotal'
const vat = '/Invoice/cac:TaxTotal'
const deviation = (from: string | RegExp, to: string) => problem(changed(invoice, from, to))
const without = (name: string) => deviation(new RegExp(`<${name}\\b[\\s\\S]*?</${name}>`), '')

describe('refusing a document', () => {
  it.each([
    ['cbc:IssueDate', '/Invoice/cbc:IssueDate'],
    ['cbc:InvoiceTypeCode', '/Invoice/cbc:InvoiceTypeCode'],
    ['cbc:DocumentCurrencyCode', '/Invoice/cbc:DocumentCurrencyCode'],
    ['cac:LegalMonetaryTotal', total],
    ['cbc:TaxExclusiveAmount', `${total}/cbc:TaxExclusiveAmount`],
    ['cbc:TaxInclusiveAmount', `${total}/cbc:TaxInclusiveAmount`],
    ['cbc:TaxableAmount', `${vat}/cac:TaxSubtotal/cbc:TaxableAmount`],
    ['cac:TaxCategory', `${vat}/cac:TaxSubtotal/cac:TaxCategory`],
    ['cac:TaxTotal', `${vat}/cac:TaxSubtotal`],
  ])('misses %s', (name, path) => {
    expect(without(name)).toEqual({ kind: 'missing', path })
  })

  it('misses a number that is empty, and VAT in the currency of the document', () => {
    expect(deviation('VH-2026-0117', ' ')).toEqual({ kind: 'missing', path: '/Invoice/cbc:ID' })
    expect(deviation('currencyID="EUR">133.46', 'currencyID="SEK">133.46')).toEqual({
      kind: 'missing',
      path: `${vat}/cbc:TaxAmount[@currencyID='EUR']`,
    })
    expect(deviation('currencyID="EUR">574', '>574')).toMatchObject({ kind: 'missing' })
  })

  it.each(['1096,96', '1.096.96', '1e3', 'NaN', '0x10', '€ 5', '--1', '.', '1'.repeat(41)])(
    'reads no amount in %s',
    text => {
      const path = `${total}/cbc:TaxInclusiveAmount`
      expect(deviation('1096.96', text)).toEqual({ kind: 'not_an_amount', path, text: text.slice(0, 40) })
    },
  )

  it('refuses a third decimal, yet not a third zero', () => {
    const path = `${vat}/cac:TaxSubtotal[2]/cbc:TaxAmount`
    expect(deviation('81.80', '81.795')).toEqual({ kind: 'too_precise', path, text: '81.795', atMostDecimals: 2 })
    expect(read(changed(invoice, '81.80', '81.8000'))).toEqual(read(invoice))
  })

  it.each(['2026-02-30', '2025-02-29', '26-02-01', '2026-02-27Z', '27-02-2026', '2026-13-01'])(
    'finds no day in %s',
    text => {
      expect(deviation('2026-02-27', text)).toEqual({ kind: 'not_a_date', path: '/Invoice/cbc:IssueDate', text })
    },
  )

  it('refuses currencies, rates and roots it does not know', () => {
    const other = { kind: 'other_currency', currency: 'USD', documentCurrency: 'EUR' }
    expect(deviation('"EUR">1096.96', '"USD">1096.96')).toEqual({ ...other, path: `${total}/cbc:TaxInclusiveAmount` })
    expect(deviation('>EUR<', '>euro<')).toMatchObject({ kind: 'not_a_currency', text: 'euro' })
    expect(deviation('>21.0<', '>21 %<')).toMatchObject({ kind: 'not_a_rate', text: '21 %' })
    expect(deviation('schema:xsd:Invoice-2', 'schema:xsd:Invoice-3')).toMatchObject({ kind: 'not_ubl' })
    expect(problem('<html/>')).toEqual({ kind: 'not_ubl', root: '{}html' })
  })

  it('refuses an element that stands twice where two readers could each take another', () => {
    const twice = '<cbc:TaxInclusiveAmount currencyID="EUR">1.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>'
    expect(deviation('</cac:LegalMonetaryTotal>', twice)).toEqual({
      kind: 'repeated',
      path: `${total}/cbc:TaxInclusiveAmount[2]`,
    })
  })

  it.each([
    ['>574.00</cbc:TaxableAmount>', '574.01', `${total}/cbc:TaxExclusiveAmount`, '963.50', '963.51'],
    ['>51.66<', '51.65', `${vat}/cbc:TaxAmount`, '133.46', '133.45'],
    ['>1096.96<', '1096.95', `${total}/cbc:TaxInclusiveAmount`, '1096.95', '1096.96'],
    ['>996.96<', '1096.96', `${total}/cbc:PayableAmount`, '1096.96', '996.96'],
    ['>21.0<', '9', `${vat}/cac:TaxSubtotal[2]/cbc:TaxAmount`, '81.80', '35.06'],
  ])('names both figures where %s reads %s', (from, to, path, stated, computed) => {
    const refusal = deviation(from, from.replace(/[\d.]+/, to))
    expect(refusal).toMatchObject({ kind: 'inconsistent', path, stated, computed, computedFrom: expect.any(String) })
  })

  it('refuses VAT without a rate', () => {
    expect(without('cbc:Percent')).toMatchObject({ kind: 'inconsistent', stated: '51.66', computed: '0.00' })
  })
})
