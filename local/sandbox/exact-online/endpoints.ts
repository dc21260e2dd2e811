import { bookingKinds } from './booking-kinds.ts'
import type { Action } from './model.ts'

export interface Endpoint {
  path: string
  /** Scope of the app registration it takes; null for none. */
  scope: string | null
  /** Licence module it belongs to; null for every licence. */
  module: string | null
  actions: readonly Action[]
  /** Property that is the key. */
  key: string
  /** For a collection of lines: the bookings it is read from. */
  linesOf?: string
}

const read: readonly Action[] = ['GET']
const all: readonly Action[] = ['GET', 'POST', 'PUT', 'DELETE']

const system = (path: string, scope: string | null = 'organization.administration'): Endpoint => ({
  path,
  scope,
  module: null,
  actions: read,
  key: 'ID',
})

const plain: Endpoint[] = [
  system('current/Me', null),
  system('system/Divisions'),
  system('system/AllDivisions'),
  system('system/Users'),
  system('system/AvailableFeatures'),
  system('users/UserHasRights'),
  { path: 'financial/Journals', scope: 'financial.generalledgers', module: 'financial', actions: read, key: 'ID' },
  { path: 'financial/GLAccounts', scope: 'financial.generalledgers', module: 'financial', actions: read, key: 'ID' },
  { path: 'vat/VATCodes', scope: 'financial.accounting', module: 'financial', actions: read, key: 'ID' },
  { path: 'cashflow/PaymentConditions', scope: 'financial.cashflow', module: 'financial', actions: read, key: 'ID' },
  { path: 'crm/Accounts', scope: 'crm.accounts', module: 'crm', actions: all, key: 'ID' },
  { path: 'logistics/Items', scope: 'logistics.items', module: 'logistics', actions: all, key: 'ID' },
]

const booking: Endpoint[] = bookingKinds.flatMap(kind => {
  const shared = { scope: kind.scope, module: kind.module }
  return [
    { ...shared, path: kind.path, actions: kind.actions, key: kind.idField },
    { ...shared, path: kind.linesPath, actions: read, key: 'ID', linesOf: kind.path },
  ]
})

/** Every endpoint the sandbox has, by `service/Name`, upper and lower case told apart. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [...plain, ...booking].map(endpoint => [endpoint.path, endpoint]),
)
