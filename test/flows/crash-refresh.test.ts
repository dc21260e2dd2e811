import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCESS_MS,
  auditOf,
  type Chair,
  connectionOf,
  refreshes,
  seated,
  signalsOf,
  token,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { killAt, touchesOf } from '../support/crash.ts'
import { A_SHOP } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterAll(() => seats.close())

const MODELS = ['A', 'B', 'C', 'D', 'E'] as const
const WITHIN_MS = 60_000

/** Everything one refresh does outside the seat, in its order: each is an instant at which the runtime may die. */
async function instants(): Promise<string[]> {
  const chair = await due()
  return touchesOf(seats, chair.integration, () => token(seats, chair))
}

async function due(): Promise<Chair> {
  const chair = await seated(seats)
  seats.advance(ACCESS_MS)
  return chair
}

/** The provider has given a new token and nothing here has it yet. */
const isLost = (instant: string): boolean =>
  ['after fetch /api/oauth2/token', 'before journal.put refresh'].includes(instant)

describe('P3 a crash at any instant of a refresh', () => {
  it('P3 meets the intent, the request, the answer in the journal, the save and the end, in this order', async () => {
    const names = (await instants()).filter(name => name.startsWith('after') && !name.includes('back_off'))
    expect(names).toEqual([
      'after journal.put refresh',
      'after fetch /api/oauth2/token',
      'after journal.put refresh',
      'after db batch',
      'after journal.delete refresh',
    ])
  })

  it.each(MODELS)(
    'P3 under model %s: none lost, or none silently where the provider allows no second try',
    async model => {
      seats.sandbox.control.settings({ reuse_model: model })
      const count = (await instants()).length
      for (let at = 0; at < count; at++) {
        const chair = await due()
        const instant = await killAt(seats, chair.integration, at, () => token(seats, chair))
        const before = refreshes(seats, chair)
        await seats.run(chair.integration, WITHIN_MS)
        expect(refreshes(seats, chair) - before, `retries after ${instant}`).toBeLessThanOrEqual(1)
        const unknown = at > 0 && isLost(instant) && before === 1
        if (unknown && (model === 'A' || model === 'B')) await expectSaid(chair)
        else if (unknown && model === 'E') expect(await whoSitsThereLater(seats, chair), instant).toBe(A_SHOP)
        else {
          expect(await whoSitsThere(seats, chair), instant).toBe(A_SHOP)
          expect(await whoSitsThereLater(seats, chair), instant).toBe(A_SHOP)
        }
      }
      seats.sandbox.control.settings({ reuse_model: 'B' })
    },
  )

  it('P3 a caller who comes before the alarm finishes the interrupted refresh', async () => {
    const chair = await due()
    await killAt(seats, chair.integration, 6, () => token(seats, chair))
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    expect(refreshes(seats, chair)).toBe(1)
  })

  it('P3 a crash during the retry of a crash', async () => {
    seats.sandbox.control.settings({ reuse_model: 'C' })
    const chair = await due()
    for (const at of [3, 3, 2]) await killAt(seats, chair.integration, at, () => token(seats, chair))
    expect(await whoSitsThere(seats, chair)).toBe(A_SHOP)
    seats.sandbox.control.settings({ reuse_model: 'B' })
  })
})

/** Nobody finds out by chance: state, trouble, signal and audit say it, and the token request is not repeated. */
async function expectSaid(chair: Chair): Promise<void> {
  expect(await connectionOf(seats, chair)).toMatchObject({
    state: 'reconnect_required',
    trouble: { kind: 'chain_lost' },
  })
  expect(await signalsOf(seats, chair)).toContain('reconnect_required')
  const said = (await auditOf(seats, chair)).filter(entry => entry.action === 'connection.reconnect_required')
  expect(said).toHaveLength(1)
  expect(await token(seats, chair)).toEqual({ ok: false, failure: { kind: 'reconnect_required', cause: 'chain_lost' } })
}
