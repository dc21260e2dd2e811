import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, addMembers, BAS, type Dashboard, NOOR, startDashboard, VERA } from '../support/dashboard.ts'
import { Browser, Product } from '../support/product.ts'

// The built bundle in workerd, and a real OpenID issuer.

let dashboard: Dashboard
let tenant: string
beforeAll(async () => {
  dashboard = await startDashboard()
  tenant = (await dashboard.product.setup('Bakkerij Smit')).tenant
  await addMembers(dashboard, tenant)
})
afterAll(() => dashboard.close())

const at = (path: string) => `${dashboard.product.url}${path}`

/** Go as far as the issuer sends the browser back. */
async function comesBack(browser: Browser, email: string, path = '/sign-in/start'): Promise<string> {
  const { location } = await browser.open(at(path))
  return dashboard.identity.signIn(location ?? '', email)
}

async function signedIn(email: string, path?: string): Promise<{ browser: Browser; to: string | null }> {
  const browser = new Browser(dashboard.product)
  const { location } = await browser.open(await comesBack(browser, email, path))
  return { browser, to: location }
}

describe('signing in', () => {
  it('leads each to where they work', async () => {
    const start = async (email: string) => {
      const { browser, to } = await signedIn(email)
      expect(to).toBe('/')
      return browser.open(at('/'))
    }
    expect((await start(ANNA)).location).toBe('/overview')
    expect((await start(BAS)).location).toBe(`/t/${tenant}`)
    expect((await start(VERA)).location).toBe(`/t/${tenant}`)
    const noor = await start(NOOR)
    expect(noor.status).toBe(200)
    expect(noor.html).toContain('noor@studionoord.example')
  })

  it('goes on to the page that was asked for', async () => {
    const page = await new Browser(dashboard.product).open(at(`/t/${tenant}/settings/members`))
    expect(page.location).toBe(`/sign-in?return_to=${encodeURIComponent(`/t/${tenant}/settings/members`)}`)
    const asked = encodeURIComponent(`/t/${tenant}/settings/members`)
    const { browser, to } = await signedIn(BAS, `/sign-in/start?return_to=${asked}`)
    expect(to).toBe(`/t/${tenant}/settings/members`)
    expect((await browser.open(at(to ?? ''))).html).toContain('Vera Visser')
  })

  it('P17 never leads elsewhere', async () => {
    for (const hostile of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await signedIn(BAS, `/sign-in/start?return_to=${encodeURIComponent(hostile)}`)).to).toBe('/')
  })

  it('P11 asks with PKCE S256, state and nonce, each new every time', async () => {
    const asked = async () => new URL((await new Browser(dashboard.product).open(at('/sign-in/start'))).location ?? '')
    const [one, two] = [await asked(), await asked()]
    expect(one.searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.searchParams.get(name)?.length).toBeGreaterThanOrEqual(43)
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name))
    }
  })

  it('does not make an operator of an address the issuer has not verified', async () => {
    const { browser } = await signedIn('unverified@zetel.example')
    expect((await browser.open(at('/team'))).status).toBe(403)
  })
})

