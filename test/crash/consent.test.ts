import { afterAll, describe, expect, it } from 'vitest'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
import { Browser } from '../support/product.ts'
import { until } from '../support/until.ts'
import { Crashing } from './crash.ts'

const running: Crashing[] = []
afterAll(async () => {
  for (const one of running) await one.product.close()
})

const INSTANTS = [0, 6, 12, 18, 25, 33, 42, 55]

/** Webshop A sits with its user; every access token is due for a refresh as soon as it is there. */
async function seated(): Promise<Crashing> {
  const crashing = await Crashing.start()
  running.push(crashing)
  crashing.product.sandbox.control.settings({ token_seconds: 30, error_limit: null })
  await crashing.consent()
  return crashing
}

async function signInFor({ product, world }: Crashing, integration: string, username: string) {
  const path = `/v1/tenants/${world.tenant}/integrations/${integration}/connect-links`
  const { url } = await product.ask<{ url: string }>('POST', path, {})
  const browser = new Browser(product)
  return { browser, callback: await browser.signIn(url, username) }
}

describe('a consent survives kill -9 of workerd', () => {
  it('EOL-09 leaves webshop A working, or says that it must reconnect, when its user signs in for webshop B', async () => {
    const crashing = await seated()
    const { product, world } = crashing
    const b = await product.integration(world, 'Webshop B')
    for (const instant of INSTANTS) {
      const { browser, callback } = await signInFor(crashing, b, A_SHOP)
      await crashing.killDuring(() => browser.open(callback), instant)
      const works = async () => (await product.call('GET', `${crashing.base}/proxy/current/Me`)).status === 200
      await until(async () => {
        await product.sweep()
        return (await works()) || (await crashing.state()).state === 'reconnect_required'
      })
      if ((await crashing.state()).state === 'reconnect_required') await crashing.consent()
      expect(await works(), `killed after ${instant} ms`).toBe(true)
      const other = await product.ask('GET', `/v1/tenants/${world.tenant}/integrations/${b}/connection`)
      expect(other).toMatchObject({ state: 'pending' })
    }
  })

  it('connects webshop B once, or lets its link be tried again', async () => {
    const crashing = await seated()
    const { product, world } = crashing
    for (const instant of INSTANTS) {
      const b = await product.integration(world, `Webshop B ${instant}`)
      const path = `/v1/tenants/${world.tenant}/integrations/${b}`
      const { browser, callback } = await signInFor(crashing, b, B_SHOP)
      await crashing.killDuring(() => browser.open(callback), instant)
      const state = async () => (await product.ask<{ state: string }>('GET', `${path}/connection`)).state
      const again = await signInFor(crashing, b, B_SHOP)
      expect((await again.browser.open(again.callback)).status, `killed after ${instant} ms`).toBe(200)
      expect(await state()).toBe('active')
      expect((await product.call('GET', `${path}/proxy/current/Me`)).status).toBe(200)
      expect((await product.call('DELETE', `${path}/connection`)).status).toBe(204)
    }
  })
})
