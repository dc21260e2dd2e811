import type { Action } from './model.ts'

export interface BookingKind {
  path: string
  linesPath: string
  scope: string
  module: string
  actions: readonly Action[]
  idField: 'EntryID' | 'InvoiceID' | 'OrderID'
  numberField: 'EntryNumber' | 'InvoiceNumber' | 'OrderNumber'
  /** Whether the caller may choose the number. */
  numberSettable: boolean
  linesField: string
  dateField: string | null
  party: 'Customer' | 'OrderedBy' | null
  journal: { field: 'Journal' | 'JournalCode'; types: readonly number[]; name: string } | null
  mandatory: readonly string[]
  lineMandatory: readonly string[]
  /** Header properties a caller may send. */
  header: ReadonlySet<string>
  /** Line properties a caller may send. */
  line: ReadonlySet<string>
  vatOnLines: boolean
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

const withPut: readonly Action[] = ['GET', 'POST', 'PUT', 'DELETE']
const withoutPut: readonly Action[] = ['GET', 'POST', 'DELETE']

const cashLine = words(`ID Account AmountFC AmountVATFC Asset CostCenter CostUnit Date Description Document EntryID
  ExchangeRate GLAccount LineNumber Notes OffsetID OurRef Project Quantity VATCode VATPercentage VATType`)

const salesLine =
  words(`ID AmountFC Asset CostCenter CostUnit Description EntryID ExtraDutyAmountFC From GLAccount LineNumber
  Notes Project Quantity SerialNumber Subscription TaxSchedule To TrackingNumber Type VATAmountFC VATBaseAmountFC VATCode
  VATPercentage`)

const itemLine =
  words(`ID AmountFC CostCenter CostUnit DeliveryDate Description Discount Employee EndTime GLAccount Item
  LineNumber NetPrice Notes Pricelist Project Quantity StartTime TaxSchedule UnitCode UnitPrice UseDropShipment VATAmount
  VATAmountFC VATCode VATPercentage`)

const moneyHeader = (lines: string): ReadonlySet<string> =>
  words(
    `EntryID ClosingBalanceFC Currency EntryNumber ExchangeRate FinancialPeriod FinancialYear JournalCode OpeningBalanceFC ${lines}`,
  )

const accounting = { scope: 'financial.accounting', module: 'financial' }

const salesEntry: BookingKind = {
  ...accounting,
  path: 'salesentry/SalesEntries',
  linesPath: 'salesentry/SalesEntryLines',
  actions: withPut,
  idField: 'EntryID',
  numberField: 'EntryNumber',
  numberSettable: true,
  linesField: 'SalesEntryLines',
  dateField: 'EntryDate',
  party: 'Customer',
  journal: { field: 'Journal', types: [20, 21], name: 'sales' },
  mandatory: ['Customer', 'Journal', 'SalesEntryLines'],
  lineMandatory: ['AmountFC', 'GLAccount'],
  header: words(`EntryID Currency Customer Description Document DueDate EntryDate EntryNumber ExternalLinkDescription
    ExternalLinkReference InvoiceNumber IsExtraDuty Journal OrderNumber PaymentCondition PaymentReference Rate
    ReportingPeriod ReportingYear Reversal SalesEntryLines Status Type VATAmountFC WithholdingTaxAmountFC YourRef`),
  line: salesLine,
  vatOnLines: true,
}

const salesInvoice: BookingKind = {
  scope: 'sales.invoices',
  module: 'sales',
  path: 'salesinvoice/SalesInvoices',
  linesPath: 'salesinvoice/SalesInvoiceLines',
  actions: withPut,
  idField: 'InvoiceID',
  numberField: 'InvoiceNumber',
  numberSettable: false,
  linesField: 'SalesInvoiceLines',
  dateField: 'InvoiceDate',
  party: 'OrderedBy',
  journal: { field: 'Journal', types: [20, 21], name: 'sales' },
  mandatory: ['OrderedBy', 'Journal', 'SalesInvoiceLines'],
  lineMandatory: ['Item'],
  header:
    words(`InvoiceID AmountDiscount AmountDiscountExclVat Currency DeliverTo DeliverToAddress DeliverToContactPerson
    Description Discount Document DueDate ExtraDutyAmountFC GAccountAmountFC InvoiceDate InvoiceNumber InvoiceTo
    InvoiceToContactPerson Journal OrderDate OrderNumber OrderedBy OrderedByContactPerson PaymentCondition PaymentReference
    Remarks SalesChannel SalesInvoiceLines Salesperson SelectionCode Status Type VATAmountFC Warehouse YourRef`),
  line: itemLine,
  vatOnLines: true,
}

const salesOrder: BookingKind = {
  scope: 'sales.orders',
  module: 'sales',
  path: 'salesorder/SalesOrders',
  linesPath: 'salesorder/SalesOrderLines',
  actions: withPut,
  idField: 'OrderID',
  numberField: 'OrderNumber',
  numberSettable: true,
  linesField: 'SalesOrderLines',
  dateField: 'OrderDate',
  party: 'OrderedBy',
  journal: null,
  mandatory: ['OrderedBy', 'SalesOrderLines'],
  lineMandatory: ['Item'],
  header: words(`OrderID AmountDiscount AmountDiscountExclVat Currency DeliverTo DeliverToContactPerson DeliveryAddress
    DeliveryDate Description Discount Document InvoiceTo InvoiceToContactPerson OrderDate OrderNumber OrderedBy
    OrderedByContactPerson PaymentCondition PaymentReference Remarks SalesChannel SalesOrderLines Salesperson SelectionCode
    ShippingMethod Status WarehouseID YourRef`),
  line: itemLine,
  vatOnLines: true,
}

const cashEntry: BookingKind = {
  ...accounting,
  path: 'financialtransaction/CashEntries',
  linesPath: 'financialtransaction/CashEntryLines',
  actions: withoutPut,
  idField: 'EntryID',
  numberField: 'EntryNumber',
  numberSettable: true,
  linesField: 'CashEntryLines',
  dateField: null,
  party: null,
  journal: { field: 'JournalCode', types: [10], name: 'cash' },
  mandatory: ['JournalCode', 'CashEntryLines'],
  lineMandatory: ['AmountFC', 'GLAccount'],
  header: moneyHeader('CashEntryLines'),
  line: cashLine,
  vatOnLines: true,
}

const bankEntry: BookingKind = {
  ...cashEntry,
  path: 'financialtransaction/BankEntries',
  linesPath: 'financialtransaction/BankEntryLines',
  linesField: 'BankEntryLines',
  journal: { field: 'JournalCode', types: [12], name: 'bank' },
  mandatory: ['JournalCode', 'BankEntryLines'],
  header: moneyHeader('BankEntryLines BankStatementDocument'),
}

const generalEntry: BookingKind = {
  ...cashEntry,
  path: 'generaljournalentry/GeneralJournalEntries',
  linesPath: 'generaljournalentry/GeneralJournalEntryLines',
  linesField: 'GeneralJournalEntryLines',
  journal: { field: 'JournalCode', types: [90], name: 'general' },
  mandatory: ['JournalCode', 'GeneralJournalEntryLines'],
  lineMandatory: ['GLAccount'],
  header: words(
    'EntryID Currency EntryNumber ExchangeRate FinancialPeriod FinancialYear GeneralJournalEntryLines JournalCode Reversal',
  ),
  vatOnLines: false,
}

/** The six endpoints a booking can be written to. */
export const bookingKinds: readonly BookingKind[] = [
  salesEntry,
  salesInvoice,
  salesOrder,
  cashEntry,
  bankEntry,
  generalEntry,
]

/** Find the kind of an endpoint; undefined when it takes no bookings. */
export function bookingKind(path: string): BookingKind | undefined {
  return bookingKinds.find(kind => kind.path === path)
}
