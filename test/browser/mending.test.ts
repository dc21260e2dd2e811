import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chrome, launchChrome, type OpenOptions, type WatchedPage } from '../support/chrome.ts'
import { ANNA, addMembers, BAS, type Dashboard, NOOR, startDashboard, VERA } from '../support/dashboard.ts'
import { A_SHOP, B_SHOP, salesEntry } from '../support/exact.ts'
import type { Setup } from '../support/product.ts'
import { until } from '../support/until.ts'
import { expectSound, signInAs, speak } from '../support/walk.ts'

// What support staff and customers do when something is wrong, in a real browser against the real product.

let chrome: Chrome
let dashboard: Dashboard
beforeAll(async () => {
  ;[chrome, dashboard] = await Promise.all([launchChrome(), startDashboard()])
})
afterAll(async () => {
  await chrome.close()
  await dashboard.close()
})

const open = (options: OpenOptions = {}) =>
  chrome.open({ ...options, origins: [dashboard.product.url, dashboard.identity.url, dashboard.product.sandbox.url] })

async function signedIn(email: string, options?: OpenOptions): Promise<WatchedPage> {
  const page = await open(options)
  await signInAs(dashboard, page, email)
  return page
}

const at = (path: string) => `${dashboard.product.url}${path}`
const submits = (page: WatchedPage, selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)])

async function withShop(username: string, over: Record<string, unknown> = {}): Promise<Setup & { shop: string }> {
  const { product } = dashboard
  const world = await product.setup('Bakkerij Smit')
  await addMembers(dashboard, world.tenant)
  const shop = await product.integration(world, 'Webshop', over)
  await product.connect(world.tenant, shop, username)
  return { ...world, shop }
}

const hand = ({ tenant, shop }: { tenant: string; shop: string }, reference: string) =>
  dashboard.product.ask<{ id: string; state: string }>(
    'POST',
    `/v1/tenants/${tenant}/integrations/${shop}/transactions`,
    { booking_kind: 'sales-entry', reference, payload: salesEntry() },
    { idempotencyKey: reference },
  )

