import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Visitor } from '../../local/identity/visitor.ts'
import { DEMO_PEOPLE, type Identity, startIdentity } from '../../local/identity.ts'

const SECRET = 'local secret: /+%&'
const CALLBACK = 'http://localhost:9/auth/callback'
const ANNA = 'anna@zetel.example'
const BAS = 'bas@bakkerijsmit.example'

// From the very first start on: oidc-provider says each of its warnings only once in a process.
const said = (['info', 'warn', 'error', 'log'] as const).map(level => vi.spyOn(console, level))

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity({ clientSecret: SECRET, redirectUris: [CALLBACK] })
})
afterAll(() => identity.close())

const discovered = (secret = SECRET, at = identity) =>
  oidc.discovery(new URL(at.url), at.clientId, undefined, oidc.ClientSecretBasic(secret), {
    execute: [oidc.allowInsecureRequests],
  })

type Asking = Awaited<ReturnType<typeof asking>>

/** A sign-in about to start, as Zetel would ask for it. */
async function asking(extra: Record<string, string> = {}, at = identity) {
  const config = await discovered(SECRET, at)
  const verifier = oidc.randomPKCECodeVerifier()
  const checks = { expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce(), pkceCodeVerifier: verifier }
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...extra,
  })
  return { config, checks, url: url.href }
}

const exchange = ({ config, checks }: Asking, callback: string) =>
  oidc.authorizationCodeGrant(config, new URL(callback), checks)

/** The same request without one parameter. */
function without({ url }: Asking, name: string): string {
  const changed = new URL(url)
  changed.searchParams.delete(name)
  return changed.href
}

const answerOf = (callback: string) => Object.fromEntries(new URL(callback).searchParams)

describe('the local issuer', () => {
  it('names itself and what it can in its discovery document', async () => {
    const response = await fetch(`${identity.url}/.well-known/openid-configuration`)
    expect(identity.url).toMatch(/^http:\/\/localhost:\d+$/)
    expect(await response.json()).toMatchObject({
      issuer: identity.url,
      authorization_endpoint: `${identity.url}/auth`,
      token_endpoint: `${identity.url}/token`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      scopes_supported: ['openid', 'profile', 'email'],
      authorization_response_iss_parameter_supported: true,
    })
  })

  it.each(DEMO_PEOPLE)('signs $name in, with the same claims in the ID token and userinfo', async person => {
    const asked = await asking()
    const callback = await identity.signIn(asked.url, person.email)
    expect(callback.startsWith(`${CALLBACK}?`)).toBe(true)
    expect(answerOf(callback)).toEqual({
      code: expect.any(String),
      state: asked.checks.expectedState,
      iss: identity.url,
    })
    const tokens = await exchange(asked, callback)
    const { sub, name, email, emailVerified: email_verified } = person
    expect(tokens.claims()).toMatchObject({ iss: identity.url, aud: 'zetel', sub, name, email, email_verified })
    expect(tokens.claims()?.nonce).toBe(asked.checks.expectedNonce)
    expect(tokens.refresh_token).toBeUndefined()
    expect(await oidc.fetchUserInfo(asked.config, tokens.access_token, sub)).toEqual({
      sub,
      name,
      email,
      email_verified,
    })
  })

  it('gives no more than the scopes asked for', async () => {
    const asked = await asking({ scope: 'openid' })
    const claims = (await exchange(asked, await identity.signIn(asked.url, ANNA))).claims()
    expect([claims?.sub, claims?.name, claims?.email]).toEqual(['anna-de-vries', undefined, undefined])
  })

  it('takes people, client and redirect address as given, the address also later', async () => {
    const people = [{ sub: '1', name: 'Één', email: 'Een@Example.nl', emailVerified: true, note: '' }]
    const own = await startIdentity({ clientId: 'other', clientSecret: SECRET, people })
    try {
      const asked = await asking({}, own)
      await expect(own.signIn(asked.url, 'een@example.nl')).rejects.toThrow('answered 400')
      own.allowRedirect('http://localhost:9/elsewhere')
      await expect(own.signIn(asked.url, 'een@example.nl')).rejects.toThrow('invalid_redirect_uri')
      own.allowRedirect(CALLBACK)
      const tokens = await exchange(asked, await own.signIn(asked.url, 'een@example.nl'))
      expect(tokens.claims()).toMatchObject({ aud: 'other', sub: '1', name: 'Één', email: 'Een@Example.nl' })
      await expect(own.signIn((await asking({}, own)).url, ANNA)).rejects.toThrow('answered 422')
    } finally {
      await own.close()
    }
  })
})

