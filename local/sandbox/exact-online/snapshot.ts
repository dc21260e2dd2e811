import type { Chain } from './model.ts'
import type { World } from './state.ts'

const masterEndpoints = [
  'financial/Journals',
  'financial/GLAccounts',
  'vat/VATCodes',
  'cashflow/PaymentConditions',
  'crm/Accounts',
  'logistics/Items',
]

/** The world for whoever looks at it from outside: no secrets, no tokens. */
export function snapshot(world: World) {
  return {
    now: new Date(world.now()).toISOString(),
    settings: world.settings,
    modules: world.modules,
    users: world.users.values(),
    clients: world.clients.values().map(({ client_id, scopes, registration, client_secret }) => ({
      client_id,
      scopes,
      registration,
      has_secret: client_secret !== null,
    })),
    grants: world.grants.values(),
    divisions: world.divisions.values().map(division => ({ ...division, master: masterOf(world, division.code) })),
    bookings: world.ledger.values().filter(row => row.kind === 'booking' && row.deleted_at === null).length,
  }
}

/** Each token chain: whether it lives, and the hashes of its newest refresh token and the one before. */
export function chainStates(world: World): (Chain & { alive: boolean })[] {
  return world.chains.values().map(chain => ({ ...chain, alive: chain.ended === null }))
}

function masterOf(world: World, division: number): Record<string, { id: string; code: string; name: string }[]> {
  const rows = (endpoint: string) =>
    world.records.all(division, endpoint).map(({ id, data }) => ({
      id,
      code: String(data.Code).trim(),
      name: String(data.Description ?? data.Name),
    }))
  return Object.fromEntries(masterEndpoints.map(endpoint => [endpoint, rows(endpoint)]))
}
