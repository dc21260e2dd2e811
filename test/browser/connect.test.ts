import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Locale, wordsIn } from '../../src/words/words.ts'
import { axe, expectAccessible } from '../support/axe.ts'
import { type Chrome, freePort, launchChrome, type OpenOptions, type WatchedPage } from '../support/chrome.ts'
import { A_SHOP, B_SHOP, CLIENT } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'
import { until } from '../support/until.ts'

let chrome: Chrome
let product: Product

beforeAll(async () => {
  ;[chrome, product] = await Promise.all([launchChrome(), Product.start({}, await freePort())])
})
afterAll(() => Promise.all([chrome.close(), product.close()]))

const open = (options: OpenOptions) => chrome.open({ ...options, origins: [product.url, product.sandbox.url] })

async function linkFor({ tenant }: Setup, integration: string, locale: Locale): Promise<string> {
  const path = `/v1/tenants/${tenant}/integrations/${integration}/connect-links`
  return (await product.ask<{ url: string }>('POST', path, { locale })).url
}

/** By how many pixels the page scrolls sideways. */
const sideways = (page: WatchedPage) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')

/** What holds of every page of Zetel, in any language, at any width. */
async function expectSound(page: WatchedPage, locale: Locale): Promise<void> {
  expect(await page.getAttribute('html', 'lang')).toBe(locale)
  expect(await page.locator('[data-primary]').count()).toBe(1)
  expect(await sideways(page)).toBeLessThanOrEqual(0)
  await expectAccessible(page)
  expect(page.watch.transferred()).toBeGreaterThan(0)
  expect(page.watch.transferred()).toBeLessThanOrEqual(100_000)
  expect(page.watch).toMatchObject({ strays: [], violations: [], errors: [] })
}

/** Press a button of the sandbox's consent page and give Zetel's answer, once its page stands there. */
async function decide(page: WatchedPage, button: string): Promise<Response> {
  const back = /\/oauth\/callback/
  const [answer] = await Promise.all([page.waitForResponse(back), page.waitForURL(back), page.click(button)])
  return answer
}

/** Open the link, press its one button, and sign in at the sandbox as this user. */
async function signIn(page: WatchedPage, link: string, username: string): Promise<Response> {
  await page.goto(link)
  await page.click('[data-primary]')
  await page.waitForURL(`${product.sandbox.url}/**`)
  await page.check(`input[value="${username}"]`)
  return decide(page, '[data-primary]')
}

const heading = (page: WatchedPage) => page.textContent('h1')

