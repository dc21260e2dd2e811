import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Asked } from '../../src/http/visit.ts'
import { PAGE_MATRIX } from '../http/page-matrix.ts'
import { type Chrome, launchChrome, type WatchedPage } from '../support/chrome.ts'
import { ANNA, addMembers, type Dashboard, startDashboard, VERA } from '../support/dashboard.ts'
import { A_SHOP, B_SHOP, CLIENT, salesEntry } from '../support/exact.ts'
import { until } from '../support/until.ts'
import { expectSound, signInAs, speak } from '../support/walk.ts'

// Every page there is, with something on it, as people see it.

let chrome: Chrome
let dashboard: Dashboard
/** An id for every name that stands in a path. */
let ids: Record<string, string>

beforeAll(async () => {
  ;[chrome, dashboard] = await Promise.all([launchChrome(), startDashboard()])
  ids = await furnish()
})
afterAll(async () => {
  await chrome.close()
  await dashboard.close()
})

type Made = { id: string }

/** A tenant with a live webshop, one whose user lacks rights and whose bookings are held, and a client user. */
async function furnish(): Promise<Record<string, string>> {
  const { product } = dashboard
  const world = await product.setup('De Fietsenwinkel BV & zonen met een lange naam')
  await addMembers(dashboard, world.tenant)
  const base = `/v1/tenants/${world.tenant}`
  const shops: string[] = []
  for (const [label, username] of [
    ['Webshop A', A_SHOP],
    ['Webshop B met een label dat nogal lang is uitgevallen', B_SHOP],
    ['Kassa', CLIENT],
  ] as const) {
    const id = await product.integration(world, label)
    await product.connect(world.tenant, id, username)
    shops.push(id)
  }
  await product.integration(world, 'Nog niet verbonden', { source: { kind: 'psp', provider: 'mollie', ref: 'org_1' } })
  const [a = '', b = ''] = shops
  const submit = (integration: string, reference: string) =>
    product.ask<Made>(
      'POST',
      `${base}/integrations/${integration}/transactions`,
      { booking_kind: 'sales-entry', reference, payload: salesEntry() },
      { idempotencyKey: reference },
    )
  const delivered = await submit(a, 'INV-1')
  const held = await submit(b, 'INV-2')
  const stateOf = async ({ id }: Made) =>
    (await product.ask<{ state: string }>('GET', `${base}/transactions/${id}`)).state
  await until(async () => (await stateOf(delivered)) === 'delivered')
  const account = await product.ask<Made>('POST', `${base}/service-accounts`, {
    provider: 'exact-online',
    username: 'vrij@fietsenwinkel.example',
    email: 'vrij@fietsenwinkel.example',
    kind: 'client_user',
    administrations: ['2044'],
  })
  const hook = await product.ask<Made>('POST', `${base}/webhooks`, { url: `${product.sandbox.url}/hook` })
  await product.ask('POST', `${base}/api-keys`, { label: 'sync', scopes: ['read'] })
  return {
    tenant: world.tenant,
    provider_app: world.app,
    integration: b,
    transaction: held.id,
    service_account: account.id,
    webhook: hook.id,
  }
}

/** Answer the guided flow's first questions, so that each of its pages can be opened. */
async function startFlow(page: WatchedPage): Promise<string> {
  const { product } = dashboard
  const onward = () => Promise.all([page.waitForNavigation(), page.click('main [data-primary]')])
  await page.goto(`${product.url}/t/${ids.tenant}/onboarding`)
  await onward()
  await page.check('input[name="kind"][value="pos"]')
  await page.fill('#f-provider', 'lightspeed-restaurant')
  await page.fill('#f-label', 'Kassa 2')
  await page.fill('#f-ref', 'kassa-2')
  await onward()
  await page.check(`input[name="provider_app_id"][value="${ids.provider_app}"]`)
  await page.selectOption('#f-administration_id', { index: 1 })
  await onward()
  await page.check('input[name="kinds[]"][value="sales-entry"]')
  await onward()
  await onward()
  return /onb_\w+/.exec(page.url())?.[0] ?? ''
}

/** The pages that ask this much of who comes; all when left out. */
const paths = (asked?: Asked): string[] =>
  Object.entries(PAGE_MATRIX)
    .filter(([route, may]) => route.startsWith('get ') && (asked === undefined || may === asked))
    .map(([route]) => route.slice(4).replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? `no-${name}`))

describe.each([
  ['nl', 360, 'dark'],
  ['en', 1440, 'light'],
] as const)('in %s at %i px, %s', (locale, width, colorScheme) => {
  it('every page is sound: language, width, weight, policy, and axe', async () => {
    const { product, identity } = dashboard
    const origins = [product.url, identity.url]
    const page = await chrome.open({ width, colorScheme, locale: locale === 'nl' ? 'nl-NL' : 'en-GB', origins })
    await signInAs(dashboard, page, ANNA)
    await speak(page, locale)
    ids.onboarding = await startFlow(page)
    const others = ['/docs', '/docs/transactions', '/sign-in', '/t/ten_unknown', '/overview?q=nobody']
    for (const path of [...paths(), ...others, `/t/${ids.tenant}/transactions?state=held`]) {
      const answer = await page.goto(`${product.url}${path}`)
      expect([200, 404, 409], path).toContain(answer?.status())
      if (!path.includes('unknown') && !path.endsWith('/disconnect')) expect(answer?.status(), path).toBe(200)
      await expectSound(page, locale)
    }
  })
})

it('reads without scripts', async () => {
  const { product, identity } = dashboard
  const origins = [product.url, identity.url]
  const page = await chrome.open({ javaScriptEnabled: false, locale: 'nl-NL', origins })
  await signInAs(dashboard, page, VERA)
  expect(paths('read').length).toBeGreaterThan(8)
  for (const path of paths('read')) {
    expect((await page.goto(`${product.url}${path}`))?.status(), path).toBe(200)
    expect(await page.locator('h1').count()).toBe(1)
  }
  expect(page.watch).toMatchObject({ strays: [], violations: [] })
})
