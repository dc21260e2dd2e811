import { randomBytes } from 'node:crypto'
import { endChains } from './chains.ts'
import { type Call, empty, html, type Reply } from './http.ts'
import type { Client, Grant, User } from './model.ts'
import { consentPage, errorPage } from './pages.ts'
import { pair, sha256, type World } from './state.ts'

export interface Consent {
  username: string
  client_id: string
  redirect_uri: string
  state?: string | undefined
  divisions?: 'all' | number[] | undefined
}

/** Answer GET and POST of /api/oauth2/auth. */
export function answerConsent(world: World, call: Call): Reply {
  const fields = call.method === 'POST' ? new URLSearchParams(call.body) : call.query
  const ask = {
    client_id: fields.get('client_id') ?? '',
    redirect_uri: fields.get('redirect_uri') ?? '',
    state: fields.get('state') ?? undefined,
  }
  if (ask.client_id === '' || !URL.canParse(ask.redirect_uri)) {
    return html(400, errorPage('client_id and a full redirect_uri are needed.'))
  }
  if (call.method === 'POST') return decided(world, fields, ask)
  if (fields.get('response_type') !== 'code') return redirect(ask, { error: 'unsupported_response_type' })
  const client = clientNamed(world, ask.client_id)
  return html(200, consentPage({ ...ask, client, users: world.users.values(), divisions: world.divisions.values() }))
}

/** Consent as a user would on the page; gives the address the browser is sent to. */
export function consent(world: World, given: Consent): string | null {
  const user = world.users.get(given.username.toLowerCase())
  if (user === undefined) return null
  const client = clientNamed(world, given.client_id)
  const grant: Grant = {
    client_id: client.client_id,
    username: user.username,
    divisions: narrowed(user, given.divisions ?? 'all'),
    consented_at: world.now(),
  }
  world.grants.put(pair(client.client_id, user.username), grant)
  if (world.settings.older_chain_dies === 'at_consent') endChains(world, client.client_id, user.username, 'superseded')
  return location(given, { code: newCode(world, given.redirect_uri, grant) })
}

/** The app of this client id; it registers itself the first time anyone names it. */
export function clientNamed(world: World, client_id: string): Client {
  const known = world.clients.get(client_id)
  if (known !== undefined) return known
  const registration = world.settings.default_registration
  return world.clients.put(client_id, { client_id, client_secret: null, scopes: null, registration })
}

function decided(
  world: World,
  fields: URLSearchParams,
  ask: Pick<Consent, 'client_id' | 'redirect_uri' | 'state'>,
): Reply {
  if (fields.get('decision') === 'deny') return redirect(ask, { error: 'access_denied' })
  const list = fields.getAll('division').map(Number)
  const divisions = fields.get('divisions') === 'list' ? list : 'all'
  const target = consent(world, { ...ask, username: fields.get('username') ?? '', divisions })
  return target === null ? html(400, errorPage('Choose the user who signs in.')) : empty(302, { Location: target })
}

/** A user can only give what the user has. */
function narrowed(user: User, divisions: 'all' | number[]): 'all' | number[] {
  return divisions === 'all' ? 'all' : divisions.filter(division => user.divisions.includes(division))
}

function newCode(world: World, redirect_uri: string, { client_id, username }: Grant): string {
  const code = `stampSBX001.${randomBytes(18).toString('base64url')}!${randomBytes(90).toString('base64url')}`
  world.codes.put(sha256(code), { client_id, username, redirect_uri, issued_at: world.now(), used: false })
  return code
}

function redirect(ask: Pick<Consent, 'redirect_uri' | 'state'>, fields: Record<string, string>): Reply {
  return empty(302, { Location: location(ask, fields) })
}

function location(
  { redirect_uri, state }: Pick<Consent, 'redirect_uri' | 'state'>,
  fields: Record<string, string>,
): string {
  const url = new URL(redirect_uri)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}
