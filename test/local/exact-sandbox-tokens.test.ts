import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../local/sandbox/exact-online/state.ts'
import { anna, ask, bram, Caller, redirect_uri, tokensIn } from './exact-sandbox-caller.ts'

const tooLateToReuse = { error: 'unauthorized_client', error_description: 'Old refresh token used.' }
const brokenChain = {
  error: 'invalid_grant',
  error_description: 'Token is not allowed, because of invalid or empty chainId',
}

let caller: Caller
beforeEach(async () => {
  caller = await Caller.start()
})
afterEach(() => caller.sandbox.close())

describe('consent', () => {
  const query = `client_id=zetel&redirect_uri=${encodeURIComponent(redirect_uri)}&response_type=code&state=abc`

  it('shows every user and exactly one primary button', async () => {
    const page = await ask(`${caller.sandbox.url}/api/oauth2/auth?${query}`)
    expect(page.text.match(/name="username"/g)).toHaveLength(5)
    expect(page.text.match(/<button[^>]* data-primary/g)).toHaveLength(1)
    expect(page.text).toContain('Alle administraties')
  })

  it('sends the browser back with a code and the state', async () => {
    const body = new URLSearchParams({
      client_id: 'zetel',
      redirect_uri,
      state: 'abc',
      username: anna,
      decision: 'allow',
    })
    const answer = await ask(`${caller.sandbox.url}/api/oauth2/auth`, { method: 'POST', body })
    expect(answer.status).toBe(302)
    const location = new URL(answer.headers.get('location') ?? '')
    expect(location.searchParams.get('state')).toBe('abc')
    expect((await caller.exchange(location.searchParams.get('code') ?? '')).status).toBe(200)
  })

  it('sends access_denied back when the user declines', async () => {
    const body = new URLSearchParams({
      client_id: 'zetel',
      redirect_uri,
      state: 'abc',
      username: anna,
      decision: 'deny',
    })
    const answer = await ask(`${caller.sandbox.url}/api/oauth2/auth`, { method: 'POST', body })
    expect(answer.headers.get('location')).toBe(`${redirect_uri}?error=access_denied&state=abc`)
  })

  it('lets a user give only companies the user has', async () => {
    const tokens = await caller.signIn(bram, [1001, 2044])
    expect(caller.control.state().grants[0]?.divisions).toEqual([1001])
    expect((await caller.get('1001/financial/Journals', tokens)).status).toBe(200)
  })
})

describe('codes and secrets', () => {
  it('answers a code once, with the life of the token as text and no identity', async () => {
    const code = caller.code(anna)
    const first = await caller.exchange(code)
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: '600' })
    expect(Object.keys(first.body)).toHaveLength(4)
    expect(tokensIn(first).access_token).toContain('!')
    expect((await caller.exchange(code)).body.error).toBe('invalid_grant')
  })

  it('refuses a code after three minutes', async () => {
    const code = caller.code(anna)
    caller.control.clock({ advance_ms: 180_001 })
    expect((await caller.exchange(code)).body.error).toBe('invalid_grant')
  })

  it('holds an app to the secret it came with first', async () => {
    const { refresh_token } = await caller.signIn(anna)
    const answer = await caller.token({ grant_type: 'refresh_token', refresh_token, client_secret: 'other' })
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
  })

  it('caps token calls a day when told to', async () => {
    caller.control.settings({ token_calls_per_day: 1 })
    const { refresh_token } = await caller.signIn(anna)
    expect((await caller.refreshLater(refresh_token)).status).toBe(429)
  })
})

describe('refreshing', () => {
  it('refuses before 570 s and keeps the token good', async () => {
    const { refresh_token } = await caller.signIn(anna)
    const early = await caller.refresh(refresh_token)
    const text = 'Rate limit exceeded: access_token not expired'
    expect([early.status, early.body]).toEqual([400, { error: 'access_denied', error_description: text }])
    expect(early.headers.get('reason')).toBe(`TooEarlyToRefreshTokens: ${text}`)
    expect((await caller.refreshLater(refresh_token)).status).toBe(200)
  })

  it('moves the refresh window with the life of the token', () => {
    expect(caller.control.settings({ token_seconds: 40 }).refresh_not_before_seconds).toBe(10)
    expect(caller.control.settings({ token_seconds: 20 }).refresh_not_before_seconds).toBe(0)
  })

  it('stops an access token after 600 s', async () => {
    const tokens = await caller.signIn(anna)
    expect((await caller.get('current/Me', tokens)).status).toBe(200)
    caller.control.clock({ advance_ms: 600_000 })
    expect((await caller.get('current/Me', tokens)).status).toBe(401)
  })

  it('ends a chain that lay idle for 30 days', async () => {
    const { refresh_token } = await caller.signIn(anna)
    caller.control.clock({ advance_ms: 30 * 86_400_000 })
    const late = await caller.refresh(refresh_token)
    expect([late.status, late.body.error]).toEqual([400, 'invalid_request'])
    expect(late.body.error_description).toMatch(
      /^The refresh token expired at \d+\/\d+\/\d{4} [\d:]+ [AP]M and it is now /,
    )
  })

  it('shows an oracle the hashes of the current and the previous refresh token', async () => {
    const first = await caller.signIn(anna)
    const second = tokensIn(await caller.refreshLater(first.refresh_token))
    expect(caller.control.chains()).toMatchObject([
      {
        alive: true,
        generation: 2,
        current_sha256: sha256(second.refresh_token),
        previous_sha256: sha256(first.refresh_token),
      },
    ])
  })
})

