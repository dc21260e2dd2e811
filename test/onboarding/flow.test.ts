// The whole flow over the built bundle in workerd: a real issuer, a real seat, and the other person's sign-in by the link.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMembers, BAS, type Dashboard, startDashboard } from '../support/dashboard.ts'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
import { Browser, type Setup } from '../support/product.ts'
import { primaries, textOf, unescaped } from './journey.ts'

let dashboard: Dashboard
let world: Setup
let bas: Browser
let flow = ''
beforeAll(async () => {
  dashboard = await startDashboard()
  const { product, identity } = dashboard
  world = await product.setup()
  await product.connect(world.tenant, await product.integration(world, 'Webshop A'), A_SHOP)
  await addMembers(dashboard, world.tenant)
  bas = new Browser(product)
  const { location } = await bas.open('http://localhost/sign-in/start')
  await bas.open(await identity.signIn(location ?? '', BAS))
  const list = await open(`/t/${world.tenant}/onboarding`)
  flow = ((await post(list.html, `/t/${world.tenant}/onboarding`)).location ?? '').replace(/\/source$/, '')
})
afterAll(() => dashboard.close())

const open = (path: string) => bas.open(`${dashboard.product.url}${path}`)

/** Send the form of a page that goes to `path`, with what it carries. */
function post(html: string, path: string, fields: Record<string, string> = {}) {
  const form = html.split('<form').find(one => one.includes(`action="${path}"`)) ?? ''
  const carried = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  return bas.send(`${dashboard.product.url}${path}`, { ...Object.fromEntries(carried), ...fields })
}

/** Answer a step as its page stands, and be led on to the next. */
async function answer(step: string, next: string, fields: Record<string, string> = {}): Promise<void> {
  const page = await open(`${flow}/${step}`)
  expect(primaries(page.html), step).toHaveLength(1)
  const { location, html } = await post(page.html, `${flow}/${step}`, fields)
  expect(location, textOf(html)).toBe(`${flow}/${next}`)
}

/** Make a link, and let somebody sign in with it in a browser of their own. */
async function signInAs(username: string): Promise<number> {
  await answer('link', 'link', { locale: 'en' })
  const url = /data-copy="([^"]*)"/.exec((await open(`${flow}/link`)).html)?.[1] ?? ''
  const other = new Browser(dashboard.product)
  return (await other.open(await other.signIn(unescaped(url), username))).status
}

describe('EOL-11 onboarding a second webshop', () => {
  it('asks what is to be connected, and offers nobody who sits already', async () => {
    await answer('source', 'target', { kind: 'webshop', provider: 'shopify', label: 'Webshop B', ref: 'b.example' })
    await answer('target', 'bookings', { provider_app_id: world.app, administration_id: world.administration })
    await answer('bookings', 'rights', { 'kinds[]': 'sales-entry' })
    await answer('rights', 'user')
    const { html } = await open(`${flow}/user`)
    expect(textOf(html)).toMatch(/(zit op de koppeling|sits on the integration) 'Webshop A'/)
  })

  it('EOL-09 turns the first webshop’s user away, says where it sits, and leads back', async () => {
    await answer('user', 'link', { account: 'anyone' })
    expect(await signInAs(A_SHOP)).toBe(409)
    const { html } = await open(`${flow}/link`)
    expect(html).toContain('data-state="seated"')
    expect(textOf(html)).toContain(A_SHOP)
    expect(textOf(html)).toContain('Webshop A')
    expect(primaries(html)[0]).toContain(`href="${flow}/user"`)
  })

  it('EOL-03 takes a new user, and names the right it lacks', async () => {
    await answer('user', 'link', { account: 'new', username: B_SHOP, email: B_SHOP })
    expect(await signInAs(B_SHOP)).toBe(200)
    expect((await open(`${flow}/link`)).html).toContain('data-state="connected"')
    const { html } = await open(`${flow}/check`)
    expect(html.match(/class="state broken"/g)).toHaveLength(1)
    expect(textOf(html)).toContain(`Stamgegevens › Gebruikers › Overzicht › ${B_SHOP} › Rechten`)
  })

  it('sees that the right was given, tries a booking without booking it, and is done', async () => {
    const { control } = dashboard.product.sandbox
    control.rights({
      username: B_SHOP,
      division: 1001,
      endpoint: 'salesentry/SalesEntries',
      action: 'POST',
      allowed: true,
    })
    const check = await open(`${flow}/check`)
    expect((await post(check.html, `${flow}/check/again`)).location).toBe(`${flow}/check`)
    expect((await open(`${flow}/check`)).html).not.toContain('class="state broken"')
    await answer('check', 'test')
    const page = await open(`${flow}/test`)
    const tried = await post(page.html, `${flow}/test`, { kind: 'sales-entry' })
    expect(tried.html).toContain('class="state healthy"')
    expect(control.ledger({ kind: 'booking' })).toEqual([])
    expect((await post(tried.html, `${flow}/test/finish`)).location).toBe(`${flow}/done`)
    const { html } = await open(`${flow}/done`)
    expect(textOf(html)).toContain(B_SHOP)
    expect(primaries(html)[0]).toMatch(new RegExp(`href="/t/${world.tenant}/integrations/int_`))
  })
})
