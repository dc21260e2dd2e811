import { afterAll, describe, expect, it } from 'vitest'
import { Crashing } from './crash.ts'

const running: Crashing[] = []
afterAll(async () => {
  for (const one of running) await one.product.close()
})

/** Every token call refreshes: the access token lives no longer than the provider's refresh window. */
async function refreshing(model: 'A' | 'B' | 'C' | 'D' | 'E'): Promise<Crashing> {
  const crashing = await Crashing.start()
  running.push(crashing)
  crashing.product.sandbox.control.settings({ token_seconds: 30, reuse_model: model })
  await crashing.consent()
  return crashing
}

const INSTANTS = [0, 2, 4, 6, 8, 10, 13, 17, 22, 30]

describe('P3 a refresh survives kill -9 of workerd', () => {
  it.each(['C', 'E'] as const)('loses no connection at a provider of model %s, killed at %#', async model => {
    const crashing = await refreshing(model)
    for (const instant of INSTANTS) {
      await crashing.killDuring(() => crashing.token(), instant)
      expect(await crashing.token(), `killed after ${instant} ms`).toMatchObject({ status: 200 })
    }
  })

  it.each(['A', 'B'] as const)('leaves no connection silently dead at a provider of model %s', async model => {
    const crashing = await refreshing(model)
    for (const instant of INSTANTS) {
      await crashing.killDuring(() => crashing.token(), instant)
      const { status, body } = await crashing.token()
      if (status === 200) continue
      expect(body, `killed after ${instant} ms`).toMatchObject({ code: 'reconnect_required' })
      expect((await crashing.state()).state).toBe('reconnect_required')
      await crashing.consent()
    }
  })

  it('P3 saves the answer that was there when workerd was killed before libSQL had it', async () => {
    const crashing = await refreshing('B')
    const { control } = crashing.product.sandbox
    for (let round = 0; round < 4; round++) {
      const before = control.log().filter(entry => entry.path === '/api/oauth2/token' && entry.status === 200).length
      const asking = crashing.token().catch(() => undefined)
      const answered = () =>
        control.log().filter(entry => entry.path === '/api/oauth2/token' && entry.status === 200).length
      while (answered() === before) await new Promise(setImmediate)
      await crashing.restart()
      await asking
      const { status, body } = await crashing.token()
      if (status !== 200) {
        expect(body).toMatchObject({ code: 'reconnect_required' })
        await crashing.consent()
      }
    }
  })
})
