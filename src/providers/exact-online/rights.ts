import type { BookingKind, Need } from '../../rights/right.ts'
import { ENDPOINTS } from './endpoints.ts'

type Read = 'journal' | 'vat_code' | 'gl_account' | 'debtor' | 'product'

// Scopes are written as Exact's refusals write them: "Cannot read 'organization.administration' scope" (§3.4, B).
const READS: Readonly<Record<Read, Need>> = {
  journal: {
    resource: 'financial/Journals',
    action: 'GET',
    purpose: 'journal',
    // Reference of 2022: general ledgers; S-HUB in August 2026: accounting; U which holds.
    scopes: ['financial.generalledgers', 'financial.accounting'],
  },
  vat_code: { resource: 'vat/VATCodes', action: 'GET', purpose: 'vat_code', scopes: ['financial.accounting'] },
  gl_account: {
    resource: 'financial/GLAccounts',
    action: 'GET',
    purpose: 'gl_account',
    scopes: ['financial.generalledgers'],
  },
  debtor: { resource: 'crm/Accounts', action: 'GET', purpose: 'debtor', scopes: ['crm.accounts'] },
  product: { resource: 'logistics/Items', action: 'GET', purpose: 'product', scopes: ['logistics.items'] },
}

/** The reads behind a write, as Exact's screens group them (§3.3, C); a general journal takes VAT codes only exceptionally (§5.1, B). */
const READS_OF: Readonly<Record<BookingKind, readonly Read[]>> = {
  'sales-entry': ['journal', 'vat_code', 'gl_account', 'debtor'],
  'sales-invoice': ['journal', 'vat_code', 'gl_account', 'debtor', 'product'],
  'sales-order': ['debtor', 'product'],
  'cash-entry': ['journal', 'vat_code', 'gl_account'],
  'bank-entry': ['journal', 'gl_account'],
  'general-journal-entry': ['journal', 'gl_account'],
  customer: [],
  item: [],
}

/**
 * The write, the look-up of what was written, and the reads behind it. The look-up is a need of its own: without the right
 * Exact may answer it 200 with an empty list (§3.1, A), which would read as "not there" and book twice.
 */
const needsOf = (kind: BookingKind): readonly Need[] => {
  const { resource, purpose, scopes, findBy } = ENDPOINTS[kind]
  const write: Need = { resource, action: 'POST', purpose, scopes }
  const lookUp: Need[] = findBy ? [{ resource, action: 'GET', purpose, scopes }] : []
  return [write, ...lookUp, ...READS_OF[kind].map(read => READS[read])]
}

const CATALOGUE: ReadonlyMap<string, readonly Need[]> = new Map(
  (Object.keys(ENDPOINTS) as BookingKind[]).map(kind => [kind, needsOf(kind)]),
)

/** List every right a booking kind needs, the write first; null for a kind that is not in the catalogue (EOL-01). */
export const needs = (kind: BookingKind): readonly Need[] | null => CATALOGUE.get(kind) ?? null
