import { randomBytes, randomUUID } from 'node:crypto'
import type { Caller } from './caller.ts'
import type { AccessToken, Chain, RefreshToken } from './model.ts'
import { judgeReuse } from './reuse.ts'
import { sha256, type World } from './state.ts'

export interface Issued {
  access_token: string
  refresh_token: string
}

export type RefreshOutcome =
  | { kind: 'issued'; issued: Issued }
  | { kind: 'broken_chain' | 'reused' | 'reused_family_killed' | 'too_early' }
  | { kind: 'idle_too_long'; expiredAt: number }

/** Begin a chain for an app and a user; by setting the older one dies here. */
export function openChain(world: World, client_id: string, username: string): Issued {
  if (world.settings.older_chain_dies !== 'at_first_use') endChains(world, client_id, username, 'superseded')
  const chain: Chain = {
    id: randomUUID(),
    client_id,
    username,
    ended: null,
    generation: 0,
    confirmed: 0,
    current_sha256: '',
    previous_sha256: null,
  }
  return issue(world, chain, 1, null)
}

/** End the chains of an app and a user, in the order they were opened, up to the one named. */
export function endChains(
  world: World,
  client_id: string,
  username: string,
  ended: 'superseded' | 'revoked',
  before?: string,
): void {
  for (const chain of world.chains.values()) {
    if (chain.id === before) return
    const same = chain.client_id === client_id && chain.username === username
    if (same && (chain.ended === null || ended === 'revoked')) world.chains.put(chain.id, { ...chain, ended })
  }
}

/** Exchange a refresh token. */
export function refresh(world: World, client_id: string, presented: string): RefreshOutcome {
  const hash = sha256(presented)
  const token = world.refreshTokens.get(hash)
  const chain = token === undefined ? undefined : world.chains.get(token.chain_id)
  if (token === undefined || chain === undefined || chain.client_id !== client_id || chain.ended !== null) {
    return { kind: 'broken_chain' }
  }
  const { settings } = world
  const now = world.now()
  if (token.dead || token.used_at !== null) {
    const verdict = judgeReuse(settings, chain, token, now)
    if (verdict === 'kill') world.chains.put(chain.id, { ...chain, ended: 'reused' })
    if (verdict !== 'overlap') return { kind: verdict === 'kill' ? 'reused_family_killed' : 'reused' }
  }
  const expiredAt = token.issued_at + settings.refresh_idle_days * 86_400_000
  if (now >= expiredAt) return { kind: 'idle_too_long', expiredAt }
  if (now < token.issued_at + settings.refresh_not_before_seconds * 1000) return { kind: 'too_early' }
  return { kind: 'issued', issued: rotate(world, chain, token, presented) }
}

/** Remember that an access token was used: under model C its parent lapses, and by setting the older chain dies. */
export function noteAccessUse(world: World, { chain, token }: Caller): void {
  if (chain.ended === null) confirm(world, chain, token.generation)
}

function rotate(world: World, chain: Chain, token: RefreshToken, presented: string): Issued {
  const now = world.now()
  const hash = sha256(presented)
  const confirmed = confirm(world, chain, token.generation)
  if (world.settings.reuse_model === 'E') {
    world.refreshTokens.put(hash, { ...token, issued_at: now })
    return { access_token: issueAccess(world, confirmed, token.generation), refresh_token: presented }
  }
  if (world.settings.reuse_model === 'C') silenceSiblings(world, chain.id, token.generation)
  world.refreshTokens.put(hash, { ...token, used_at: token.used_at ?? now })
  return issue(world, confirmed, token.generation + 1, hash)
}

function confirm(world: World, chain: Chain, generation: number): Chain {
  if (chain.confirmed >= generation) return chain
  if (world.settings.older_chain_dies === 'at_first_use') {
    endChains(world, chain.client_id, chain.username, 'superseded', chain.id)
  }
  return world.chains.put(chain.id, { ...chain, confirmed: generation })
}

function silenceSiblings(world: World, chainId: string, generation: number): void {
  const current = world.chains.get(chainId)?.current_sha256 ?? ''
  const sibling = world.refreshTokens.get(current)
  if (sibling !== undefined && sibling.generation > generation)
    world.refreshTokens.put(current, { ...sibling, dead: true })
}

function issue(world: World, chain: Chain, generation: number, parent: string | null): Issued {
  const refresh_token = opaque('stampSBX001', 240)
  const current_sha256 = sha256(refresh_token)
  const issued_at = world.now()
  const token: RefreshToken = { chain_id: chain.id, generation, issued_at, used_at: null, dead: false }
  world.refreshTokens.put(current_sha256, token)
  const grown = {
    ...chain,
    generation: Math.max(chain.generation, generation),
    current_sha256,
    previous_sha256: parent,
  }
  world.chains.put(chain.id, grown)
  return { access_token: issueAccess(world, grown, generation), refresh_token }
}

function issueAccess(world: World, chain: Chain, generation: number): string {
  const text = opaque('stampSBX001', 600)
  const issued_at = world.now()
  const expires_at = issued_at + world.settings.token_seconds * 1000
  const token: AccessToken = { chain_id: chain.id, generation, issued_at, expires_at }
  world.accessTokens.put(sha256(text), token)
  return text
}

function opaque(start: string, bytes: number): string {
  return `${start}.${randomBytes(24).toString('base64url')}!${randomBytes(bytes).toString('base64url')}`
}
