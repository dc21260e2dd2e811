import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chrome, launchChrome, type WatchedPage } from '../support/chrome.ts'
import { ANNA, addMembers, BAS, type Dashboard, startDashboard } from '../support/dashboard.ts'
import { A_SHOP } from '../support/exact.ts'
import { choose, pressEnter, select, tabTo, tick, type } from '../support/keyboard.ts'
import type { Setup } from '../support/product.ts'
import { expectSound, signInAs } from '../support/walk.ts'

// The main job as people do it: a second webshop goes live.

const PSP = 'psp@fietsenwinkel.example'

let chrome: Chrome
let dashboard: Dashboard
beforeAll(async () => {
  ;[chrome, dashboard] = await Promise.all([launchChrome(), startDashboard()])
})
afterAll(async () => {
  await chrome.close()
  await dashboard.close()
})

const origins = () => [dashboard.product.url, dashboard.identity.url, dashboard.product.sandbox.url]

/** A tenant whose first webshop is live. */
async function withWebshopA(): Promise<Setup> {
  const { product } = dashboard
  const world = await product.setup('De Fietsenwinkel BV')
  await addMembers(dashboard, world.tenant)
  await product.connect(world.tenant, await product.integration(world, 'Webshop A'), A_SHOP)
  return world
}

/** The other person, on a telephone of their own, opens the link and consents. */
async function consents(link: string, username: string): Promise<number> {
  const page = await chrome.open({ width: 360, locale: 'nl-NL', origins: origins() })
  await page.goto(link)
  await page.click('[data-primary]')
  await page.waitForURL(`${dashboard.product.sandbox.url}/**`)
  await page.check(`input[value="${username}"]`)
  const [answer] = await Promise.all([page.waitForResponse(/\/oauth\/callback/), page.click('[data-primary]')])
  await page.context().close()
  return answer.status()
}

const shownLink = async (page: WatchedPage): Promise<string> =>
  (await page.locator('code', { hasText: '/connect/' }).first().textContent()) ?? ''

const progressIs = (page: WatchedPage, state: string) =>
  page.waitForSelector(`#progress[data-state="${state}"]`, { timeout: 20_000 })

