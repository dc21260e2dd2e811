import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../src/providers/exact-online/bookings.ts'
import { fitReference } from '../../../src/providers/exact-online/reference.ts'
import type { JsonObject } from '../../../src/providers/provider.ts'
import { BOOKING_KINDS, type BookingKind } from '../../../src/rights/right.ts'
import { GUID } from './answers.ts'

const posting = { AmountFC: 10.5, GLAccount: GUID }
const VALID: Record<BookingKind, JsonObject> = {
  'sales-entry': { Customer: GUID, Journal: '70', SalesEntryLines: [posting] },
  'sales-invoice': { OrderedBy: GUID, Journal: '70', SalesInvoiceLines: [{ Item: GUID }] },
  'sales-order': { OrderedBy: GUID, SalesOrderLines: [{ Item: GUID }] },
  'cash-entry': { JournalCode: '10', CashEntryLines: [posting] },
  'bank-entry': { JournalCode: '20', BankEntryLines: [posting] },
  'general-journal-entry': { JournalCode: '90', GeneralJournalEntryLines: [{ GLAccount: GUID }] },
  customer: { Name: 'Bakker BV' },
  item: { Code: 'A-1', Description: 'Brood' },
}
const entry = VALID['sales-entry']

const complaints = (kind: BookingKind, payload: JsonObject, reference = 'R1') => {
  const prepared = prepare(kind, reference, payload)
  return prepared.ok ? [] : prepared.failure.map(error => `${error.pointer} ${error.message.kind}`)
}

const lookUpOf = (kind: BookingKind, payload: JsonObject, reference = 'R1') => {
  const prepared = prepare(kind, reference, payload)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.failure))
  return prepared.value.lookUp
}

describe('mandatory fields', () => {
  it.each(BOOKING_KINDS)('takes a complete %s', kind => {
    expect(complaints(kind, VALID[kind])).toEqual([])
  })

  it.each(BOOKING_KINDS)('names every mandatory field missing from %s, all at once', kind => {
    expect(complaints(kind, {})).toEqual(Object.keys(VALID[kind]).map(name => `/${name} mandatory`))
  })

  it.each<[string, JsonObject, string]>([
    ['a customer that is a code', { Customer: 'C-100' }, '/Customer not_a_guid'],
    ['a blank journal', { Journal: '  ' }, '/Journal empty'],
    ['a journal that is a list', { Journal: [] }, '/Journal mandatory'],
    ['lines that are an object', { SalesEntryLines: {} }, '/SalesEntryLines not_a_list'],
    ['no lines', { SalesEntryLines: [] }, '/SalesEntryLines empty'],
    ['a line that is a text', { SalesEntryLines: [posting, 'x'] }, '/SalesEntryLines/1 not_an_object'],
    [
      'an amount in words',
      { SalesEntryLines: [{ ...posting, AmountFC: '10,50' }] },
      '/SalesEntryLines/0/AmountFC not_a_number',
    ],
    ['an account left out', { SalesEntryLines: [{ AmountFC: 1 }] }, '/SalesEntryLines/0/GLAccount mandatory'],
    ['a reference that is a list', { YourRef: ['R1'] }, '/YourRef mandatory'],
  ])('refuses %s', (_what, deviation, complaint) => {
    expect(complaints('sales-entry', { ...entry, ...deviation })).toEqual([complaint])
  })
})

describe('references', () => {
  it.each(['sales-entry', 'sales-invoice', 'sales-order'] as const)('puts the reference of a %s into YourRef', kind => {
    expect(prepare(kind, 'WEB-1001', VALID[kind])).toEqual({
      ok: true,
      value: { payload: { ...VALID[kind], YourRef: 'WEB-1001' }, lookUp: { field: 'YourRef', value: 'WEB-1001' } },
    })
  })

  it('keeps a YourRef that the payload brings, and looks up by it', () => {
    expect(lookUpOf('sales-entry', { ...entry, YourRef: 'own' })).toEqual({ field: 'YourRef', value: 'own' })
    expect(lookUpOf('sales-entry', { ...entry, YourRef: 1001 })).toEqual({ field: 'YourRef', value: '1001' })
    expect(lookUpOf('sales-entry', { ...entry, YourRef: null })).toEqual({ field: 'YourRef', value: 'R1' })
  })

  it('refuses an own YourRef of 31 characters, and takes one of 30', () => {
    expect(complaints('sales-entry', { ...entry, YourRef: 'x'.repeat(31) })).toEqual(['/YourRef too_long'])
    expect(complaints('sales-entry', { ...entry, YourRef: 'x'.repeat(30) })).toEqual([])
  })

  it('refuses a blank reference, which would find every booking without one', () => {
    expect(complaints('sales-entry', entry, ' ')).toEqual(['/YourRef empty'])
  })

  it.each(['cash-entry', 'bank-entry', 'general-journal-entry'] as const)('P47 cannot find a %s again', kind => {
    expect(prepare(kind, 'R1', VALID[kind])).toEqual({ ok: true, value: { payload: VALID[kind], lookUp: null } })
  })

  it('finds customers by their code, filled to 18 characters on the left, and none without a code', () => {
    const value = '              1234'
    const prepared = prepare('customer', 'R1', { Name: 'Bakker BV', Code: '1234' })
    expect(prepared).toEqual({
      ok: true,
      value: { payload: { Name: 'Bakker BV', Code: value }, lookUp: { field: 'Code', value } },
    })
    expect(lookUpOf('customer', VALID.customer)).toBeNull()
    expect(complaints('customer', { Name: 'x', Code: '1'.repeat(19) })).toEqual(['/Code too_long'])
  })

  it('finds items by their code', () => {
    expect(lookUpOf('item', VALID.item)).toEqual({ field: 'Code', value: 'A-1' })
  })

  it('shortens a long reference to the same 30 characters for ever', () => {
    expect(fitReference('webshop-northwind-2026-000123456')).toBe('webshop-northwind-202~9508647e')
  })

  it('keeps references apart and within 30 characters, however long', () => {
    const long = fc.string({ unit: 'binary', maxLength: 80 })
    fc.assert(
      fc.property(long, long, fc.string({ minLength: 21, maxLength: 40 }), (a, b, start) => {
        const [left, right] = [fitReference(start + a), fitReference(start + b)]
        expect(left.length).toBeLessThanOrEqual(30)
        expect(left.isWellFormed()).toBe(true)
        expect(left === right).toBe((start + a).toWellFormed() === (start + b).toWellFormed())
      }),
    )
  })

  it('does not cut a character in two', () => {
    expect(fitReference(`${'x'.repeat(20)}😀${'y'.repeat(20)}`).isWellFormed()).toBe(true)
  })
})
