import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import type { TenantId } from '../../src/id.ts'
import { returnPath } from '../../src/people/return-path.ts'
import { mayAs, OPERATOR_OWNER, ROLES, roleFor, roleIn } from '../../src/people/role.ts'
import { ABSOLUTE_LIMIT, IDLE_LIMIT, isGood, isSeenAnew } from '../../src/people/session.ts'

const [mine, theirs] = ['ten_a', 'ten_b'] as [TenantId, TenantId]

describe('roles', () => {
  it.each([
    ['operator', ['read', 'write', 'operate']],
    ['admin', ['read', 'write']],
    ['viewer', ['read']],
  ] as const)('%s may %j', (role, allowed) => {
    expect((['read', 'write', 'operate'] as const).filter(may => mayAs(role, may))).toEqual(allowed)
  })

  it('P34 a person is nothing in a tenant of which they are no member', () => {
    const admin = { memberships: [{ owner: mine, role: 'admin' }] } as const
    expect(roleIn(admin, mine)).toBe('admin')
    expect(roleIn(admin, theirs)).toBeNull()
  })

  it('one of the operator reaches every tenant, whatever else they are there', () => {
    const both = {
      memberships: [{ owner: mine, role: 'viewer' } as const, { owner: OPERATOR_OWNER, role: 'operator' } as const],
    }
    expect([mine, theirs].map(tenant => roleIn(both, tenant))).toEqual(['operator', 'operator'])
  })

  it('a role of the operator counts only among the operator’s own people', () => {
    expect(roleIn({ memberships: [{ owner: OPERATOR_OWNER, role: 'admin' }] }, mine)).toBeNull()
  })

  it('whoever lacks a role is told one that is enough', () => {
    for (const may of ['read', 'write', 'operate'] as const) expect(mayAs(roleFor(may), may)).toBe(true)
    expect(ROLES).toHaveLength(3)
  })
})

describe('sessions', () => {
  const at = { createdAt: 0, seenAt: 0 }

  it('end when nothing was done for the idle limit', () => {
    expect(isGood(at, IDLE_LIMIT - 1)).toBe(true)
    expect(isGood(at, IDLE_LIMIT)).toBe(false)
  })

  it('end at the absolute limit, however busy', () => {
    expect(isGood({ createdAt: 0, seenAt: ABSOLUTE_LIMIT - 1 }, ABSOLUTE_LIMIT - 1)).toBe(true)
    expect(isGood({ createdAt: 0, seenAt: ABSOLUTE_LIMIT - 1 }, ABSOLUTE_LIMIT)).toBe(false)
  })

  it('are noted as seen often enough never to end while in use', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: HOUR }), { maxLength: 100 }), pauses => {
        let [now, seenAt] = [0, 0]
        for (const pause of pauses) {
          now += pause
          if (now >= ABSOLUTE_LIMIT) return
          expect(isGood({ createdAt: 0, seenAt }, now)).toBe(true)
          if (isSeenAnew({ createdAt: 0, seenAt }, now)) seenAt = now
          expect(now - seenAt).toBeLessThan(5 * MINUTE)
        }
      }),
    )
  })
})

describe('P17 a browser is sent back to our own paths only', () => {
  const here = 'https://zetel.example'
  const staysHere = (path: string) => {
    const url = new URL(path, here)
    return url.origin === here && !url.pathname.startsWith('//')
  }
  const schemes = [
    'http:',
    'https:',
    'javascript:',
    'data:',
    'ftp:',
    '//',
    '///',
    '\\\\',
    '/\\',
    '\\/',
    '/\t/',
    '/\n/',
    '/ /',
    '',
  ]
  const hosts = [
    'evil.example',
    'zetel.example.evil.example',
    'zetel.example@evil.example',
    '127.0.0.1',
    '[::1]',
    'evil%E3%80%82example',
  ]
  const tails = ['', '/', '/a', '?x=1', '#x', '/..//evil.example', '/%2F%2Fevil.example']
  const corpus = schemes.flatMap(scheme => hosts.flatMap(host => tails.map(tail => `${scheme}${host}${tail}`)))

  it(`in ${corpus.length} hostile addresses`, () => {
    expect(corpus.length).toBeGreaterThanOrEqual(300)
    for (const hostile of corpus) expect(returnPath(hostile), hostile).toSatisfy(staysHere)
  })

  it('and in any text at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map(text => `/${text}`),
          fc.webUrl(),
        ),
        text => staysHere(returnPath(text)),
      ),
    )
  })

  it.each(['/', '/overview?verdict=broken', '/t/ten_1/transactions?state=held&q=a%20b'])('keeps %s', path => {
    expect(returnPath(path)).toBe(path)
  })

  it.each([[undefined], ['overview'], [`/${'x'.repeat(600)}`], ['/..//evil.example']])(
    'gives the start for %s',
    path => {
      expect(returnPath(path)).toBe('/')
    },
  )
})
