import type { Bookkeeping, JsonObject } from '../../src/providers/provider.ts'

/** Fixed ids of the sandbox's administration 1001. */
export const EXACT = {
  debtor: '00001001-0002-4000-8000-000000000001',
  revenue: '00001001-0001-4000-8000-000000008000',
  revenueLow: '00001001-0001-4000-8000-000000008010',
  revenueZero: '00001001-0001-4000-8000-000000008020',
}

export const A_SHOP = 'a.shop@fietsenwinkel.example'
export const B_SHOP = 'b.shop@fietsenwinkel.example'
export const CLIENT = 'client@fietsenwinkel.example'

/** The mapping that books every example document into administration 1001. */
export const bookkeeping = (): Bookkeeping => ({
  journal: '70',
  default_customer: EXACT.debtor,
  lines: [
    { vat_category: 'S', vat_rate: '21', gl_account: EXACT.revenue, vat_code: '2' },
    { vat_category: 'S', vat_rate: '9', gl_account: EXACT.revenueLow, vat_code: '1' },
    { vat_category: 'S', vat_rate: '25', gl_account: EXACT.revenue, vat_code: '25' },
    { vat_category: 'S', vat_rate: '15', gl_account: EXACT.revenue, vat_code: '15' },
    { vat_category: 'E', vat_rate: '0', gl_account: EXACT.revenueZero, vat_code: '0' },
  ],
})

/** A sales entry as Exact takes it. */
export const salesEntry = (cents = 12_100): JsonObject => ({
  Customer: EXACT.debtor,
  Journal: '70',
  SalesEntryLines: [{ AmountFC: cents / 100, GLAccount: EXACT.revenue, VATCode: '2' }],
})
