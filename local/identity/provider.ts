import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import {
  type AccountClaims,
  type Configuration,
  type Grant,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider'
import { CHOICE_PATH } from './choice.ts'
import { memory } from './memory.ts'
import { errorPage, PAGE_HEADERS } from './page.ts'
import type { DemoPerson } from './people.ts'

export type Registration = {
  clientId: string
  clientSecret: string
  /** May grow while the issuer runs. */
  redirectUris: ReadonlySet<string>
  people: readonly DemoPerson[]
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Make an OpenID provider for one client, signing with this key. */
export function makeProvider(issuer: string, key: JWK, registration: Registration): Provider {
  const provider = new Provider(issuer, {
    ...SIGN_IN_ONLY,
    adapter: memory(id => (id === registration.clientId ? client(registration) : undefined)),
    jwks: { keys: [key] },
    // Cookies are shared by everything on localhost, whatever the port: hence names of our own.
    cookies: {
      keys: [randomBytes(32)],
      names: { session: 'identity_session', interaction: 'identity_choice', resume: 'identity_resume' },
    },
    interactions: { policy: policy(), url: (_, { uid }) => CHOICE_PATH + uid },
    loadExistingGrant: grantEverything,
    findAccount: (_, sub) => {
      const person = registration.people.find(each => each.sub === sub)
      return person && { accountId: sub, claims: () => claims(person) }
    },
    renderError: async (ctx, { error, error_description: description }) => {
      ctx.set(PAGE_HEADERS)
      ctx.body = await errorPage(error, description)
    },
  })
  provider.on('server_error', (_, error) => console.error('identity:', error))
  return provider
}

const SIGN_IN_ONLY = {
  responseTypes: ['code'],
  scopes: ['openid'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false, // As company issuers do: the claims of a scope also stand in the ID token.
  clientAuthMethods: ['client_secret_basic'],
  pkce: { required: () => true },
  clientBasedCORS: () => false,
  expiresWithSession: () => false, // Sessions are not kept, and a code must outlive the page it was made on.
  ttl: { Interaction: HOUR, Session: HOUR, Grant: HOUR, AuthorizationCode: MINUTE, AccessToken: HOUR, IdToken: HOUR },
  features: {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
    rpInitiatedLogout: { enabled: false },
  },
} satisfies Configuration

const client = ({ clientId, clientSecret, redirectUris }: Registration) => ({
  client_id: clientId,
  client_secret: clientSecret,
  redirect_uris: [...redirectUris],
  grant_types: ['authorization_code'],
  response_types: ['code' as const],
  token_endpoint_auth_method: 'client_secret_basic' as const,
})

/** Ask for a sign-in only. Who signs in has chosen an account and agreed by that, so a client may ask for those as well. */
function policy(): interactionPolicy.Prompt[] {
  const { Prompt, base } = interactionPolicy
  const asked = base()
  asked.remove('consent')
  for (const name of ['consent', 'select_account']) asked.add(new Prompt({ name, requestable: true }))
  return asked
}

async function grantEverything({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  if (!oidc.account || !oidc.client) return undefined
  const grant = new oidc.provider.Grant({ accountId: oidc.account.accountId, clientId: oidc.client.clientId })
  grant.addOIDCScope('openid profile email')
  await grant.save()
  return grant
}

const claims = ({ sub, name, email, emailVerified }: DemoPerson): AccountClaims => ({
  sub,
  name,
  email,
  email_verified: emailVerified,
})

/** Make a key for ID tokens: RS256, which every client of OpenID takes. */
export async function signingKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const kid = randomBytes(8).toString('base64url')
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256', use: 'sig', kid }
}
