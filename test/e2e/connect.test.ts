import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
import { Browser, Product, type Setup } from '../support/product.ts'

let product: Product
let world: Setup
const tokenCalls = () => product.sandbox.control.log().filter(entry => entry.path === '/api/oauth2/token').length
const primaries = (html: string) => html.match(/data-primary/g)?.length ?? 0

async function linkFor(integration: string, body = {}): Promise<string> {
  const { url } = await product.ask<{ url: string }>(
    'POST',
    `/v1/tenants/${world.tenant}/integrations/${integration}/connect-links`,
    body,
  )
  return url
}

const connection = (integration: string) =>
  product.ask<{ state: string; warnings: { code: string }[] }>(
    'GET',
    `/v1/tenants/${world.tenant}/integrations/${integration}/connection`,
  )

beforeAll(async () => {
  product = await Product.start()
})
afterAll(() => product.close())

describe('connecting in workerd', () => {
  it('P15 makes one exchange and one connection of 20 concurrent identical callbacks', async () => {
    world = await product.setup()
    const integration = await product.integration(world, 'Webshop A')
    const browser = new Browser(product)
    const callback = await browser.signIn(await linkFor(integration), A_SHOP)
    const before = tokenCalls()
    const pages = await Promise.all(Array.from({ length: 20 }, () => browser.open(callback)))
    expect(tokenCalls() - before).toBe(1)
    expect(pages.filter(page => page.status === 200)).toHaveLength(1)
    expect(pages.filter(page => page.status !== 200).every(page => page.html.includes('state_used'))).toBe(true)
    expect(pages.map(page => primaries(page.html))).toEqual(Array(20).fill(1))
    expect((await connection(integration)).state).toBe('active')
  })

  it('P12 asks nothing of the provider for a state that is missing, made up, replayed, swapped or from another browser', async () => {
    world = await product.setup()
    const [one, two] = [await product.integration(world, 'One'), await product.integration(world, 'Two')]
    const browser = new Browser(product)
    const callback = new URL(await browser.signIn(await linkFor(one), A_SHOP))
    const other = new Browser(product)
    const theirs = new URL(await other.signIn(await linkFor(two), B_SHOP))
    const before = tokenCalls()
    const withState = (state: string) => {
      const url = new URL(callback)
      url.searchParams.set('state', state)
      return url.href
    }
    const strangers = [
      await browser.open(callback.href.replace(/state=[^&]*/, '')),
      await browser.open(withState('made-up')),
      await browser.open(withState(theirs.searchParams.get('state') ?? '')),
      await other.open(callback.href),
      await new Browser(product).open(callback.href),
    ]
    expect(strangers.map(page => page.status)).toEqual(Array(5).fill(400))
    expect(strangers.every(page => page.html.includes('state_invalid') && primaries(page.html) === 1)).toBe(true)
    expect(tokenCalls()).toBe(before)
    expect((await browser.open(callback.href)).status).toBe(200)
    const replayed = await browser.open(callback.href)
    expect(replayed.html).toContain('state_used')
    expect(tokenCalls()).toBe(before + 1)
  })

  it('says what is wrong with a link that is used or made up, in the language asked for', async () => {
    world = await product.setup()
    const integration = await product.integration(world, 'Webshop A')
    const url = await linkFor(integration)
    const browser = new Browser(product)
    expect((await browser.open(`${url}?locale=en`)).html).toContain('<html lang="en">')
    await browser.open(await browser.signIn(url, A_SHOP))
    const used = await browser.open(url)
    expect(used.status).toBe(410)
    expect(used.html).toContain('link_used')
    const unknown = await browser.open('http://localhost/connect/made-up')
    expect(unknown.status).toBe(404)
    expect([primaries(used.html), primaries(unknown.html)]).toEqual([1, 1])
  })

  it('connects nothing when consent is declined, and the link can be tried again', async () => {
    world = await product.setup()
    const integration = await product.integration(world, 'Webshop A')
    const url = await linkFor(integration)
    const browser = new Browser(product)
    const callback = new URL(await browser.signIn(url, A_SHOP))
    callback.searchParams.delete('code')
    callback.searchParams.set('error', 'access_denied')
    const declined = await browser.open(callback.href)
    expect(declined.html).toContain('consent_declined')
    expect(declined.html).toContain(new URL(url).pathname)
    expect((await connection(integration)).state).toBe('pending')
    expect((await browser.open(await browser.signIn(url, A_SHOP))).status).toBe(200)
  })

  it.each([
    ['html_200', 'code_refused'],
    ['html_502', 'code_refused'],
    ['drop_before', 'provider_unreachable'],
  ] as const)(
    'says what happened when the token endpoint answers a code with %s, and the link can be tried again',
    async (kind, code) => {
      world = await product.setup()
      const integration = await product.integration(world, 'Webshop A')
      const url = await linkFor(integration)
      const browser = new Browser(product)
      const callback = await browser.signIn(url, A_SHOP)
      product.sandbox.control.faults({ match: { path: '/api/oauth2/token' }, kind })
      const page = await browser.open(callback)
      expect(page.html).toContain(code)
      expect(page.status).toBeGreaterThanOrEqual(400)
      expect((await connection(integration)).state).toBe('pending')
      expect((await browser.open(await browser.signIn(url, A_SHOP))).status).toBe(200)
    },
  )

  it('P16 EOL-09 lets one of 20 concurrent consents of one user from two tenants sit, and tells the others nothing of the other tenant', async () => {
    world = await product.setup('Eerste')
    const first = world
    const second = { ...(await product.setup('Tweede')), app: first.app }
    const integrations = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const tenant = at % 2 === 0 ? first : second
        return { tenant: tenant.tenant, id: await product.integration(tenant, `Geheim ${tenant.tenant} ${at}`) }
      }),
    )
    product.sandbox.control.settings({ error_limit: null }) // Chains that were overtaken are told by errors.
    const callbacks = await Promise.all(
      integrations.map(async ({ tenant, id }) => {
        const { url } = await product.ask<{ url: string }>(
          'POST',
          `/v1/tenants/${tenant}/integrations/${id}/connect-links`,
          {},
        )
        const browser = new Browser(product)
        return { tenant, id, browser, callback: await browser.signIn(url, A_SHOP) }
      }),
    )
    const pages = await Promise.all(
      callbacks.map(async one => ({ ...one, page: await one.browser.open(one.callback) })),
    )
    const winners = pages.filter(one => one.page.status === 200)
    expect(winners).toHaveLength(1)
    const [winner] = winners
    for (const { tenant, page } of pages.filter(one => one !== winner)) {
      expect(page.status).toBe(409)
      expect(page.html).toMatch(/user_already_seated|consent_overtaken/)
      if (tenant !== winner?.tenant) expect(page.html).not.toContain(`Geheim ${winner?.tenant}`)
    }
    const states = await Promise.all(
      integrations.map(({ tenant, id }) =>
        product.ask<{ state: string }>('GET', `/v1/tenants/${tenant}/integrations/${id}/connection`),
      ),
    )
    expect(states.filter(one => one.state === 'active')).toHaveLength(1)
    const me = await product.call('GET', `/v1/tenants/${winner?.tenant}/integrations/${winner?.id}/proxy/current/Me`)
    expect(me.status).toBe(200)
  })
})
