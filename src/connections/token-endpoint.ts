import * as openid from 'openid-client'
import type { Definition, ProviderAnswer } from '../providers/provider.ts'
import type { ProviderApp } from '../seats/seat.ts'

/** How long a token endpoint may take: giving up early can lose the chain (exact-online.md, complaint 8). */
const PATIENCE_SECONDS = 120

export type Grant = { grantType: 'authorization_code' | 'refresh_token'; parameters: Record<string, string> }

export type TokenReply = { kind: 'answered'; answer: ProviderAnswer } | { kind: 'unreachable'; words: string }

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Put a grant to a provider's token endpoint and give the raw answer. `rescue` gets the answer before anything
 * validates it and is awaited: openid-client throws away a fresh refresh token when the rest is odd (P4).
 */
export async function askTokenEndpoint(
  app: ProviderApp,
  secret: string,
  oauth: Definition['oauth'],
  grant: Grant,
  fetch: Fetch,
  rescue: (answer: ProviderAnswer) => Promise<void>,
): Promise<TokenReply> {
  let heard: ProviderAnswer | null = null
  const config = configure(app, secret, oauth)
  config[openid.customFetch] = async (url, options) => {
    const response = await fetch(url, { ...options, body: options.body ?? null } as RequestInit)
    heard = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    await rescue(heard)
    return new Response(heard.status === 204 ? null : heard.body, { status: heard.status, headers: response.headers })
  }
  try {
    await openid.genericGrantRequest(config, grant.grantType, grant.parameters)
  } catch (error) {
    // What openid-client thinks of an answer does not count, only what the provider said; without an answer it is silence.
    if (heard === null) return { kind: 'unreachable', words: error instanceof Error ? error.message : String(error) }
  }
  return heard === null ? { kind: 'unreachable', words: '' } : { kind: 'answered', answer: heard }
}

/** Make the address at which a person consents. */
export function authorizeUrl(app: ProviderApp, oauth: Definition['oauth'], redirectUri: string, state: string): URL {
  const url = new URL(oauth.authorizePath, app.baseUrl)
  const query = {
    client_id: app.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    state,
    ...oauth.authorizeParams,
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

function configure(app: ProviderApp, secret: string, oauth: Definition['oauth']): openid.Configuration {
  const authentication =
    oauth.clientAuthentication === 'body' ? openid.ClientSecretPost(secret) : openid.ClientSecretBasic(secret)
  const server = {
    issuer: app.baseUrl,
    authorization_endpoint: new URL(oauth.authorizePath, app.baseUrl).href,
    token_endpoint: new URL(oauth.tokenPath, app.baseUrl).href,
  }
  const config = new openid.Configuration(server, app.clientId, undefined, authentication)
  config.timeout = PATIENCE_SECONDS
  if (new URL(app.baseUrl).protocol === 'http:') openid.allowInsecureRequests(config)
  return config
}