describe('EOL-11 a second webshop goes live through the guided flow', () => {
  it('with the keyboard only, in Dutch, on a large screen', async () => {
    const world = await withWebshopA()
    const page = await chrome.open({ width: 1440, locale: 'nl-NL', origins: origins() })
    await signInAs(dashboard, page, BAS)
    await page.goto(`${dashboard.product.url}/t/${world.tenant}`)
    const sound = () => expectSound(page, 'nl')

    await pressEnter(page, 'main a[data-primary]')
    await sound()
    await pressEnter(page, 'main button[data-primary]')
    await choose(page, 'kind', 'webshop')
    await type(page, '#f-provider', 'woocommerce')
    await page.keyboard.press('Escape') // Puts the browser's suggestions away.
    await type(page, '#f-label', 'Webshop B')
    await type(page, '#f-ref', 'b.example')
    await sound()
    await pressEnter(page, 'main button[data-primary]')

    await choose(page, 'provider_app_id', world.app)
    await select(page, '#f-administration_id', world.administration)
    await sound()
    await pressEnter(page, 'main button[data-primary]')

    await tick(page, 'input[name="kinds[]"][value="sales-entry"]')
    await sound()
    await pressEnter(page, 'main button[data-primary]')

    expect(await page.textContent('main')).toContain('Verkoopboekingen aanmaken')
    await sound()
    await pressEnter(page, 'main button[data-primary]')

    expect(await page.textContent('main')).toContain(A_SHOP)
    expect(await page.locator(`label:has-text("${A_SHOP}")`).count()).toBe(0)
    await choose(page, 'account', 'new')
    await type(page, '#f-username', PSP)
    await type(page, '#f-email', PSP)
    await sound()
    await pressEnter(page, 'main button[data-primary]')

    await sound()
    await pressEnter(page, 'main form button[type="submit"]')
    const link = await shownLink(page)
    expect(link).toContain('/connect/')
    expect(await page.locator('svg[role="img"] title').count()).toBeGreaterThan(0)
    expect(await page.getAttribute('a[href^="mailto:"]', 'href')).toContain(encodeURIComponent(link))
    await progressIs(page, 'waiting')
    await sound()

    const elsewhere = page.url()
    await page.goto(`${dashboard.product.url}/t/${world.tenant}/onboarding`) // Leaving, and coming back.
    expect(await page.textContent('main')).toContain('Webshop B')
    await page.goto(elsewhere)
    expect(await page.content()).not.toContain(link)

    expect(await consents(link, PSP)).toBe(200)
    await progressIs(page, 'connected')
    await pressEnter(page, 'main a[data-primary]')

    await sound()
    expect(await page.locator('main .healthy').count()).toBeGreaterThan(0)
    await pressEnter(page, 'main [data-primary]')
    await sound()
    await pressEnter(page, 'main button[data-primary]')
    await sound()
    await pressEnter(page, 'main button[data-primary]')
    await sound()
    await pressEnter(page, 'main a[data-primary]')
    expect(page.url()).toContain('/integrations/')
    expect(await page.textContent('main')).toContain(PSP)
    expect(dashboard.product.sandbox.control.ledger({})).toEqual([])
  })

  it('in English on a telephone; a user who sits already is refused, before and after the log-in', async () => {
    const world = await withWebshopA()
    const page = await chrome.open({ width: 360, locale: 'en-GB', origins: origins() })
    await signInAs(dashboard, page, ANNA)
    await page.goto(`${dashboard.product.url}/t/${world.tenant}/onboarding`)
    const sound = () => expectSound(page, 'en')
    const onward = () => Promise.all([page.waitForNavigation(), page.click('main [data-primary]')])

    await onward()
    await page.check('input[name="kind"][value="webshop"]')
    await page.fill('#f-provider', 'shopify')
    await page.fill('#f-label', 'Webshop B')
    await page.fill('#f-ref', 'b.example')
    await onward()
    await page.check(`input[name="provider_app_id"][value="${world.app}"]`)
    await page.selectOption('#f-administration_id', world.administration)
    await onward()
    await page.check('input[name="kinds[]"][value="sales-entry"]')
    await onward()
    await onward()

    await page.check('input[name="account"][value="new"]')
    await page.fill('#f-username', A_SHOP) // EOL-11: a different user is demanded before any log-in starts.
    await page.fill('#f-email', A_SHOP)
    await onward()
    expect(new URL(page.url()).pathname).toMatch(/\/user$/)
    expect(await page.locator('.problems').count()).toBe(1)
    await sound()
    await page.check('input[name="account"][value="anyone"]')
    await onward()

    await Promise.all([page.waitForNavigation(), page.click('main form button[type="submit"]')])
    const link = await shownLink(page)
    expect(await consents(link, A_SHOP)).toBe(409)
    await progressIs(page, 'seated')
    expect(await page.textContent('#progress')).toContain('Webshop A')
    await sound()

    expect(await consents(link, PSP)).toBe(200) // A refusal does not use the link up.
    await progressIs(page, 'connected')
    await sound()
    const { data } = await dashboard.product.ask<{ data: { id: string; label: string }[] }>(
      'GET',
      `/v1/tenants/${world.tenant}/integrations`,
    )
    expect(data.map(({ label }) => label).sort()).toEqual(['Webshop A', 'Webshop B'])
  })
})

it('leads a keyboard past the menus to the content', async () => {
  const page = await chrome.open({ width: 1440, locale: 'nl-NL', origins: origins() })
  await signInAs(dashboard, page, ANNA)
  await tabTo(page, 'a.skip')
  await page.keyboard.press('Enter')
  expect(page.url()).toContain('#content')
})
