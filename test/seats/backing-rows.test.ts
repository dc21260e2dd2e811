import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IntegrationId } from '../../src/id.ts'
import { wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { addApp } from '../support/tenancy.ts'
import { linksIn, parts, plain, rowsOf, within } from './backing-seen.ts'
import { BROKEN, HEALTHY, World } from './backing-world.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

describe('who sits where', () => {
  const seen = async (world: World, role: 'admin' | 'viewer' = 'admin', query = '') => {
    const visitor = await signIn(http, role, world.tenant)
    const { html, status } = await visitor.prefer('locale', 'en').open(`/t/${world.tenant}${query}`)
    expect(status, html).toBe(200)
    return html
  }

  it('EOL-10 2 webshops + 1 PSP with 2 users: one short', async () => {
    const world = await World.start(http)
    const [nl, , psp] = [
      await world.integration('Webshop NL'),
      await world.integration('Webshop BE'),
      await world.integration('Mollie', 'psp'),
    ]
    await world.sit(nl, await world.account('a@shop.example'), HEALTHY)
    await world.sit(psp, await world.account('b@shop.example'), HEALTHY)
    const { above, picture } = parts(await seen(world))
    expect(above).toContain('1 user short.')
    expect(within(picture, 'text').filter(text => text === '1 user short')).toHaveLength(1)
  })

  it('shows hostile names as they are', async () => {
    const world = await World.start(http)
    const hostile = `</title></svg><script>alert(1)</script>"'&<b onload=x>`
    const integration = await world.integration(hostile)
    await world.sit(integration, await world.account(`<img src=x>${hostile}`), BROKEN)
    await world.account(`"><svg onload=alert(1)>`)
    const html = await seen(world)
    expect(html).not.toMatch(/<script>|<img|<b |<svg onload/)
    const { picture, table } = parts(html)
    expect(within(picture, 'title')[0]).toContain(hostile)
    expect(plain(table)).toContain(hostile)
    expect(html.match(/<svg viewBox="0 0 960/g)).toHaveLength(1)
  })

  it('draws a user who sits at two provider apps once, with a line from both seats', async () => {
    const world = await World.start(http)
    const second = await addApp(http)
    const account = await world.account('both@shop.example')
    await world.sit(await world.integration('Orders'), account, HEALTHY)
    await world.sit(await world.integration('Invoices', 'webshop', '1001', second), account, HEALTHY, second)
    const { picture } = parts(await seen(world))
    expect(within(picture, 'text').filter(text => text === 'both@shop.example')).toHaveLength(1)
    expect(picture.match(/<path class="wire healthy" d="M576 28C/g)).toHaveLength(1)
    expect(rowsOf(picture).map(({ uses }) => uses.includes('on-healthy'))).toEqual([true, false])
  })

  it('draws a user who could sit on another seat as well where they do sit', async () => {
    const world = await World.start(http)
    const account = await world.account('one@shop.example')
    await world.sit(await world.integration('Orders'), account, HEALTHY)
    await world.integration('Invoices', 'webshop', '1001', await addApp(http))
    const { picture, table } = parts(await seen(world))
    const [invoices, orders] = rowsOf(picture)
    expect(invoices?.texts).toBe('Exact Online | 1001 · empty | Invoices | webshop · shopify')
    expect(orders?.texts).toMatch(/^Exact Online \| 1001 · taken \| Orders .* \| one@shop\.example \| full user/)
    expect(picture.match(/<path class="wire proposed" d="M576 28C/g)).toHaveLength(1)
    expect(plain(table)).toContain('free, fits this seat')
  })

  it('EOL-09 says of a user who sits in another tenant that they sit, and not where', async () => {
    const [world, other] = [await World.start(http), await World.start(http)]
    await world.integration('Shop')
    const here = await world.account('shared@shop.example')
    const there = await other.account('shared@shop.example')
    await other.sit(await other.integration('Secret shop', 'webshop', '1001', world.app), there, HEALTHY, world.app)
    await world.knownAs(here, there)
    const html = await seen(world)
    expect(html).toContain('sits on another seat already')
    expect(html).not.toContain('Secret')
    expect(html).not.toContain(other.tenant)
    expect(parts(html).above).toContain('1 user short.')
  })

  it('tells who begins what to do first, and a viewer who can', async () => {
    const world = await World.start(http)
    await world.account('free@shop.example')
    const { empty } = wordsIn('en').tenant
    const html = await seen(world)
    expect(html).toContain(empty.admin)
    expect(linksIn(html)).toContain(`/t/${world.tenant}/onboarding`)
    expect(html).not.toContain('<svg viewBox="0 0 960')
    const theirs = await seen(world, 'viewer')
    expect(theirs).toContain(empty.viewer)
    expect(theirs).not.toContain('/onboarding')
  })

  it('names the first users on no seat and leads to the others', async () => {
    const world = await World.start(http)
    await world.sit(await world.integration('Shop'), await world.account('a@shop.example'), HEALTHY)
    for (let at = 0; at < 10; at++) await world.account(`spare${at}@shop.example`)
    const html = await seen(world)
    expect(within(parts(html).picture, 'text').filter(text => text.startsWith('spare'))).toHaveLength(8)
    expect(html).toContain(`<a href="/t/${world.tenant}/service-accounts">2 more users on no seat</a>`)
  })

  it('takes a place that is none for the beginning, and says so where nothing follows', async () => {
    const world = await World.start(http)
    await world.integration('Shop')
    expect(await seen(world, 'admin', '?after=nonsense')).toContain('>Shop</text>')
    const end = `?after=11.${Number.MAX_SAFE_INTEGER}.int_${'z'.repeat(26)}`
    expect(await seen(world, 'admin', end)).toContain(wordsIn('en').tenant.noMore)
  })

  it('shows 200 integrations on pages of less than 100 kB, each of them once and the worst first', async () => {
    const world = await World.start(http)
    const ids: IntegrationId[] = []
    for (let at = 0; at < 200; at++) ids.push(await world.integration(`Webshop nummer ${at} van De Fietsenwinkel`))
    for (let at = 0; at < 40; at++) {
      const [one, account] = [ids[at], await world.account(`koppeling${at}@fietsenwinkel.example`)]
      if (one !== undefined) await world.sit(one, account, at % 2 === 0 ? HEALTHY : BROKEN)
    }
    for (let at = 0; at < 20; at++) await world.account(`vrij${at}@fietsenwinkel.example`, { administrations: ['9'] })
    const { stylesheet, script, htmx } = http.ports.assets
    const assets = [stylesheet, script, htmx].reduce((sum, text) => sum + gzipSync(text).length, 0)
    const shown: string[] = []
    const wires: string[] = []
    let query: string | undefined = ''
    while (query !== undefined) {
      const html = await seen(world, 'admin', query)
      expect(Buffer.byteLength(html) + assets).toBeLessThan(100_000)
      const { picture } = parts(html)
      shown.push(...[...picture.matchAll(/id="p-(int_\w+)"/g)].map(([, id = '']) => id))
      wires.push(...[...picture.matchAll(/href="#wire-(\w+)"/g)].map(([, verdict = '']) => verdict))
      query = /class="button quiet" href="[^"?]*(\?after=[^"]*)">/.exec(html)?.[1]
    }
    expect(shown.toSorted()).toEqual(ids.toSorted())
    expect(wires).toEqual([...Array(20).fill('broken'), ...Array(160).fill('unknown'), ...Array(20).fill('healthy')])
  })
})