describe.concurrent.each([
  ['nl', 360, 'light'],
  ['nl', 1440, 'dark'],
  ['en', 360, 'dark'],
  ['en', 1440, 'light'],
] as const)('the connect pages in %s at %i px, %s', (locale, width, colorScheme) => {
  const { pages } = wordsIn(locale)
  const sight = { width, colorScheme, locale }

  it('leads from the link by its one button to a connection', async () => {
    const world = await product.setup()
    const page = await open(sight)
    const link = await linkFor(world, await product.integration(world, 'Webshop A'), locale)
    await page.goto(link)
    await expectSound(page, locale)
    const answer = await signIn(page, link, A_SHOP)
    expect([answer.status(), await heading(page)]).toEqual([200, pages.connected.title('Webshop A')])
    await expectSound(page, locale)
    expect(await page.textContent('main')).toContain(pages.connected.verdicts.allowed('1001'))
  })

  it('EOL-09 answers 409 to a user who sits elsewhere, names that integration, and leads back to the link', async () => {
    const world = await product.setup()
    await product.connect(world.tenant, await product.integration(world, 'Webshop A'), A_SHOP)
    const page = await open(sight)
    const link = await linkFor(world, await product.integration(world, 'Webshop B'), locale)
    await page.goto(link)
    await expectSound(page, locale)
    expect(await page.textContent('main')).toContain(A_SHOP)
    const answer = await signIn(page, link, A_SHOP)
    const failure = { kind: 'user_already_seated', seatedAt: 'another_tenant' } as const
    const { title } = pages.refused.user_already_seated(failure, null)
    expect([answer.status(), await heading(page)]).toEqual([409, title])
    expect(await page.textContent('main')).toContain("'Webshop A'")
    await expectSound(page, locale)
    await page.click('[data-primary]')
    await page.waitForURL(link)
  })

  it.each([
    ['lacks rights', B_SHOP],
    ['is a client user', CLIENT],
  ])('says on the page of a connection that its user %s', async (_, username) => {
    const world = await product.setup()
    const page = await open(sight)
    const link = await linkFor(world, await product.integration(world, 'Webshop A'), locale)
    expect((await signIn(page, link, username)).status()).toBe(200)
    expect(await page.locator('.panel').count()).toBeGreaterThan(0)
    await expectSound(page, locale)
  })

  it('says what is wrong with a declined consent, a used link and an unknown one', async () => {
    const world = await product.setup()
    const page = await open(sight)
    const link = await linkFor(world, await product.integration(world, 'Webshop A'), locale)
    await page.goto(link)
    await page.click('[data-primary]')
    await page.waitForURL(`${product.sandbox.url}/**`)
    await decide(page, 'button[value="deny"]')
    expect(await page.textContent('main')).toContain('consent_declined')
    await expectSound(page, locale)
    await signIn(page, link, A_SHOP)
    for (const [url, status] of [
      [link, 410],
      [`${product.url}/connect/unknown`, 404],
    ] as const) {
      const answer = await page.goto(url)
      expect(answer?.status()).toBe(status)
      await expectSound(page, locale)
    }
  })
})

it('shows the page of a link in the other language', async () => {
  const world = await product.setup()
  const page = await open({ width: 360 })
  await page.goto(await linkFor(world, await product.integration(world, 'Webshop A'), 'nl'))
  await page.click(`text=${wordsIn('nl').pages.otherLanguage}`)
  await page.waitForURL(/locale=en/)
  await expectSound(page, 'en')
})

describe('what these tests look with', () => {
  const STRAY = 'http://stray.example/a.png'
  const head = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'self'" }
  const faulty = `<!doctype html><title>x</title><hr width="2000"><img src="${STRAY}"><script src="/own.js"></script>`
  const server = createServer((request, response) => {
    if (request.url === '/own.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end('mine()')
    else response.writeHead(409, head).end(faulty.padEnd(50_000))
  })
  let url: string

  beforeAll(async () => {
    const port = await freePort()
    await once(server.listen(port, '127.0.0.1'), 'listening')
    url = `http://localhost:${port}/`
  })
  afterAll(() => {
    server.close()
  })

  it('notices strays, a violated CSP, errors, what axe finds and a page too wide; status 409 alone is no error', async () => {
    const page = await chrome.open({ origins: [new URL(url).origin] })
    const { watch } = page
    await page.goto(url)
    await until(() => watch.violations.length === 2 && watch.errors.length === 1)
    expect(watch.strays).toEqual([STRAY])
    expect(watch.violations).toContain(`img-src stopped ${STRAY} on ${url}`)
    expect(watch.errors).toEqual(['ReferenceError: mine is not defined'])
    expect(await sideways(page)).toBeGreaterThan(0)
    expect(await axe(page)).toContain('html-has-lang (serious) html: <html> element must have a lang attribute')
  })

  it('notices a stray request and a violated CSP of a page without scripts', async () => {
    const page = await chrome.open({ javaScriptEnabled: false, origins: [new URL(url).origin] })
    await page.goto(url)
    await until(() => page.watch.violations.length > 0)
    expect(page.watch.strays).toEqual([STRAY])
  })

  it('counts 50,000 bytes of a page once, however often it is loaded', async () => {
    const page = await chrome.open()
    await page.goto(url)
    await page.reload()
    expect(page.watch.transferred()).toBeGreaterThan(50_000)
    expect(page.watch.transferred()).toBeLessThan(52_000)
  })
})
