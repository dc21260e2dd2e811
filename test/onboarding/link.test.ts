import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { connectLinks } from '../../db/schema/connections.ts'
import { DAY, MINUTE } from '../../src/clock.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addApp } from '../support/tenancy.ts'
import {
  addAccount,
  addIntegration,
  Journey,
  primaries,
  settle,
  sit,
  textOf,
  unescaped,
  type World,
} from './journey.ts'
import { modulesIn, readQr } from './qr-reader.ts'

let http: Http
let world: World
let flow: Journey
beforeAll(async () => {
  http = await startHttp()
  world = await settle(http, await addApp(http))
})
afterAll(() => http.close())
beforeEach(async () => {
  world = await settle(http, world.app)
  world.admin.prefer('locale', 'nl')
  await addAccount(world, 'b.shop')
  flow = await (await Journey.start(world)).answerUntil('user')
  await flow.send('user', { account: 'new', username: 'c.shop', email: 'c+1@shop.example' })
})

const stateOf = (html: string) => /id="progress"[^>]*data-state="(\w+)"/.exec(html)?.[1]
const poll = () => flow.open('link', { 'hx-request': 'true' })

/** Write down that somebody was turned away, as the seat does. */
async function refuse(username: string): Promise<void> {
  const { id } = await flow.link()
  await flow.linkIs({ stateHash: `${id}-s`, stateUsedAt: http.clock.now(), workingSince: null })
  const detail = { username }
  const entry = http.api.audit(world.tenant, `link:${id}`, 'connection.refused', await flow.integration(), detail)
  await runBatch(http.db, [entry])
}

describe('the connect link', () => {
  it('is made on request, for the user that was chosen', async () => {
    const before = await flow.open('link')
    expect(textOf(before.html)).toContain("De link is voor gebruiker 'c.shop'")
    expect(before.html).not.toContain('/connect/')
    expect(primaries(before.html)).toHaveLength(1)
    const { page, url } = await flow.giveLink()
    expect(page.status).toBe(200)
    expect(primaries(page.html)).toHaveLength(1)
    expect(page.html).toContain(`data-copy="${url}"`)
    const link = await flow.link()
    expect(link).toMatchObject({ serviceAccountId: (await flow.row()).serviceAccountId, locale: 'nl' })
    expect(http.ports.hash(url.split('/').at(-1) ?? '')).toBe(link.secretHash)
    const opened = await http.api.app.request(new URL(url).pathname)
    expect(await opened.text()).toContain('c.shop')
  })

  it('is shown once: no later page has it, nor anything that is kept', async () => {
    const { url } = await flow.giveLink()
    const secret = url.split('/').at(-1) ?? ''
    expect(secret).toHaveLength(43)
    for (const page of [await flow.open('link'), await poll(), await flow.open('link')]) {
      expect(page.status).toBe(200)
      expect(page.html).not.toContain(secret)
      expect(page.html).not.toContain('<svg')
    }
    const rows = JSON.stringify([await flow.link(), await flow.row()])
    expect(rows).not.toContain(secret)
  })

  it('is not shown by the page that refreshes itself, so that it is not lost to that', async () => {
    await flow.send('link', { locale: 'nl' })
    expect((await poll()).html).not.toContain('/connect/')
    expect((await flow.open('link')).html).toContain('https://zetel.test/connect/')
  })

  it('is not shown on another flow', async () => {
    const other = await (await Journey.start(world)).answerUntil('link')
    await flow.send('link', { locale: 'nl' })
    expect((await other.open('link')).html).not.toContain('https://zetel.test/connect/')
  })

  it('can be scanned from the page', async () => {
    const { page, url } = await flow.giveLink()
    const svg = /<svg class="qr".*?<\/svg>/s.exec(page.html)?.[0] ?? ''
    expect(readQr(modulesIn(svg))).toBe(url)
    expect(svg).toContain('<title>QR-code van de koppellink</title>')
  })

  it.each(['nl', 'en'] as const)('can be sent by e-mail, in the language of the link: %s', async locale => {
    const { page, url } = await flow.giveLink(locale)
    const href = unescaped(/href="(mailto:[^"]*)"/.exec(page.html)?.[1] ?? '')
    const mail = new URL(href)
    expect(mail.pathname).toBe('c%2B1@shop.example')
    const [subject, body] = mail.search
      .slice(1)
      .split('&')
      .map(part => decodeURIComponent(part.split('=')[1] ?? ''))
    expect(subject).toBe(locale === 'nl' ? 'Koppel Webshop B met Exact Online' : 'Connect Webshop B to Exact Online')
    expect(body).toContain(`\r\n${url}\r\n`)
    expect(body).toContain(locale === 'nl' ? "als 'c.shop'" : "as 'c.shop'")
    expect((await flow.link()).locale).toBe(locale)
    expect(page.html).toContain('<html lang="nl"')
  })

  it('is in a language there is', async () => {
    expect((await flow.send('link', { locale: 'fr' })).status).toBe(422)
    expect((await flow.send('link')).status).toBe(422)
    expect((await flow.row()).connectLinkId).toBeNull()
  })

  it('can be made anew at any time; the one before then no longer works', async () => {
    const first = await flow.giveLink()
    const second = await flow.giveLink()
    expect(second.url).not.toBe(first.url)
    const status = async (url: string) => (await http.api.app.request(new URL(url).pathname)).status
    expect(await status(first.url)).toBe(410)
    expect(await status(second.url)).toBe(200)
    expect(textOf((await flow.open('link')).html)).toContain('De vorige link werkt daarna niet meer.')
  })

  it('made by two at once is one that works', async () => {
    await Promise.all([1, 2, 3].map(() => flow.send('link', { locale: 'nl' })))
    const links = await http.db.select().from(connectLinks).where(eq(connectLinks.tenantId, world.tenant))
    const good = links.filter(({ expiresAt }) => expiresAt > http.clock.now())
    expect(good.map(({ id }) => id)).toEqual([(await flow.row()).connectLinkId])
  })

  it('EOL-11 is not made for a user that has come to sit elsewhere', async () => {
    await sit(world, await addIntegration(world, 'Kassa 1'), 'c.shop')
    const { status, html } = await flow.send('link', { locale: 'nl' })
    expect(status).toBe(409)
    expect(html).toContain('service_account_seated')
    expect((await flow.row()).connectLinkId).toBeNull()
  })
})

