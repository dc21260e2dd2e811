import { purposeOf } from '../../rights/purpose.ts'
import type { Action, NeedPurpose } from '../../rights/right.ts'
import type { RightWords } from '../right-words.ts'
import { causes, unknownBooking } from './causes.ts'
import { steps } from './steps.ts'
import { warnings } from './warnings.ts'

const THINGS: Record<NeedPurpose, string> = {
  order: 'sales orders',
  invoice: 'sales invoices',
  sales_entry: 'sales entries',
  cash_entry: 'cash entries',
  bank_entry: 'bank entries',
  general_journal_entry: 'general journal entries',
  product: 'items',
  debtor: 'customers',
  journal: 'journals',
  vat_code: 'VAT codes',
  gl_account: 'ledger accounts',
}

const DOING: Record<Action, string> = { GET: 'view', POST: 'create', PUT: 'change', DELETE: 'delete' }

export const rights: RightWords = {
  name({ resource, action }) {
    if (resource === '*') return 'book'
    const purpose = purposeOf(resource)
    return `${DOING[action]} ${purpose === null ? resource : THINGS[purpose]}`
  },
  user: username => (username === null ? 'the connected user' : `user '${username}'`),
  inPath: { user: 'the user', app: 'the app' },
  layers: {
    connection: 'connection',
    user_kind: 'kind of user',
    app_scope: 'app registration',
    licence: 'licence',
    administration: "access to the administration ('toegang')",
    right: "rights in the administration ('rechten')",
  },
  verdicts: {
    allowed: { name: 'allowed', text: 'This booking may be made: all rights are there.' },
    denied: { name: 'denied', text: 'This booking cannot be made: rights are missing.' },
    unknown: { name: 'unknown', text: 'It is not quite certain whether this booking may be made.' },
  },
  causes,
  unknownBooking,
  derived: 'derived',
  warnings,
  bookingKinds: {
    'sales-entry': 'sales entries',
    'sales-invoice': 'sales invoices',
    'sales-order': 'sales orders',
    'cash-entry': 'cash entries',
    'bank-entry': 'bank entries',
    'general-journal-entry': 'general journal entries',
    customer: 'customers',
    item: 'items',
  },
  sourceKinds: { webshop: 'webshop', pos: 'till', psp: 'payment provider' },
  userKinds: {
    full_user: "full user ('volledige gebruiker')",
    client_user: "client user ('clientgebruiker (MijnKantoor)')",
    starter_user: 'starter user',
    self_service_user: 'employee with self-service only',
    unknown: 'kind of user not known',
  },
  steps,
}
