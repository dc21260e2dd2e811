import { purposeOf } from '../../rights/purpose.ts'
import type { Action, NeedPurpose } from '../../rights/right.ts'
import type { RightWords } from '../right-words.ts'
import { causes, unknownBooking } from './causes.ts'
import { steps } from './steps.ts'
import { warnings } from './warnings.ts'

const THINGS: Record<NeedPurpose, string> = {
  order: 'Verkooporders',
  invoice: 'Verkoopfacturen',
  sales_entry: 'Verkoopboekingen',
  cash_entry: 'Kasboekingen',
  bank_entry: 'Bankboekingen',
  general_journal_entry: 'Memoriaalboekingen',
  product: 'Artikelen',
  debtor: 'Debiteuren',
  journal: 'Dagboeken',
  vat_code: 'BTW-codes',
  gl_account: 'Grootboekrekeningen',
}

const DOING: Record<Action, string> = { GET: 'bekijken', POST: 'aanmaken', PUT: 'wijzigen', DELETE: 'verwijderen' }

export const rights: RightWords = {
  name({ resource, action }) {
    if (resource === '*') return 'Boeken'
    const purpose = purposeOf(resource)
    return `${purpose === null ? resource : THINGS[purpose]} ${DOING[action]}`
  },
  user: username => (username === null ? 'de gekoppelde gebruiker' : `gebruiker '${username}'`),
  inPath: { user: 'de gebruiker', app: 'de app' },
  layers: {
    connection: 'verbinding',
    user_kind: 'soort gebruiker',
    app_scope: 'app-registratie',
    licence: 'licentie',
    administration: 'toegang tot de administratie',
    right: 'rechten in de administratie',
  },
  verdicts: {
    allowed: { name: 'toegestaan', text: 'Deze boeking mag: alle rechten zijn er.' },
    denied: { name: 'geweigerd', text: 'Deze boeking kan niet: er ontbreken rechten.' },
    unknown: { name: 'onbekend', text: 'Of deze boeking mag, is niet helemaal zeker.' },
  },
  causes,
  unknownBooking,
  derived: 'afgeleid',
  warnings,
  bookingKinds: {
    'sales-entry': 'verkoopboekingen',
    'sales-invoice': 'verkoopfacturen',
    'sales-order': 'verkooporders',
    'cash-entry': 'kasboekingen',
    'bank-entry': 'bankboekingen',
    'general-journal-entry': 'memoriaalboekingen',
    customer: 'debiteuren',
    item: 'artikelen',
  },
  sourceKinds: { webshop: 'webshop', pos: 'kassa', psp: 'betaaldienst' },
  userKinds: {
    full_user: 'volledige gebruiker',
    client_user: 'clientgebruiker (MijnKantoor)',
    starter_user: 'startersgebruiker',
    self_service_user: 'medewerker met alleen zelfbediening',
    unknown: 'soort gebruiker onbekend',
  },
  steps,
}
