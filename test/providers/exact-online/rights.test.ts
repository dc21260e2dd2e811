import { describe, expect, it } from 'vitest'
import { needs } from '../../../src/providers/exact-online/rights.ts'
import { BOOKING_KINDS, type BookingKind } from '../../../src/rights/right.ts'

const WANTED: Record<BookingKind, string[]> = {
  'sales-entry': [
    'POST salesentry/SalesEntries sales_entry',
    'GET salesentry/SalesEntries sales_entry',
    'GET financial/Journals journal',
    'GET vat/VATCodes vat_code',
    'GET financial/GLAccounts gl_account',
    'GET crm/Accounts debtor',
  ],
  'sales-invoice': [
    'POST salesinvoice/SalesInvoices invoice',
    'GET salesinvoice/SalesInvoices invoice',
    'GET financial/Journals journal',
    'GET vat/VATCodes vat_code',
    'GET financial/GLAccounts gl_account',
    'GET crm/Accounts debtor',
    'GET logistics/Items product',
  ],
  'sales-order': [
    'POST salesorder/SalesOrders order',
    'GET salesorder/SalesOrders order',
    'GET crm/Accounts debtor',
    'GET logistics/Items product',
  ],
  'cash-entry': [
    'POST financialtransaction/CashEntries cash_entry',
    'GET financial/Journals journal',
    'GET vat/VATCodes vat_code',
    'GET financial/GLAccounts gl_account',
  ],
  'bank-entry': [
    'POST financialtransaction/BankEntries bank_entry',
    'GET financial/Journals journal',
    'GET financial/GLAccounts gl_account',
  ],
  'general-journal-entry': [
    'POST generaljournalentry/GeneralJournalEntries general_journal_entry',
    'GET financial/Journals journal',
    'GET financial/GLAccounts gl_account',
  ],
  customer: ['POST crm/Accounts debtor', 'GET crm/Accounts debtor'],
  item: ['POST logistics/Items product', 'GET logistics/Items product'],
}

describe('the catalogue', () => {
  it.each(BOOKING_KINDS)('EOL-01 lists the writes and then the reads of a %s, each with its purpose', kind => {
    const listed = needs(kind)?.map(need => `${need.action} ${need.resource} ${need.purpose}`)
    expect(listed).toEqual(WANTED[kind])
  })

  it.each(['loyalty-points', 'constructor', '__proto__', ''])('EOL-01 knows no needs for "%s"', (unknown: string) => {
    expect(needs(unknown as BookingKind)).toBeNull()
  })

  it('EOL-01 names an app scope for every need, and both candidates where the sources differ', () => {
    const scopes = new Map(
      BOOKING_KINDS.flatMap(kind => needs(kind) ?? []).map(need => [need.resource, need.scopes] as const),
    )
    for (const [resource, candidates] of scopes) expect(candidates.length, resource).toBeGreaterThan(0)
    expect(scopes.get('salesentry/SalesEntries')).toEqual(['financial.accounting', 'sales.invoices'])
    expect(scopes.get('financial/Journals')).toEqual(['financial.generalledgers', 'financial.accounting'])
  })
})
