import { afterAll, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { Crashing } from './crash.ts'

const running: Crashing[] = []
afterAll(async () => {
  for (const one of running) await one.product.close()
})

async function delivering(): Promise<Crashing> {
  const crashing = await Crashing.start()
  running.push(crashing)
  return crashing
}

/** Everything accepted ends in the ledger exactly once, and nothing else does. */
async function settles(crashing: Crashing, accepted: readonly string[]): Promise<void> {
  await until(async () => {
    await crashing.product.sweep()
    const states = await crashing.states()
    return accepted.every(reference => states[reference] === 'delivered')
  }, 60_000)
  const booked = crashing.booked()
  expect(
    booked.filter((reference, at) => booked.indexOf(reference) !== at),
    'doubled',
  ).toEqual([])
  expect(
    accepted.filter(reference => !booked.includes(reference)),
    'lost',
  ).toEqual([])
  const states = await crashing.states()
  expect(
    booked.filter(reference => states[reference] === undefined),
    'invented',
  ).toEqual([])
}

describe('P42 what was accepted is kept', () => {
  it('P42 loses none of 200 acknowledged bookings when workerd is killed right after the answers', async () => {
    const crashing = await delivering()
    const accepted: string[] = []
    for (let round = 0; round < 10; round++) {
      const references = Array.from({ length: 20 }, (_, at) => `p42-${round}-${at}`)
      const submitted = references.map(async reference => {
        const reply = await crashing.submit(reference)
        if (reply.status === 202) accepted.push(reference)
      })
      await Promise.all(submitted)
      await crashing.restart()
    }
    expect(accepted).toHaveLength(200)
    await settles(crashing, accepted)
  }, 120_000)

  it('P42 keeps every booking whose 202 was heard when workerd is killed amid submissions', async () => {
    const crashing = await delivering()
    const accepted: string[] = []
    for (const [round, instant] of [3, 6, 9, 12, 16, 20, 25, 32].entries()) {
      await crashing.killDuring(
        () =>
          Promise.allSettled(
            Array.from({ length: 10 }, async (_, at) => {
              const reference = `amid-${round}-${at}`
              const reply = await crashing.submit(reference)
              if (reply.status === 202) accepted.push(reference)
            }),
          ),
        instant,
      )
    }
    await settles(crashing, accepted)
  }, 120_000)
})

describe('P45 a booking under way survives kill -9 of workerd', () => {
  const points = ['before the provider wrote', 'after the provider wrote'] as const
  it.each(points)(
    'books once when killed %s',
    async point => {
      const crashing = await delivering()
      const { control } = crashing.product.sandbox
      const accepted: string[] = []
      for (let round = 0; round < 6; round++) {
        const reference = `hold-${round}`
        const fault = control.faults({
          match: { method: 'POST', path: 'salesentry/SalesEntries' },
          kind: 'hold',
          before: point === points[0],
        })
        await crashing.submit(reference)
        accepted.push(reference)
        await until(() => control.listFaults().some(one => one.id === fault.id && one.fired === 1))
        await crashing.product.kill()
        control.clearFaults()
        await crashing.product.revive()
      }
      await settles(crashing, accepted)
    },
    120_000,
  )

  it('books once when killed at any instant of a delivery', async () => {
    const crashing = await delivering()
    const accepted: string[] = []
    for (const [round, instant] of [1, 3, 5, 7, 9, 11, 14, 17, 20, 24, 28, 34].entries()) {
      const references = [0, 1, 2].map(at => `any-${round}-${at}`)
      for (const reference of references)
        if ((await crashing.submit(reference)).status === 202) accepted.push(reference)
      await crashing.killDuring(async () => undefined, instant)
    }
    await settles(crashing, accepted)
  }, 120_000)
})
