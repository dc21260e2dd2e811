import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, SECOND } from '../../src/clock.ts'
import {
  type Credential,
  fallBack,
  freshness,
  type Held,
  keepAliveAt,
  prove,
  refreshAllowedFrom,
  take,
} from '../../src/connections/credential.ts'
import { definition } from '../../src/providers/exact-online/definition.ts'

const { oauth } = definition
const RECEIVED = 1_800_000_000_000

const credential = (over: Partial<Credential> = {}): Credential => ({
  accessToken: 'access',
  refreshToken: 'refresh',
  renewed: true,
  aliveAt: RECEIVED,
  receivedAt: RECEIVED,
  expiresAt: RECEIVED + 600 * SECOND,
  ...over,
})

const older = credential({ refreshToken: 'older', aliveAt: RECEIVED - 1 })
const newer = credential({ refreshToken: 'newer', aliveAt: RECEIVED + 1 })
const held = (over: Partial<Held> = {}): Held => ({ current: credential(), previous: null, proven: true, ...over })

describe('P9 when an access token may be used and refreshed', () => {
  it.each([
    [0, 'fresh'],
    [569_999, 'fresh'],
    [570_000, 'due'],
    [594_999, 'due'],
    [595_000, 'expired'],
    [600_000, 'expired'],
  ] as const)('P9 after %i ms it is %s', (ms, state) => {
    expect(freshness(credential(), oauth, RECEIVED + ms)).toBe(state)
  })

  it('P9 without an access token there is nothing to hand out', () => {
    expect(freshness(credential({ accessToken: null }), oauth, RECEIVED)).toBe('expired')
  })

  it('P9 never allows a refresh before it was received, however short its life', () => {
    expect(refreshAllowedFrom(credential({ expiresAt: RECEIVED + SECOND }), oauth)).toBe(RECEIVED)
  })

  it('P9 keeps an idle chain alive at half of its idle life', () => {
    expect(keepAliveAt(credential(), oauth)).toBe(RECEIVED + 15 * DAY)
  })

  it('P9 for any life: fresh before the window, due within it, expired 5 s before its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), fc.integer({ min: 0, max: 90_000_000 }), (life, after) => {
        const one = credential({ expiresAt: RECEIVED + life * SECOND })
        const now = RECEIVED + after
        const state = freshness(one, oauth, now)
        expect(state === 'expired').toBe(now >= one.expiresAt - 5 * SECOND)
        if (state === 'fresh') expect(now).toBeLessThan(refreshAllowedFrom(one, oauth))
        if (state === 'due') expect(now).toBeGreaterThanOrEqual(one.expiresAt - 30 * SECOND)
      }),
    )
  })
})

describe('which credential is kept', () => {
  it('P7 a new one is current and unproven, and the one it replaced waits', () => {
    expect(take(held(), newer)).toEqual({ current: newer, previous: credential(), proven: false })
  })

  it('P7 keeps one previous at most', () => {
    expect(take(held({ previous: older, proven: false }), newer).previous).toEqual(credential())
  })

  it('P7 forgets the previous one once the new one has worked', () => {
    expect(prove(held({ previous: older, proven: false }))).toEqual(held())
  })

  it('P6 the same refresh token again is no rotation: what is known of it stays', () => {
    const again = credential({ accessToken: 'second', aliveAt: RECEIVED + 600 * SECOND })
    expect(take(held(), again)).toEqual(held({ current: again }))
  })

  it('EOL-09 what was alive earlier does not replace a proven one', () => {
    expect(take(held(), older)).toEqual(held())
  })

  it('EOL-09 what was alive earlier waits behind an unproven one', () => {
    expect(take(held({ proven: false }), older)).toEqual(held({ previous: older, proven: false }))
  })

  it('EOL-09 an access token alone does not prove a new sign-in against another chain', () => {
    const signedIn = held({ current: credential({ renewed: false }), previous: older, proven: false })
    expect(prove(signedIn)).toEqual(signedIn)
    const proven = held({ current: credential({ renewed: false }) })
    expect(take(proven, older).previous).toEqual(older)
  })

  it('falls back once', () => {
    const fallen = fallBack(held({ previous: older, proven: false }))
    expect(fallen).toEqual({ current: older, previous: null, proven: false })
    expect(fallen && fallBack(fallen)).toBeNull()
  })

  it('P2 whatever order renewals come in, the one last known alive is current', () => {
    const renewals = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(renewals, moments => {
        const end = moments.reduce<Held | null>(
          (before, at) => take(before, credential({ refreshToken: `r${at}`, aliveAt: at })),
          null,
        )
        expect(end?.current.refreshToken).toBe(`r${Math.max(...moments)}`)
      }),
    )
  })
})