describe('reuse of an old refresh token', () => {
  async function rotated(reuse_model: 'A' | 'B' | 'C' | 'D' | 'E') {
    caller.control.settings({ reuse_model })
    const first = await caller.signIn(anna)
    const second = tokensIn(await caller.refreshLater(first.refresh_token))
    return { old: first.refresh_token, second }
  }

  it('model A kills the whole family', async () => {
    const { old, second } = await rotated('A')
    expect((await caller.refresh(old)).body.error).toBe('invalid_grant')
    expect((await caller.refreshLater(second.refresh_token)).body).toEqual(brokenChain)
    expect((await caller.get('current/Me', second)).status).toBe(401)
  })

  it('model B refuses, and the newest token survives', async () => {
    const { old, second } = await rotated('B')
    const reuse = await caller.refresh(old)
    expect([reuse.status, reuse.body]).toEqual([401, tooLateToReuse])
    expect((await caller.refreshLater(second.refresh_token)).status).toBe(200)
  })

  it('model B answers 400 when told to', async () => {
    const { old } = await rotated('B')
    caller.control.settings({ reuse_status: 400 })
    expect((await caller.refresh(old)).status).toBe(400)
  })

  it('model C replaces the successor until a successor is used', async () => {
    const { old, second } = await rotated('C')
    const third = tokensIn(await caller.refresh(old))
    expect((await caller.refreshLater(second.refresh_token)).body).toEqual(tooLateToReuse)
    expect((await caller.refresh(third.refresh_token)).status).toBe(200)
    expect((await caller.refresh(old)).body).toEqual(tooLateToReuse)
  })

  it("model C ends the overlap at the first use of the successor's access token", async () => {
    const { old, second } = await rotated('C')
    expect((await caller.get('current/Me', second)).status).toBe(200)
    expect((await caller.refresh(old)).body).toEqual(tooLateToReuse)
  })

  it('model D forks the family within 30 s and refuses after', async () => {
    const { old, second } = await rotated('D')
    const fork = tokensIn(await caller.refresh(old))
    expect(fork.refresh_token).not.toBe(second.refresh_token)
    caller.control.clock({ advance_ms: 30_000 })
    expect((await caller.refresh(old)).body).toEqual(tooLateToReuse)
    expect((await caller.refreshLater(second.refresh_token)).status).toBe(200)
    expect((await caller.refresh(fork.refresh_token)).status).toBe(200)
  })

  it('model E does not rotate', async () => {
    const { old, second } = await rotated('E')
    expect(second.refresh_token).toBe(old)
    expect((await caller.refreshLater(old)).status).toBe(200)
  })
})

describe('one chain per app and user', () => {
  it('a second code exchange ends the older chain and its access token', async () => {
    const first = await caller.signIn(anna)
    const second = await caller.signIn(anna)
    expect((await caller.get('current/Me', first)).status).toBe(401)
    expect((await caller.refreshLater(first.refresh_token)).body).toEqual(brokenChain)
    expect((await caller.refresh(second.refresh_token)).status).toBe(200)
  })

  it('leaves other users and other apps alone', async () => {
    const first = await caller.signIn(anna)
    await caller.signIn(bram)
    await new Caller(caller.sandbox, 'another').signIn(anna)
    expect((await caller.get('current/Me', first)).status).toBe(200)
  })

  it('ends the older chain at consent already when told to', async () => {
    caller.control.settings({ older_chain_dies: 'at_consent' })
    const first = await caller.signIn(anna)
    caller.code(anna)
    expect((await caller.get('current/Me', first)).status).toBe(401)
  })

  it('ends the older chain only at first use of the new one when told to', async () => {
    caller.control.settings({ older_chain_dies: 'at_first_use' })
    const first = await caller.signIn(anna)
    const second = await caller.signIn(anna)
    expect((await caller.get('current/Me', first)).status).toBe(200)
    expect((await caller.get('current/Me', second)).status).toBe(200)
    expect((await caller.get('current/Me', first)).status).toBe(401)
  })

  it('lets the older access token live out its time when told to', async () => {
    caller.control.settings({ older_access_token_survives: true })
    const first = await caller.signIn(anna)
    await caller.signIn(anna)
    expect((await caller.get('current/Me', first)).status).toBe(200)
    expect((await caller.refreshLater(first.refresh_token)).body).toEqual(brokenChain)
  })

  it('revoking stops both tokens at once', async () => {
    const tokens = await caller.signIn(anna)
    caller.control.revoke({ username: anna, client_id: 'zetel' })
    expect((await caller.get('current/Me', tokens)).status).toBe(401)
    expect((await caller.refreshLater(tokens.refresh_token)).body).toEqual(brokenChain)
  })
})
