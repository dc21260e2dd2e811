import type Big from 'big.js'

/** One VAT category and rate of a sales document, with its amounts as exact decimals in the document's currency. */
export type VatGroup = {
  /** UNCL5305: S, Z, E, AE, K, G, O … */
  category: string
  /** Percentage without trailing zeros: `21`, `9`, `0`. */
  rate: string
  taxable: Big
  vat: Big
}

/** A sales invoice or credit note, free of its format. Amounts of a credit note are already negative. */
export type SalesDocument = {
  type: 'invoice' | 'credit_note'
  number: string
  /** Dates as `YYYY-MM-DD`. */
  issueDate: string
  dueDate: string | null
  /** ISO 4217. */
  currency: string
  buyer: string | null
  groups: VatGroup[]
  totalExclusive: Big
  totalVat: Big
  totalInclusive: Big
}