describe('while the other person signs in', () => {
  it('the page looks again by itself, around nothing that can hold the focus', async () => {
    const { page } = await flow.giveLink()
    const section = /<section id="progress"[^>]*>.*?<\/section>/s.exec(page.html)?.[0] ?? ''
    expect(section).toContain('hx-trigger="every 3s"')
    expect(section).toContain(`hx-get="${flow.url('link')}"`)
    expect(section).not.toMatch(/<(form|input|button|a|select)\b/)
  })

  it('is told step by step', async () => {
    await flow.giveLink()
    const now = http.clock.now()
    expect(stateOf((await poll()).html)).toBe('waiting')
    await flow.linkIs({ stateHash: `s-${world.tenant}`, stateExpiresAt: now + MINUTE })
    expect(stateOf((await poll()).html)).toBe('signing_in')
    await flow.linkIs({ stateUsedAt: now, workingSince: now })
    expect(stateOf((await poll()).html)).toBe('working')
    await flow.linkIs({ workingSince: null })
    expect(stateOf((await poll()).html)).toBe('nothing_came')
    await flow.linkIs({ stateUsedAt: null, stateExpiresAt: now - 1 })
    expect(stateOf((await poll()).html)).toBe('waiting')
    await flow.linkIs({ usedAt: now })
    const used = await poll()
    expect(stateOf(used.html)).toBe('used')
    expect(used.html).not.toContain('hx-trigger')
  })

  it('a link past its week says so', async () => {
    await flow.giveLink()
    await flow.linkIs({ expiresAt: http.clock.now() - DAY })
    const { html } = await flow.open('link')
    expect(stateOf(html)).toBe('expired')
    expect(primaries(html)).toHaveLength(1)
  })

  it('the page becomes another once somebody sits: it goes on to the check', async () => {
    await flow.giveLink()
    expect((await poll()).headers.get('hx-redirect')).toBeNull()
    await flow.connect('c.shop')
    expect((await poll()).headers.get('hx-redirect')).toBe(flow.url('link'))
    const { html } = await flow.open('link')
    expect(textOf(html)).toContain("Gekoppeld als 'c.shop'.")
    const [primary, ...more] = primaries(html)
    expect(more).toEqual([])
    expect(primary).toContain(`href="${flow.url('check')}"`)
    expect(html).not.toContain('hx-trigger')
  })
})

describe('EOL-11 a sign-in that is refused', () => {
  it('EOL-11 because the user sits on another integration says which, and leads back to the choice of a user', async () => {
    const other = await addIntegration(world, 'Kassa 1')
    await sit(world, other, 'a.shop')
    await flow.giveLink()
    await refuse('a.shop')
    const { html } = await flow.open('link')
    expect(stateOf(html)).toBe('seated')
    expect(textOf(html)).toContain("er is ingelogd als 'a.shop', en die zit al op de koppeling 'Kassa 1'")
    expect(html).toContain(`href="/t/${world.tenant}/integrations/${other}"`)
    const [primary, ...more] = primaries(html)
    expect(more).toEqual([])
    expect(primary).toContain(`href="${flow.url('user')}"`)
    expect((await flow.open('user')).status).toBe(200)
    expect((await poll()).headers.get('hx-redirect')).toBe(flow.url('link'))
    const again = await flow.open('link', { 'hx-request': 'true', 'zetel-wanted': 'user' })
    expect(again.headers.get('hx-redirect')).toBeNull()
  })

  it('EOL-11 because the user sits with another tenant does not say where', async () => {
    const theirs = await settle(http, world.app)
    await sit(theirs, await addIntegration(theirs, 'Geheime kassa'), 'c.shop')
    await flow.giveLink()
    await refuse('c.shop')
    const { html } = await flow.open('link')
    expect(stateOf(html)).toBe('in_use')
    expect(html).not.toContain('Geheime kassa')
    expect(primaries(html)[0]).toContain(`href="${flow.url('user')}"`)
  })

  it('because it is another user than was asked for says who was', async () => {
    await flow.giveLink()
    await refuse('intruder')
    const { html } = await flow.open('link')
    expect(stateOf(html)).toBe('wrong_user')
    expect(textOf(html)).toContain("er is ingelogd als 'intruder', en de link vraagt om 'c.shop'")
  })

  it('is forgotten with a new try and with a new link', async () => {
    await flow.giveLink()
    await refuse('intruder')
    http.clock.at += 1
    await flow.linkIs({ stateUsedAt: http.clock.now() })
    expect(stateOf((await poll()).html)).toBe('nothing_came')
    await flow.giveLink()
    expect(stateOf((await poll()).html)).toBe('waiting')
  })

  it('shows what another tenant’s link was refused to nobody else', async () => {
    await flow.giveLink()
    await refuse('intruder')
    const theirs = await (await Journey.start(await settle(http, world.app))).answerUntil('link')
    expect((await theirs.giveLink()).page.html).not.toContain('intruder')
  })
})
