import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialFrom, readTokens } from '../../src/connections/token-answer.ts'
import { definition } from '../../src/providers/exact-online/definition.ts'

const answer = (body: string, status = 200) => ({ status, headers: {}, body })
const whole = { access_token: 'a!1', token_type: 'Bearer', expires_in: '600', refresh_token: 'r!2' }
const at = { aliveAt: 1_000, receivedAt: 2_000 }
const credential = (body: string, status = 200, used: string | null = 'r!1') =>
  credentialFrom(answer(body, status), definition.oauth, at, used)

describe('P4 a fresh refresh token is never thrown away', () => {
  it.each([
    ['whole', JSON.stringify(whole)],
    ['cut off after it', '{"access_token":"a!1","token_type":"Bearer","expires_in":"600","refresh_token":"r!2"'],
    ['cut off within what follows', '{"refresh_token":"r!2","access_token":"a!1","expires_in":"6'],
    ['with a byte order mark', `\uFEFF${JSON.stringify(whole)}`],
    ['with junk behind it', `${JSON.stringify(whole)}<!-- gw07 -->`],
    ['within a page', `<html><body><pre>${JSON.stringify(whole)}</pre></body></html>`],
    ['with blanks', '{ "refresh_token" :\n "r!2", "access_token" : "a!1", "expires_in" : 600 , '],
    ['with escapes', '{"refresh_token":"r\\u00212","access_token":"a\\u00211"'],
  ])('P4 reads an answer %s', (_, body) => {
    expect(readTokens(answer(body))).toMatchObject({ accessToken: 'a!1', refreshToken: 'r!2' })
  })

  it('P4 does not take half a token for a whole one', () => {
    expect(readTokens(answer('{"access_token":"a!1","refresh_token":"r!'))).toMatchObject({ refreshToken: null })
  })

  it('P4 reads anything at all without failing', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }).map(text => `{"refresh_token":"${text}`),
      fc.string({ unit: 'binary' }).map(text => `{"refresh_token":"${text}\\x", "access_token": "\\u12"`),
      fc.json(),
    )
    fc.assert(
      fc.property(odd, body => {
        expect(() => readTokens(answer(body))).not.toThrow()
      }),
    )
  })

  it('P4 finds both tokens wherever the answer is cut off behind them', () => {
    const text = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(text, text, fc.nat(200), (access, refresh, cut) => {
        const tokens = JSON.stringify({ access_token: access, refresh_token: refresh })
        const body = `${tokens.slice(0, -1)},"scope":"a b c","id_token":"x.y.z"}`
        expect(readTokens(answer(body.slice(0, Math.max(tokens.length, body.length - cut))))).toMatchObject({
          accessToken: access,
          refreshToken: refresh,
        })
      }),
    )
  })
})

describe('what an answer is worth', () => {
  it.each([
    ['"600"', 600],
    ['600', 600],
    ['"soon"', 600],
    ['null', 600],
    ['-1', 600],
    ['0', 600],
    ['120', 120],
  ])('P4 takes a life of %s for %i s', (life, seconds) => {
    const made = credential(`{"access_token":"a","refresh_token":"r","expires_in":${life}}`)
    expect(made?.expiresAt).toBe(at.receivedAt + seconds * 1_000)
  })

  it('P6 goes on with the refresh token that was used when none comes back', () => {
    expect(credential('{"access_token":"a"}')?.refreshToken).toBe('r!1')
  })

  it('P4 keeps a refresh token that comes without an access token', () => {
    expect(credential('{"refresh_token":"r!2"}')).toMatchObject({ accessToken: null, refreshToken: 'r!2' })
  })

  it('is nothing without tokens, and no consent without a refresh token', () => {
    expect(credential('{}')).toBeNull()
    expect(credential('{"access_token":"a"}', 200, null)).toBeNull()
  })

  it.each([302, 400, 401, 500])('is nothing with status %i', status => {
    expect(credential(JSON.stringify(whole), status)).toBeNull()
  })
})
