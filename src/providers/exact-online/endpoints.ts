import type { BookingKind, NeedPurpose } from '../../rights/right.ts'

/** What a mandatory field has to hold: any text, a GUID, or a number. */
export type FieldForm = 'text' | 'guid' | 'number'
export type Fields = Readonly<Record<string, FieldForm>>

/** Where one booking kind goes, what it must hold, and by which field it can be found again (§5.1, §5.3). */
export type Endpoint = {
  resource: string
  purpose: NeedPurpose
  /** The property of its answers that holds the booking's id. */
  key: 'EntryID' | 'InvoiceID' | 'OrderID' | 'ID'
  findBy: 'YourRef' | 'Code' | null
  mandatory: Fields
  lines: { name: string; mandatory: Fields } | null
  /** Candidates, any one of which should cover the write: the reference is of 2022 and a later table differs (§3.2). */
  scopes: readonly string[]
}

const POSTING: Fields = { AmountFC: 'number', GLAccount: 'guid' }

/** Say per booking kind what Exact Online wants: mandatory flags A* of 2025-07, scopes A* of 2022 (§5.1, §3.2). */
export const ENDPOINTS: Readonly<Record<BookingKind, Endpoint>> = {
  'sales-entry': {
    resource: 'salesentry/SalesEntries',
    purpose: 'sales_entry',
    key: 'EntryID',
    findBy: 'YourRef',
    mandatory: { Customer: 'guid', Journal: 'text' },
    lines: { name: 'SalesEntryLines', mandatory: POSTING },
    // Reference of 2022: Financial accounting; S-HUB in August 2026: sales/invoices; U which holds.
    scopes: ['financial.accounting', 'sales.invoices'],
  },
  'sales-invoice': {
    resource: 'salesinvoice/SalesInvoices',
    purpose: 'invoice',
    key: 'InvoiceID',
    findBy: 'YourRef',
    mandatory: { OrderedBy: 'guid', Journal: 'text' },
    lines: { name: 'SalesInvoiceLines', mandatory: { Item: 'guid' } },
    scopes: ['sales.invoices'],
  },
  'sales-order': {
    resource: 'salesorder/SalesOrders',
    purpose: 'order',
    key: 'OrderID',
    findBy: 'YourRef',
    mandatory: { OrderedBy: 'guid' },
    lines: { name: 'SalesOrderLines', mandatory: { Item: 'guid' } },
    scopes: ['sales.orders'],
  },
  'cash-entry': {
    resource: 'financialtransaction/CashEntries',
    purpose: 'cash_entry',
    key: 'EntryID',
    findBy: null,
    mandatory: { JournalCode: 'text' }, // not `Journal` as elsewhere (P#452)
    lines: { name: 'CashEntryLines', mandatory: POSTING },
    scopes: ['financial.accounting'],
  },
  'bank-entry': {
    resource: 'financialtransaction/BankEntries',
    purpose: 'bank_entry',
    key: 'EntryID',
    findBy: null,
    mandatory: { JournalCode: 'text' },
    lines: { name: 'BankEntryLines', mandatory: POSTING },
    scopes: ['financial.accounting'],
  },
  'general-journal-entry': {
    resource: 'generaljournalentry/GeneralJournalEntries',
    purpose: 'general_journal_entry',
    key: 'EntryID',
    findBy: null, // no YourRef or Description on its header: refused in a live test (S-EMEQ, B)
    mandatory: { JournalCode: 'text' },
    lines: { name: 'GeneralJournalEntryLines', mandatory: { GLAccount: 'guid' } },
    scopes: ['financial.accounting'],
  },
  customer: {
    resource: 'crm/Accounts',
    purpose: 'debtor',
    key: 'ID',
    findBy: 'Code',
    mandatory: { Name: 'text' },
    lines: null,
    scopes: ['crm.accounts'],
  },
  item: {
    resource: 'logistics/Items',
    purpose: 'product',
    key: 'ID',
    findBy: 'Code',
    mandatory: { Code: 'text', Description: 'text' },
    lines: null,
    scopes: ['logistics.items'],
  },
}
