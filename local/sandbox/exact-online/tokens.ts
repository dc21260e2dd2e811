import { timingSafeEqual } from 'node:crypto'
import { type Issued, openChain, type RefreshOutcome, refresh } from './chains.ts'
import { clientNamed } from './consent.ts'
import { type Call, json, type Reply } from './http.ts'
import type { Client } from './model.ts'
import { sha256, type World } from './state.ts'

interface Form {
  grant_type: string
  client_id: string
  client_secret: string
  code: string
  redirect_uri: string
  refresh_token: string
}

/** Token calls per app, user and day. They live in memory: a restart forgets them. */
export type TokenCalls = Map<string, number>

/** Answer POST /api/oauth2/token. */
export function answerToken(world: World, calls: TokenCalls, call: Call): Reply {
  const form = formOf(call)
  const client = authenticated(world, form)
  if (client === null) return oauthError(401, 'invalid_client', 'Client authentication failed.')
  if (overspent(world, calls, form)) {
    return oauthError(429, 'access_denied', 'Rate limit exceeded: too many token requests today')
  }
  if (form.grant_type === 'authorization_code') return exchange(world, client, form)
  if (form.grant_type !== 'refresh_token') return oauthError(400, 'unsupported_grant_type', 'Unsupported grant type.')
  return refreshReply(world, refresh(world, client.client_id, form.refresh_token))
}

/** The user a token call is about, as far as its code or refresh token tells. */
export function tokenCallUser(world: World, call: Call): { user: string | null; client: string; grant_type: string } {
  const form = formOf(call)
  const code = world.codes.get(sha256(form.code))
  const chain = world.chains.get(world.refreshTokens.get(sha256(form.refresh_token))?.chain_id ?? '')
  return { user: code?.username ?? chain?.username ?? null, client: form.client_id, grant_type: form.grant_type }
}

function formOf(call: Call): Form {
  const fields = new URLSearchParams(call.body)
  const [basicId = '', basicSecret = ''] = basic(call.headers.authorization ?? '')
  return {
    grant_type: fields.get('grant_type') ?? '',
    client_id: fields.get('client_id') ?? basicId,
    client_secret: fields.get('client_secret') ?? basicSecret,
    code: fields.get('code') ?? '',
    redirect_uri: fields.get('redirect_uri') ?? '',
    refresh_token: fields.get('refresh_token') ?? '',
  }
}

function basic(header: string): string[] {
  const encoded = /^Basic\s+(\S+)$/i.exec(header)?.[1]
  if (encoded === undefined) return []
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return [id, secret.join(':')]
}

function authenticated(world: World, { client_id, client_secret }: Form): Client | null {
  if (client_id === '' || client_secret === '') return null
  const client = clientNamed(world, client_id)
  if (client.client_secret === null) return world.clients.put(client_id, { ...client, client_secret })
  const equal = timingSafeEqual(Buffer.from(sha256(client.client_secret)), Buffer.from(sha256(client_secret)))
  return equal ? client : null
}

function overspent(world: World, calls: TokenCalls, form: Form): boolean {
  const limit = world.settings.token_calls_per_day
  const username =
    world.codes.get(sha256(form.code))?.username ??
    world.chains.get(world.refreshTokens.get(sha256(form.refresh_token))?.chain_id ?? '')?.username
  const key = `${form.client_id}|${username}|${Math.floor(world.now() / 86_400_000)}`
  const count = calls.get(key) ?? 0
  if (limit !== null && count >= limit) return true
  calls.set(key, count + 1)
  return false
}

function exchange(world: World, client: Client, form: Form): Reply {
  const key = sha256(form.code)
  const code = world.codes.get(key)
  const late = code !== undefined && world.now() > code.issued_at + world.settings.code_seconds * 1000
  const foreign = code?.client_id !== client.client_id || code.redirect_uri !== form.redirect_uri
  if (code === undefined || code.used || late || foreign) {
    return oauthError(400, 'invalid_grant', 'The authorization code is invalid, expired or was used before.')
  }
  world.codes.put(key, { ...code, used: true })
  return issuedReply(world, openChain(world, client.client_id, code.username))
}

function refreshReply(world: World, outcome: RefreshOutcome): Reply {
  const { settings } = world
  const early = 'Rate limit exceeded: access_token not expired'
  switch (outcome.kind) {
    case 'issued':
      return issuedReply(world, outcome.issued)
    case 'broken_chain':
      return oauthError(400, 'invalid_grant', 'Token is not allowed, because of invalid or empty chainId')
    case 'reused':
      return oauthError(settings.reuse_status, 'unauthorized_client', 'Old refresh token used.')
    case 'reused_family_killed':
      return oauthError(400, 'invalid_grant', 'Old refresh token used. The grant has been revoked.')
    case 'too_early': {
      const headers = { Reason: `TooEarlyToRefreshTokens: ${early}` }
      return oauthError(settings.early_refresh_status, 'access_denied', early, headers)
    }
    case 'idle_too_long': {
      const dates = `at ${american(outcome.expiredAt)} and it is now ${american(world.now())}`
      return oauthError(400, 'invalid_request', `The refresh token expired ${dates}.`)
    }
  }
}

function issuedReply(world: World, issued: Issued): Reply {
  const { access_token, refresh_token } = issued
  const expires_in = String(world.settings.token_seconds)
  return json(200, { access_token, token_type: 'Bearer', expires_in, refresh_token }, { 'cache-control': 'no-store' })
}

function oauthError(
  status: number,
  error: string,
  error_description: string,
  headers: Record<string, string> = {},
): Reply {
  return json(status, { error, error_description }, headers)
}

function american(ms: number): string {
  return new Date(ms).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202f', ' ')
}
