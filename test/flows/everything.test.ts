import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '../../local/sandbox/exact-online.ts'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

type Ill = { write: (Pick<FaultInput, 'kind'> & Partial<FaultInput>) | null; look: FaultInput['kind'] | null }

/** What may go wrong with one booking: at its write, and while it is looked for. */
const ills: fc.Arbitrary<Ill> = fc.record({
  write: fc.oneof(
    { weight: 10, arbitrary: fc.constant(null) },
    {
      weight: 10,
      arbitrary: fc.constantFrom<NonNullable<Ill['write']>>(
        { kind: 'drop_before' },
        { kind: 'drop_after' },
        { kind: 'truncated' },
        { kind: 'no_id' },
        { kind: 'delay', delay_ms: 5 },
        { kind: 'status_429' },
        { kind: 'status_500_gateway' },
        { kind: 'status_500_gateway', before: false },
        { kind: 'status_500_business', times: 50 },
        { kind: 'html_200' },
        { kind: 'html_200', before: false },
        { kind: 'html_502', before: false },
        { kind: 'status', status: 503 },
        { kind: 'status', status: 408, before: false },
      ),
    },
  ),
  look: fc.constantFrom<Ill['look']>(null, null, null, 'drop_before', 'html_502', 'html_200', 'status_429'),
})

/** Put faults in the way of booking `reference`, and of nothing else. */
function ail(till: Till, reference: string, { write, look }: Ill): void {
  const { control } = seats.sandbox
  if (write !== null)
    control.faults({ ...write, match: { method: 'POST', client_id: till.client, body: `"YourRef":"${reference}"` } })
  if (look !== null)
    control.faults({ kind: look, match: { method: 'GET', client_id: till.client, path: `YourRef eq '${reference}'` } })
}

/** Each till's bookings have references of their own: two look-ups in one administration must not meet. */
const named = ({ app }: Till, nth: number) => `${app.slice(-8)}-${String(nth).padStart(5, '0')}`

/** The oracle of PROMISES 5.4: the provider's books against what was accepted. */
async function judge(till: Till, given: readonly Ill[]): Promise<void> {
  const rows = await till.rows()
  const refused = given.flatMap((ill, nth) => (ill.write?.kind === 'status_500_business' ? [named(till, nth)] : []))
  const wanted = given.map((_, nth) => named(till, nth)).filter(reference => !refused.includes(reference))
  expect(rows.filter(row => row.state === 'failed').map(row => row.reference)).toEqual(refused)
  expect(rows.filter(row => row.state === 'delivered').map(row => row.reference)).toEqual(wanted)
  expect(till.references()).toEqual(wanted) // lost 0, doubled 0, invented 0, in order
  const ids = new Map(till.ledger().map(row => [row.your_ref, row.id]))
  expect(rows.filter(row => row.state === 'delivered').map(row => row.providerId)).toEqual(
    wanted.map(one => ids.get(one)),
  )
  expect(till.ledger().every(row => row.division === till.division)).toBe(true)
}

describe('P44 everything at once', { timeout: 120_000 }, () => {
  it('P44 loses, doubles, invents and reorders none of 150 bookings under every fault', async () => {
    const seed = Date.now()
    const given = fc.sample(ills, { seed, numRuns: 150 })
    const till = await Till.open(seats)
    seats.settle = 30
    seats.sandbox.control.settings({ lookup_lag_ms: 25_000 })
    for (const [nth, ill] of given.entries()) {
      ail(till, named(till, nth), ill)
      await till.book(named(till, nth))
    }
    await till.run(48 * HOUR)
    expect(
      seats.sandbox.control.listFaults().filter(fault => fault.match.method === 'POST' && fault.fired !== 1),
      `seed ${seed}`,
    ).toEqual([])
    expect(
      new Set(
        seats.sandbox.control
          .listFaults()
          .filter(fault => fault.fired > 0)
          .map(fault => fault.kind),
      ).size,
    ).toBeGreaterThan(9)
    await judge(till, given)
    expect(seats.reports).toEqual([])
  })

  it('P44 P45 loses, doubles, invents and reorders none of 40 bookings while the keeper dies at random', async () => {
    const seed = Date.now()
    const given = fc.sample(ills, { seed, numRuns: 40 })
    const fates = fc.sample(fc.integer({ min: 3, max: 60 }), { seed, numRuns: 400 })
    const till = await Till.open(seats)
    for (const [nth, ill] of given.entries()) {
      ail(till, named(till, nth), ill)
      await till.book(named(till, nth))
    }
    let deaths = 0
    const open = async () => (await till.rows()).some(row => row.state !== 'delivered' && row.state !== 'failed')
    for (const fate of fates) {
      let touches = 0
      if (
        await till.dieAt(
          () => ++touches === fate,
          () => till.run(20 * MINUTE),
        )
      )
        deaths += 1
      if (!(await open())) break
      // Model B ends a chain whose answer died with the keeper: someone signs in again (P3).
      if ((await till.connection()).state === 'reconnect_required') await till.signIn()
    }
    expect(deaths, `seed ${seed}`).toBeGreaterThan(10)
    await judge(till, given)
  })
})
