import { type Caller, grantedDivisions } from './caller.ts'
import type { Endpoint } from './endpoints.ts'
import type { Reply } from './http.ts'
import type { Action, User } from './model.ts'
import { forbidden, results } from './odata.ts'
import type { World } from './state.ts'

/** What is asked of the layers: one endpoint, one action, one company (null for none). */
export interface Ask {
  world: World
  caller: Caller
  endpoint: Endpoint
  action: Action
  division: number | null
}

type Layer = (ask: Ask) => Reply | null

const clientUserMay = new Set([
  'system/Divisions|GET',
  'users/UserHasRights|GET',
  'logistics/Items|GET',
  'salesinvoice/SalesInvoices|GET',
])

/** The refusal of the first layer that refuses; null when all let it through. */
export function refusedBy(ask: Ask): Reply | null {
  for (const layer of layers) {
    const reply = layer(ask)
    if (reply !== null) return reply
  }
  return null
}

/** Whether the user has this right, whatever the other layers say. */
export function hasRight(user: User, division: number, endpoint: string, action: Action): boolean {
  const own = user.rights[`${division}|${endpoint}|${action}`]
  return own ?? (user.kind === 'full' || clientUserMay.has(`${endpoint}|${action}`))
}

const account: Layer = ({ caller: { user } }) => {
  if (user.block_reason === null) return null
  const value = user.block_reason === 'LicenseExpired' ? "Forbidden - Customer's license expired." : 'Forbidden'
  return forbidden(value, user.block_reason)
}

const appScope: Layer = ({ caller: { client }, endpoint, action }) => {
  const { scope } = endpoint
  if (client.scopes === null || scope === null || client.scopes.includes(scope)) return null
  if (action === 'GET' && client.scopes.includes(`${scope}:read`)) return null
  const verb = action === 'GET' ? 'read' : 'write'
  return forbidden(`Forbidden - Application Scope Violated. Cannot ${verb} '${scope}' scope.`)
}

const divisionScope: Layer = ask => {
  if (skipsCompany(ask)) return null
  const granted = grantedDivisions(ask.world, ask.caller)
  if (granted === null || ask.division === null || granted.includes(ask.division)) return null
  return forbidden('Forbidden - User division is not within division scope.')
}

const licenceModule: Layer = ({ world, endpoint }) =>
  endpoint.module === null || world.modules.includes(endpoint.module) ? null : forbidden()

const companyAccess: Layer = ask => {
  if (skipsCompany(ask) || ask.division === null || ask.caller.user.divisions.includes(ask.division)) return null
  return forbidden('Forbidden', ask.world.settings.no_access_reason ? 'NoDivisionAccess' : undefined)
}

const userRight: Layer = ({ world, caller, endpoint, action, division }) => {
  if (endpoint.path === 'current/Me') return null
  const path = endpoint.linesOf ?? endpoint.path
  if (hasRight(caller.user, division ?? caller.user.current_division, path, action)) return null
  const emptyList = action === 'GET' && endpoint.module !== null && world.settings.missing_read_right === 'empty'
  return emptyList ? results([]) : forbidden()
}

/** Exact support: the number in the URL of system/Divisions is not checked; a setting checks it all the same. */
function skipsCompany({ world, endpoint }: Ask): boolean {
  return endpoint.path === 'system/Divisions' && !world.settings.divisions_url_checked
}

const layers: Layer[] = [account, appScope, divisionScope, licenceModule, companyAccess, userRight]
