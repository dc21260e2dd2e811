import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../src/providers/exact-online/bookings.ts'
import { fromDocument } from '../../../src/providers/exact-online/document.ts'
import type { Bookkeeping } from '../../../src/providers/provider.ts'
import type { SalesDocument } from '../../../src/transactions/document.ts'
import { GUID } from './answers.ts'

const bookkeeping: Bookkeeping = {
  journal: '70',
  default_customer: GUID,
  lines: [
    { vat_category: 'S', vat_rate: '25.0', gl_account: GUID, vat_code: '4' },
    { vat_category: 'Z', vat_rate: '0', gl_account: GUID, vat_code: '0' },
  ],
}
const group = (category: string, rate: string, taxable: string, vat: string) => ({
  category,
  rate,
  taxable: new Big(taxable),
  vat: new Big(vat),
})
const invoice: SalesDocument = {
  type: 'invoice',
  number: '2026-17',
  issueDate: '2026-07-01',
  dueDate: '2026-07-31',
  currency: 'EUR',
  buyer: 'Bakker BV',
  groups: [group('S', '25', '100.10', '25.03'), group('Z', '0', '7', '0')],
  totalExclusive: new Big('107.10'),
  totalVat: new Big('25.03'),
  totalInclusive: new Big('132.13'),
}
const failures = (document: SalesDocument, by = bookkeeping) => {
  const made = fromDocument(document, by)
  return made.ok ? [] : made.failure
}

describe('documents', () => {
  it('turns an invoice into a sales entry with one line per VAT group', () => {
    expect(fromDocument(invoice, bookkeeping)).toEqual({
      ok: true,
      value: {
        Customer: GUID,
        Journal: '70',
        EntryDate: '2026-07-01',
        DueDate: '2026-07-31',
        Currency: 'EUR',
        Description: 'Invoice 2026-17',
        SalesEntryLines: [
          {
            AmountFC: 100.1,
            VATAmountFC: 25.03,
            VATCode: '4',
            GLAccount: GUID,
            Description: 'Invoice 2026-17, VAT S 25%',
          },
          { AmountFC: 7, VATAmountFC: 0, VATCode: '0', GLAccount: GUID, Description: 'Invoice 2026-17, VAT Z 0%' },
        ],
      },
    })
  })

  it('makes what prepare takes, with the reference in YourRef', () => {
    const made = fromDocument(invoice, bookkeeping)
    const prepared = made.ok ? prepare('sales-entry', '2026-17', made.value) : made
    expect(prepared).toMatchObject({ ok: true, value: { payload: { YourRef: '2026-17' } } })
  })

  it('keeps a credit note negative, and leaves out a due date it has not', () => {
    const groups = [group('S', '25', '-100.10', '-25.03'), group('Z', '0', '-7', '-0')]
    const made = fromDocument({ ...invoice, type: 'credit_note', dueDate: null, groups }, bookkeeping)
    expect(made).toMatchObject({
      value: {
        Description: 'Credit note 2026-17',
        SalesEntryLines: [
          { AmountFC: -100.1, VATAmountFC: -25.03 },
          { AmountFC: -7, VATAmountFC: 0 },
        ],
      },
    })
    expect(made.ok && 'DueDate' in made.value).toBe(false)
  })

  it('names every category and rate without a mapping', () => {
    const groups = [group('S', '9', '1', '0.09'), group('S', '25', '1', '0.25'), group('AE', '0', '1', '0')]
    expect(failures({ ...invoice, groups })).toEqual([
      { pointer: '/document', message: { kind: 'unknown_mapping', vatCategory: 'S', vatRate: '9' } },
      { pointer: '/document', message: { kind: 'unknown_mapping', vatCategory: 'AE', vatRate: '0' } },
    ])
  })

  it.each(['25', '25.0', '25.00', '025', ' 25 '])('takes a mapping written "%s" for 25 percent', vat_rate => {
    const lines = [{ vat_category: 'S', vat_rate, gl_account: GUID, vat_code: '4' }]
    expect(failures({ ...invoice, groups: [group('S', '25', '1', '0.25')] }, { ...bookkeeping, lines })).toEqual([])
  })

  it.each(['2.5', '25,0', '25%', ''])('takes no mapping written "%s" for 25 percent', vat_rate => {
    const lines = [{ vat_category: 'S', vat_rate, gl_account: GUID, vat_code: '4' }]
    expect(failures({ ...invoice, groups: [group('S', '25', '1', '0.25')] }, { ...bookkeeping, lines })).toHaveLength(1)
  })

  it.each(['0.001', '90071992547409.93', '1e400'])('refuses %s, which JSON would change', amount => {
    expect(failures({ ...invoice, groups: [group('S', '25', amount, '0')] })).toEqual([
      { pointer: '/document', message: { kind: 'not_a_number' } },
    ])
  })

  it('refuses a document without VAT groups', () => {
    expect(failures({ ...invoice, groups: [] })).toEqual([{ pointer: '/document', message: { kind: 'empty' } }])
  })

  it('brings every amount in cents through JSON unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), cents => {
        const taxable = new Big(cents).div(100)
        const made = fromDocument({ ...invoice, groups: [{ ...group('S', '25', '0', '0'), taxable }] }, bookkeeping)
        const sent = /"AmountFC":([^,]+),/.exec(JSON.stringify(made))?.[1]
        expect(new Big(sent ?? 'none').eq(taxable)).toBe(true)
      }),
    )
  })
})