describe('P12 a sign-in that comes back', () => {
  it('counts once', async () => {
    const browser = new Browser(dashboard.product)
    const callback = await comesBack(browser, BAS)
    expect((await browser.open(callback)).status).toBe(303)
    const again = await browser.open(callback)
    expect(again.status).toBe(400)
    expect(again.html).toContain('sign_in_over')
  })

  it('counts only in the browser that began it', async () => {
    const callback = await comesBack(new Browser(dashboard.product), BAS)
    const other = new Browser(dashboard.product)
    expect((await other.open(callback)).html).toContain('sign_in_over')
    await other.open(at('/sign-in/start'))
    expect((await other.open(callback)).html).toContain('sign_in_over')
  })

  it('is refused with another code, another issuer, or without state', async () => {
    const tampered = async (change: (url: URL) => void) => {
      const browser = new Browser(dashboard.product)
      const url = new URL(await comesBack(browser, BAS))
      change(url)
      const page = await browser.open(url.href)
      expect(page.status).toBe(400)
      return page.html
    }
    expect(await tampered(url => url.searchParams.set('code', 'guessed'))).toContain('sign_in_refused')
    expect(await tampered(url => url.searchParams.set('iss', 'https://evil.example'))).toContain('sign_in_refused')
    expect(await tampered(url => url.searchParams.delete('iss'))).toContain('sign_in_refused')
    expect(await tampered(url => url.searchParams.delete('state'))).toContain('sign_in_over')
  })

  it('that was cancelled signs nobody in', async () => {
    const browser = new Browser(dashboard.product)
    const { location } = await browser.open(at('/sign-in/start'))
    const page = await browser.open(await dashboard.identity.deny(location ?? ''))
    expect(page.status).toBe(403)
    expect(page.html).toContain('sign_in_declined')
    expect((await browser.open(at('/account'))).status).toBe(302)
  })
})

describe('an invitation', () => {
  const csrfIn = (html: string) => /name="csrf" value="([0-9a-f]+)"/.exec(html)?.[1] ?? ''

  async function invited(role: string): Promise<string> {
    const { browser } = await signedIn(BAS)
    const path = `/t/${tenant}/settings/members`
    const { html } = await browser.open(at(path))
    const made = await browser.send(at(path), { csrf: csrfIn(html), label: 'Noor', role })
    return /(\/invite\/[\w-]+)/.exec(made.html)?.[1] ?? ''
  }

  it('makes whoever signs in through it a member, once, and stands in the audit log', async () => {
    const path = await invited('viewer')
    const page = await new Browser(dashboard.product).open(at(path))
    expect(page.html).toContain('Bakkerij Smit')
    const { browser, to } = await signedIn(NOOR, `${path}/start`)
    expect(to).toBe(`/t/${tenant}`)
    expect((await browser.open(at(`/t/${tenant}/settings/members`))).html).toContain('Noor Noord')
    const late = new Browser(dashboard.product)
    const used = await late.open(at(path))
    expect([used.status, used.html.includes('invitation_over')]).toEqual([410, true])
    const begun = await late.open(at(`${path}/start`))
    const callback = await dashboard.identity.signIn(begun.location ?? '', 'unverified@zetel.example')
    expect((await late.open(callback)).html).toContain('invitation_over')
    const { data } = await dashboard.product.ask<{ data: { action: string; actor: string }[] }>(
      'GET',
      `/v1/tenants/${tenant}/audit`,
    )
    expect(data.filter(entry => entry.action === 'member.joined')).toHaveLength(1)
    expect(data.find(entry => entry.action === 'member.invited')?.actor).toMatch(/^person:per_/)
  })

  it('of two who come at once lets in one', async () => {
    const path = await invited('viewer')
    const [one, two] = [new Browser(dashboard.product), new Browser(dashboard.product)]
    const callbacks = [await comesBack(one, NOOR, `${path}/start`), await comesBack(two, VERA, `${path}/start`)]
    const pages = await Promise.all([one.open(callbacks[0] ?? ''), two.open(callbacks[1] ?? '')])
    expect(pages.map(page => page.status).sort()).toEqual([303, 410])
  })
})

describe('without an issuer', () => {
  it('the dashboard is shut and says so, while the API goes on', async () => {
    const product = await Product.start()
    try {
      const page = await fetch(`${product.url}/sign-in/start`)
      expect(page.status).toBe(501)
      expect(await page.text()).toContain('ZETEL_ISSUER')
      await product.ask('GET', '/v1/tenants')
    } finally {
      await product.close()
    }
  })

  it('that answers nobody is told apart from one that refuses', async () => {
    const alone = await startDashboard()
    try {
      await alone.identity.close()
      const page = await fetch(`${alone.product.url}/sign-in/start`)
      expect(page.status).toBe(503)
      expect(await page.text()).toContain('issuer_unreachable')
    } finally {
      await alone.product.close()
    }
  })
})
