import * as openid from 'openid-client'
import { type Clock, HOUR } from '../clock.ts'
import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'

/** Who says who people are: any OpenID provider, by its address. */
export type IssuerSettings = {
  /** As the issuer writes it itself, `https://login.example`; plain http on loopback only. */
  url: string
  clientId: string
  clientSecret: string
  /** E-mail addresses that are the operator's from their first sign-in, once the issuer has verified them. */
  operators: readonly string[]
}

/** What the issuer says of who signed in. */
export type Claims = { issuer: string; subject: string; name: string; email: string; emailVerified: boolean }

/** What binds one sign-in together; both texts are made of the same secrets at its start and at its end. */
export type Bound = { redirectUri: string; state: string; nonce: string; verifier: string }

type Ports = { clock: Clock; fetch(url: string, init: RequestInit): Promise<Response> }

const METADATA_FOR = HOUR
const PATIENCE_SECONDS = 15

/** The issuer as one isolate knows it: its metadata is plain data, asked for once an hour (OpenID Connect Discovery 1.0). */
export class Issuer {
  readonly settings: IssuerSettings
  readonly #ports: Ports
  #known: { metadata: openid.ServerMetadata; until: number } | null = null

  constructor(settings: IssuerSettings, ports: Ports) {
    this.settings = settings
    this.#ports = ports
  }

  /** Make the address at which a person signs in: code flow with PKCE S256, `state` and `nonce`. */
  async authorizeUrl({ redirectUri, state, nonce, verifier }: Bound): Promise<Result<URL, Failure>> {
    return this.#reach(async config =>
      openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    )
  }

  /** Exchange what came back for who signed in; `returned` is the whole address the browser was sent to. */
  async claims(returned: URL, { state, nonce, verifier }: Bound): Promise<Result<Claims, Failure>> {
    return this.#reach(async config => {
      const tokens = await openid.authorizationCodeGrant(config, returned, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const said = tokens.claims()
      if (said === undefined) throw new Error('The issuer gave no ID token')
      return claimsIn(said)
    })
  }

  async #reach<T>(ask: (config: openid.Configuration) => Promise<T>): Promise<Result<T, Failure>> {
    try {
      return ok(await ask(await this.#config()))
    } catch (error) {
      return fail(refusal(error))
    }
  }

  async #config(): Promise<openid.Configuration> {
    const { url, clientId, clientSecret } = this.settings
    const authentication = openid.ClientSecretBasic(clientSecret)
    const now = this.#ports.clock.now()
    const known = this.#known
    if (known === null || known.until <= now) {
      const found = await openid.discovery(new URL(url), clientId, undefined, authentication, {
        execute: isLoopback(url) ? [openid.allowInsecureRequests] : [],
        [openid.customFetch]: this.#fetch,
        timeout: PATIENCE_SECONDS,
      })
      this.#known = { metadata: found.serverMetadata(), until: now + METADATA_FOR }
    }
    const { metadata } = this.#known ?? { metadata: { issuer: url } }
    const config = new openid.Configuration(metadata, clientId, undefined, authentication)
    config[openid.customFetch] = this.#fetch
    config.timeout = PATIENCE_SECONDS
    if (isLoopback(url)) openid.allowInsecureRequests(config)
    return config
  }

  readonly #fetch: openid.CustomFetch = async (url, { body, ...options }) => {
    try {
      const answer = await this.#ports.fetch(url, { ...options, body: body ?? null } as RequestInit)
      if (answer.status < 500) return answer
      throw new Error(`The issuer answered ${answer.status}`)
    } catch (cause) {
      throw new Silence('The issuer does not answer', { cause })
    }
  }
}

/** Runtimes name a lost connection each in their own way; here it gets one name, however deep openid-client hides it. */
class Silence extends Error {}

function isSilence(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof Silence) return true
  return false
}

const isLoopback = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(url)

/** `name` falls back to what the issuer does say; an address counts as verified only when it says so. */
function claimsIn({ iss, sub, ...said }: openid.IDToken): Claims {
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
  const email = text(said.email)
  return {
    issuer: iss,
    subject: sub,
    name: text(said.name) || text(said.preferred_username) || email || sub,
    email,
    emailVerified: said.email_verified === true,
  }
}

/** Tell apart who said no, who cannot be reached, and what cannot be trusted. */
function refusal(error: unknown): Failure {
  if (error instanceof openid.AuthorizationResponseError)
    return { kind: 'sign_in_declined', words: error.error_description ?? error.error }
  if (error instanceof openid.ResponseBodyError)
    return { kind: 'sign_in_refused', words: error.error_description ?? error.error }
  if (isSilence(error)) return { kind: 'issuer_unreachable' }
  if (error instanceof openid.ClientError) return { kind: 'sign_in_refused', words: error.message }
  throw error
}
