import { describe, expect, it } from 'vitest'
import { type Problem, problem } from '../../src/http/problem.ts'
import { LOCALES } from '../../src/words/words.ts'
import { ALL_FAILURES, FAILURES, missing, NOW, OTHER } from '../words/samples.ts'

const CONTEXT = { now: NOW, requestId: 'req_1' }
const said = (kind: keyof typeof FAILURES): Problem => problem(FAILURES[kind], 'nl', CONTEXT)

describe('a problem', () => {
  it.each(ALL_FAILURES.flatMap(failure => LOCALES.map(locale => ({ kind: failure.kind, locale, failure }))))(
    'is complete for $kind in $locale',
    ({ failure, locale }) => {
      const { status, headers, body } = problem(failure, locale, CONTEXT)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(body.status).toBe(status)
      expect(body.code).toBe(failure.kind === 'invalid' ? 'validation_failed' : failure.kind)
      expect(body.type).toBe(`https://zetel.dev/problems/${body.code}`)
      expect(body.title).not.toBe('')
      expect(body.detail).toMatch(/[.”]$/)
      expect('request_id' in body).toBe(status >= 500)
      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]+$/)
      expect(JSON.stringify(body)).not.toMatch(/forbidden/i)
    },
  )

  it.each([
    ['idempotency_key_missing', 400],
    ['malformed_json', 400],
    ['unauthenticated', 401],
    ['scope_missing', 403],
    ['not_found', 404],
    ['method_not_allowed', 405],
    ['rights_missing', 409],
    ['user_already_seated', 409],
    ['idempotency_key_in_use', 409],
    ['already_exists', 409],
    ['not_connected', 409],
    ['reconnect_required', 409],
    ['link_expired', 410],
    ['link_used', 410],
    ['too_large', 413],
    ['unsupported_media_type', 415],
    ['idempotency_key_reused', 422],
    ['invalid', 422],
    ['provider_rate_limited', 429],
    ['provider_error_budget', 429],
    ['unexpected', 500],
    ['provider_app_refused', 502],
    ['provider_unreachable', 503],
    ['database_unreachable', 503],
  ] as const)('answers %s with %i', (kind, status) => expect(said(kind).status).toBe(status))

  it('asks for a key where there is none, and names the scope that lacks', () => {
    expect(said('unauthenticated').headers['www-authenticate']).toMatch(/^Bearer /)
    expect(said('scope_missing').headers['www-authenticate']).toMatch(
      /error="insufficient_scope", scope="transactions"/,
    )
    const hostile = problem({ kind: 'scope_missing', scope: 'a"\r\nset-cookie: b' }, 'nl', CONTEXT)
    expect(hostile.headers['www-authenticate']).not.toMatch(/[\r\n]|a"/)
  })

  it('lists the methods that an address takes', () =>
    expect(said('method_not_allowed').headers.allow).toBe('GET, POST'))

  it('says when to try again, in whole seconds and as a moment', () => {
    const { headers, body } = said('provider_rate_limited')
    expect(headers['retry-after']).toBe('46')
    expect(body.retry_at).toBe('2026-08-14T12:00:45.500Z')
    expect(body.detail).toContain('over 46 sec')
    const past = problem({ kind: 'provider_unreachable', retryAt: NOW - 1 }, 'nl', CONTEXT)
    expect(past.headers['retry-after']).toBe('1')
  })

  it('says per field where it is and what is wrong', () => {
    const errors = [
      { pointer: '/a', message: 'Too small' },
      { pointer: '/b', message: { kind: 'mandatory' as const } },
    ]
    const { body } = problem({ kind: 'invalid', errors }, 'en', CONTEXT)
    expect(body.errors).toEqual([
      { pointer: '/a', message: 'Too small' },
      { pointer: '/b', message: 'This field is mandatory.' },
    ])
  })

  it('EOL-03 EOL-04 names every missing right in its detail, and explains each', () => {
    const { body } = said('rights_missing')
    expect(body.detail).toContain("'Verkoopboekingen aanmaken' in administratie 1001")
    expect(body.missing?.map(one => [one.layer, one.code, one.derived])).toEqual([
      ['right', 'right_derived', true],
      ['administration', 'division_out_of_scope', false],
    ])
    expect(body.missing?.every(one => one.reason !== '' && one.remedy.text !== '' && one.remedy.path !== '')).toBe(true)
  })

  it('EOL-08 speaks of the connected user when it is told who that is', () => {
    const about = { registration: 'published', username: 'kassa1', accountancy: null } as const
    const { body } = problem({ kind: 'rights_missing', missing: [missing('right_missing')] }, 'nl', {
      ...CONTEXT,
      about,
    })
    expect(body.missing?.[0]?.remedy.path).toContain('› kassa1 ›')
  })

  it('EOL-09 names the integration a user sits on, within the same tenant only', () => {
    expect(said('user_already_seated').body.integration_id).toBe(OTHER)
    const { body } = problem({ kind: 'user_already_seated', seatedAt: 'another_tenant' }, 'nl', CONTEXT)
    expect(body).not.toHaveProperty('integration_id')
    expect(JSON.stringify(body)).not.toMatch(/forbidden/i)
  })

  it('gives a failure of ours the id under which it was reported', () => {
    expect(said('unexpected').body.request_id).toBe('req_abc')
    expect(said('database_unreachable').body.request_id).toBe('req_1')
  })
})