describe('what the issuer refuses', () => {
  it('refuses a wrong client secret', async () => {
    const asked = await asking()
    const callback = await identity.signIn(asked.url, ANNA)
    const config = await discovered('guessed')
    await expect(exchange({ ...asked, config }, callback)).rejects.toMatchObject({
      cause: [{ parameters: { error: 'invalid_client' } }],
    })
    expect((await exchange(asked, callback)).claims()?.sub).toBe('anna-de-vries')
  })

  it('refuses an address it was not told of, on a page of its own', async () => {
    const asked = await asking({ redirect_uri: 'http://localhost:9/elsewhere' })
    await expect(identity.signIn(asked.url, ANNA)).rejects.toThrow(/answered 400: .*invalid_redirect_uri/)
  })

  it('refuses an unknown client, and repeats what it was sent only escaped', async () => {
    const asked = await asking({ client_id: '"><script>' })
    const page = await new Visitor(identity.url).open(asked.url)
    expect([page.status, page.isAway]).toEqual([400, false])
    expect(page.html).toContain('invalid_client')
    expect(page.html).not.toContain('<script')
  })

  it('refuses a code the second time, and takes back what the first gave', async () => {
    const asked = await asking()
    const callback = await identity.signIn(asked.url, ANNA)
    const { access_token } = await exchange(asked, callback)
    await expect(exchange(asked, callback)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(oidc.fetchUserInfo(asked.config, access_token, 'anna-de-vries')).rejects.toThrow()
  })

  it('refuses another PKCE verifier, and a request without PKCE or with plain PKCE', async () => {
    const asked = await asking()
    const callback = await identity.signIn(asked.url, ANNA)
    const checks = { ...asked.checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() }
    await expect(exchange({ ...asked, checks }, callback)).rejects.toMatchObject({ error: 'invalid_grant' })
    const bare = new URL(without(asked, 'code_challenge'))
    bare.searchParams.delete('code_challenge_method')
    const plain = (await asking({ code_challenge_method: 'plain' })).url
    for (const url of [bare.href, plain])
      expect(answerOf(await identity.signIn(url, ANNA)).error).toBe('invalid_request')
  })

  it('answers a sign-in nobody may see with login_required', async () => {
    const { url } = await asking({ prompt: 'none' })
    expect(answerOf(await identity.signIn(url, ANNA)).error).toBe('login_required')
  })

  it('answers access_denied with state and iss when the person cancels', async () => {
    const asked = await asking()
    const callback = await identity.deny(asked.url)
    expect(answerOf(callback)).toMatchObject({
      error: 'access_denied',
      state: asked.checks.expectedState,
      iss: identity.url,
    })
    await expect(exchange(asked, callback)).rejects.toMatchObject({ error: 'access_denied' })
  })
})

describe('the page on which somebody chooses', () => {
  it.each([{}, { prompt: 'login' }, { prompt: 'select_account' }, { prompt: 'consent' }, { max_age: '0' }])(
    'lets two people in a row from one browser choose each time, asked with %j',
    async extra => {
      const browser = new Visitor(identity.url)
      for (const person of [ANNA, BAS, BAS]) {
        const asked = await asking(extra)
        const page = await browser.open(asked.url)
        expect(page.html.match(/type="radio"/g)).toHaveLength(DEMO_PEOPLE.length)
        expect(page.html).not.toContain('checked')
        const { url, isAway } = await browser.open(page.url, { decision: 'allow', person })
        expect(isAway).toBe(true)
        expect((await exchange(asked, url)).claims()?.email).toBe(person)
      }
    },
  )

  it('keeps two sign-ins in one browser apart', async () => {
    const browser = new Visitor(identity.url)
    const [one, two] = [await asking(), await asking()]
    const [first, second] = [await browser.open(one.url), await browser.open(two.url)]
    const bas = await browser.open(second.url, { person: BAS })
    const anna = await browser.open(first.url, { person: ANNA })
    expect((await exchange(one, anna.url)).claims()?.email).toBe(ANNA)
    expect((await exchange(two, bas.url)).claims()?.email).toBe(BAS)
  })

  it('has a language, a title, labels, one main button and no script', async () => {
    const page = await new Visitor(identity.url).open((await asking()).url)
    expect(page.html).toContain('<html lang="nl">')
    expect(page.html).toContain('<title>Aanmelden (lokaal)</title>')
    expect(page.html.match(/data-primary/g)).toHaveLength(1)
    expect(page.html.match(/<label>/g)).toHaveLength(DEMO_PEOPLE.length)
    expect(page.html).not.toContain('<script')
  })

  it('chooses the person that the app expects beforehand', async () => {
    const page = await new Visitor(identity.url).open((await asking({ login_hint: BAS.toUpperCase() })).url)
    expect(page.html.match(/<input[^>]* checked/g)).toEqual([expect.stringContaining(BAS)])
  })

  it('asks again when nobody was chosen, and goes on from there', async () => {
    const browser = new Visitor(identity.url)
    const asked = await asking()
    const again = await browser.open((await browser.open(asked.url)).url, { decision: 'allow' })
    expect([again.status, again.html.includes('Kies wie zich aanmeldt.')]).toEqual([422, true])
    const { url } = await browser.open(again.url, { decision: 'allow', person: ANNA })
    expect((await exchange(asked, url)).claims()?.email).toBe(ANNA)
  })

  it('escapes the names of people', async () => {
    const people = [{ sub: '1', name: '<b>"&', email: 'a"b@example.nl', emailVerified: true, note: '<i>' }]
    const own = await startIdentity({ clientSecret: SECRET, redirectUris: [CALLBACK], people })
    const page = await new Visitor(own.url).open((await asking({}, own)).url)
    await own.close()
    expect(page.html).toContain('&lt;b&gt;&quot;&amp;')
    expect(page.html).toContain('value="a&quot;b@example.nl"')
    expect(page.html).not.toMatch(/<b>|<i>/)
  })

  it('says that a sign-in has expired to a browser that did not start it, or finished it', async () => {
    const browser = new Visitor(identity.url)
    const page = await browser.open((await asking()).url)
    const stranger = await new Visitor(identity.url).open(page.url, { decision: 'allow', person: ANNA })
    expect([stranger.status, stranger.html.includes('verlopen')]).toEqual([400, true])
    expect((await browser.open(page.url, { decision: 'allow', person: ANNA })).isAway).toBe(true)
    expect((await browser.open(page.url, { decision: 'allow', person: ANNA })).status).toBe(400)
  })
})

describe('the life of the issuer', () => {
  it('lets go of its port at once when closed, also with a connection open', async () => {
    const own = await startIdentity({ clientSecret: SECRET })
    const port = Number(new URL(own.url).port)
    await (await fetch(`${own.url}/jwks`)).text()
    await expect(startIdentity({ port, clientSecret: SECRET })).rejects.toThrow('EADDRINUSE')
    await own.close()
    await expect(fetch(own.url)).rejects.toThrow()
    const again = await startIdentity({ port, clientSecret: SECRET })
    expect(again.url).toBe(own.url)
    await again.close()
  })

  it('signs with other keys after every start', async () => {
    const own = await startIdentity({ clientSecret: SECRET })
    const keysOf = async ({ url }: Identity) => (await fetch(`${url}/jwks`)).text()
    expect(await keysOf(own)).not.toBe(await keysOf(identity))
    expect(await keysOf(own)).not.toContain('"d"')
    await own.close()
  })

  it('said nothing on the console in all of this', async () => {
    const asked = await asking()
    const { access_token } = await exchange(asked, await identity.signIn(asked.url, ANNA))
    const headers = { authorization: `Bearer ${access_token}`, origin: 'http://localhost:9' }
    expect((await fetch(`${identity.url}/me`, { headers })).headers.get('access-control-allow-origin')).toBeNull()
    expect(said.flatMap(level => level.mock.calls)).toEqual([])
  })
})
