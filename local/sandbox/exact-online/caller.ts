import type { Call } from './http.ts'
import type { AccessToken, Chain, Client, User } from './model.ts'
import { pair, sha256, type World } from './state.ts'

export interface Caller {
  user: User
  client: Client
  chain: Chain
  token: AccessToken
}

/** Who calls, by the bearer token; null when nobody knows the token. Whether it still holds is for `holds`. */
export function callerOf(world: World, call: Call): Caller | null {
  const bearer = /^Bearer\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1]
  const token = bearer === undefined ? undefined : world.accessTokens.get(sha256(bearer.trim()))
  const chain = token === undefined ? undefined : world.chains.get(token.chain_id)
  if (token === undefined || chain === undefined) return null
  const user = world.users.get(chain.username)
  const client = world.clients.get(chain.client_id)
  return user === undefined || client === undefined ? null : { user, client, chain, token }
}

/** Whether the token is still good for a call. */
export function holds(world: World, { chain, token }: Caller): boolean {
  if (world.now() >= token.expires_at) return false
  if (chain.ended === null) return true
  return chain.ended === 'superseded' && world.settings.older_access_token_survives
}

/** Companies the grant gives this app; null when every company. A self-registered app has no such list. */
export function grantedDivisions(world: World, { user, client }: Caller): number[] | null {
  if (client.registration === 'self_registered') return null
  const divisions = world.grants.get(pair(client.client_id, user.username))?.divisions ?? 'all'
  return divisions === 'all' ? null : divisions
}
