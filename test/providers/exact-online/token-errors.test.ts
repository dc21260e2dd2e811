import { describe, expect, it } from 'vitest'
import { diagnoseToken } from '../../../src/providers/exact-online/token-errors.ts'
import { answer, HTML } from './answers.ts'

const early = 'Rate limit exceeded: access_token not expired'
const expired = 'The refresh token expired at 7/1/2026 1:00:00 PM and it is now 8/2/2026 1:00:00 PM.'

describe('the token endpoint', () => {
  const TABLE: [string, string, object][] = [
    ['access_denied', early, { kind: 'too_early' }],
    ['access_denied', 'Access Token not expired', { kind: 'too_early' }],
    ['unauthorized_client', 'Old refresh token used.', { kind: 'dead', cause: 'reused' }],
    ['invalid_request', expired, { kind: 'dead', cause: 'expired' }],
    [
      'invalid_grant',
      'Token is not allowed, because of invalid or empty chainId',
      { kind: 'dead', cause: 'broken_chain' },
    ],
    ['invalid_grant', '', { kind: 'dead', cause: 'revoked' }],
    ['invalid_grant', 'The authorization code has been used', { kind: 'code_refused' }],
    ['invalid_request', 'Invalid code', { kind: 'code_refused' }],
    ['unauthorized_client', 'Client is not known', { kind: 'app_refused' }],
    ['invalid_client', 'Client authentication failed', { kind: 'app_refused' }],
    ['access_denied', 'Rate limit exceeded', { kind: 'rate_limited', until: null }],
    ['invalid_request', 'Something else', { kind: 'unclear' }],
    ['server_error', '', { kind: 'unclear' }],
  ]

  it.each(TABLE)(
    'P8 tells %s "%s" by its body, whether sent as 400, 401, 403 or 500',
    (error, description, expected) => {
      for (const status of [400, 401, 403, 500]) {
        const found = diagnoseToken(answer(status, { error, error_description: description }))
        expect(found).toMatchObject(expected)
        expect(found.words).toContain(description || error)
      }
    },
  )

  it.each([400, 401])('P8 tells too early by the Reason header alone, with status %i', status => {
    for (const reason of [`TooEarlyToRefreshTokens: ${early}`, 'Access Token not expired']) {
      expect(diagnoseToken(answer(status, '', { reason }))).toEqual({ kind: 'too_early', words: reason })
    }
  })

  it('P8 lets the body win over a 429', () => {
    const body = { error: 'unauthorized_client', error_description: 'Old refresh token used.' }
    expect(diagnoseToken(answer(429, body))).toMatchObject({ kind: 'dead', cause: 'reused' })
    expect(diagnoseToken(answer(429, '', { 'x-ratelimit-reset': '1000' }))).toMatchObject({
      kind: 'rate_limited',
      until: 1000,
    })
  })

  it.each<[number, unknown]>([
    [500, { fault: { faultstring: 'Failed to execute the ExtractVariables: ExtractAccessToken' } }],
    [502, HTML],
    [400, HTML],
    [400, ''],
    [400, '{"error":"invalid_gr'],
    [400, 'null'],
    [400, '[]'],
    [400, { error: null }],
    [400, { error: { message: 'x' } }],
    [200, HTML],
    [200, ''],
  ])('P8 gives no chain up for %i with %j', (status, body) => {
    expect(diagnoseToken(answer(status, body)).kind).toBe('unclear')
  })

  it('P21 never repeats a token, nor gives up a chain that an answer carries on', () => {
    const body = { error: 'invalid_grant', refresh_token: 'canary', access_token: 'canary' }
    for (const odd of [body, JSON.stringify(body).slice(0, -2)]) {
      const found = diagnoseToken(answer(200, odd))
      expect(found.kind).toBe('unclear')
      expect(found.words).not.toContain('canary')
    }
  })
})