describe('signing in', () => {
  beforeAll(async () => {
    await withShop(A_SHOP)
  })

  it.each([
    [ANNA, 'Overzicht'],
    [BAS, 'Bakkerij Smit'],
    [VERA, 'Bakkerij Smit'],
    [NOOR, 'Je hebt nog geen toegang'],
  ])('leads %s to %s', async (email, shown) => {
    const page = await signedIn(email)
    expect(await page.textContent('body')).toContain(shown)
    await page.click('.menu summary')
    await submits(page, '.menu form button')
    expect(await page.textContent('main')).toContain('Je bent uitgelogd.')
    await page.goto(at('/account'))
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})

describe('EOL-03 a booking that is held', () => {
  it('names the right and the screen, and goes by itself once it is mended', async () => {
    const world = await withShop(B_SHOP)
    const { id } = await hand(world, 'HELD-1')
    const page = await signedIn(BAS)
    await page.goto(at(`/t/${world.tenant}/transactions?state=held`))
    expect(await page.textContent('main')).toContain('Verkoopboekingen aanmaken')
    expect(await page.textContent('main')).toContain(
      `Administratienaam › Stamgegevens › Gebruikers › Overzicht › ${B_SHOP} › Rechten`,
    )
    await page.goto(at(`/t/${world.tenant}/transactions/${id}`))
    expect(await page.textContent('main')).toContain('vastgehouden')
    await expectSound(page, 'nl')

    const right = { username: B_SHOP, division: 1001, endpoint: 'salesentry/SalesEntries', action: 'POST' } as const
    dashboard.product.sandbox.control.rights({ ...right, allowed: true })
    await page.goto(at(`/t/${world.tenant}/integrations/${world.shop}`))
    await submits(page, 'form[action$="/probe"] button')
    expect(await page.textContent('.told')).toContain('opnieuw gecontroleerd')
    await page.goto(at(`/t/${world.tenant}/transactions/${id}`))
    await until(async () => {
      await page.reload()
      return (await page.textContent('main'))?.includes('geleverd') ?? false
    })
    dashboard.product.sandbox.control.rights({ ...right, allowed: false })
  })
})

describe('a consent that was withdrawn', () => {
  it('shows as broken with what to do, and the same user connects again by a link made here', async () => {
    const { product } = dashboard
    product.sandbox.control.settings({ token_seconds: 33 }) // Due three seconds after it was given: ten minutes in short.
    const world = await withShop(A_SHOP)
    product.sandbox.control.revoke({ username: A_SHOP, client_id: world.client })
    const base = `/v1/tenants/${world.tenant}/integrations/${world.shop}`
    await product.call('GET', `${base}/proxy/current/Me`) // The provider's own 401.
    const health = () => product.ask<{ state: string }>('GET', `${base}/connection`)
    await until(async () => (await health()).state === 'reconnect_required', 60_000)
    product.sandbox.control.settings({ token_seconds: 600 })

    const page = await signedIn(ANNA, { locale: 'en-GB' })
    await speak(page, 'en')
    await page.goto(at('/overview?verdict=broken'))
    await submits(page, `a[href="/t/${world.tenant}/integrations/${world.shop}"].button`)
    expect(await page.textContent('main')).toContain('The consent was withdrawn.')
    await expectSound(page, 'en')
    await submits(page, 'form[action$="/connect-link"] button')
    const link = (await page.locator('code', { hasText: '/connect/' }).first().textContent()) ?? ''

    const other = await open({ width: 360 })
    await other.goto(link)
    expect(await other.textContent('main')).toContain(A_SHOP)
    await other.click('[data-primary]')
    await other.waitForURL(`${product.sandbox.url}/**`)
    await other.check(`input[value="${A_SHOP}"]`)
    await Promise.all([other.waitForURL(/\/oauth\/callback/), other.click('[data-primary]')])
    await page.goto(at(`/t/${world.tenant}/integrations/${world.shop}`))
    expect(await page.textContent('main')).toContain('healthy')
  })
})

describe('P33 a viewer', () => {
  it('sees everything of the tenant and finds nothing to press that changes it', async () => {
    const world = await withShop(B_SHOP)
    const { id } = await hand(world, 'HELD-2')
    const page = await signedIn(VERA)
    const ours = `/t/${world.tenant}`
    for (const path of [
      ours,
      `${ours}/integrations/${world.shop}`,
      `${ours}/transactions`,
      `${ours}/transactions/${id}`,
      `${ours}/service-accounts`,
      `${ours}/settings`,
      `${ours}/settings/members`,
      `${ours}/settings/prices`,
      `${ours}/settings/audit`,
      `${ours}/onboarding`,
    ]) {
      expect((await page.goto(at(path)))?.status(), path).toBe(200)
      expect(await page.locator('main form[method="post"]').count(), path).toBe(0)
    }
    expect((await page.goto(at(`${ours}/settings/keys`)))?.status()).toBe(403)
    expect(await page.textContent('main')).toContain('beheerder')
  })
})

describe('disconnecting', () => {
  it('says what will happen, asks for the name, and frees the seat', async () => {
    const world = await withShop(A_SHOP)
    const page = await signedIn(BAS, { width: 360 })
    await page.goto(at(`/t/${world.tenant}/integrations/${world.shop}/disconnect`))
    await page.fill('main input[type="text"]', 'Something else')
    await submits(page, 'main form button[type="submit"]')
    expect(await page.locator('.problems').count()).toBe(1)
    await expectSound(page, 'nl')
    await page.fill('main input[type="text"]', 'Webshop')
    await submits(page, 'main form button[type="submit"]')
    expect(await page.textContent('.told')).toContain('de zetel is vrij')
    await page.goto(at(`/t/${world.tenant}/service-accounts`))
    expect(await page.textContent('main')).toContain(A_SHOP)
  })
})
