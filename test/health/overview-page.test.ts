import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connections } from '../../db/schema/connections.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import { nextStep } from '../../src/health/next-step.ts'
import type { IntegrationId, TenantId } from '../../src/id.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, addTenant } from '../support/tenancy.ts'
import { HEALTH } from '../words/samples.ts'

let http: Http
let anna: Visitor
let broken: Awaited<ReturnType<typeof addFurnishedTenant>>
let healthy: Awaited<ReturnType<typeof addFurnishedTenant>>
beforeAll(async () => {
  http = await startHttp()
  anna = (await signIn(http, 'operator')).prefer('locale', 'en')
  const [empty] = [await anna.open('/overview')]
  expect(empty.html).toContain('Begin with a customer')
  broken = await addFurnishedTenant(http)
  healthy = await addFurnishedTenant(http)
  const now = http.clock.at
  const become = (of: { integration: IntegrationId }, change: object) =>
    http.db.update(connections).set(change).where(eq(connections.integrationId, of.integration))
  await become(broken, {
    state: 'reconnect_required',
    trouble: { kind: 'consent_revoked', words: '', since: now - 12 * 60_000 },
    username: 'till@shop.example',
  })
  await become(healthy, { state: 'active', lastProbeAt: now })
  await http.db.update(tenants).set({ name: '<b>De Fietsenwinkel</b>' }).where(eq(tenants.id, broken.id))
  await http.db.update(integrations).set({ label: 'Webshop NL' }).where(eq(integrations.id, broken.integration))
})
afterAll(() => http.close())

const tiles = (html: string) => [...html.matchAll(/<li class="tile (\w+)-edge"/g)].map(([, verdict]) => verdict)

describe('the overview', () => {
  it('shows the worst first, with its reason, since when, and the next step', async () => {
    const { status, html } = await anna.open('/overview')
    expect(status).toBe(200)
    expect(tiles(html)).toEqual(['broken', 'healthy'])
    expect(html).toContain('The consent was withdrawn.')
    expect(html).toContain('12 min ago')
    expect(html).toContain(
      `href="/t/${broken.id}/integrations/${broken.integration}" aria-label="Connect again: Webshop NL"`,
    )
    expect(html).toContain('&lt;b&gt;De Fietsenwinkel&lt;/b&gt;')
    expect(html).toContain('1 broken')
    expect(html).toContain('2 integrations')
  })

  it.each([
    ['?verdict=healthy', ['healthy']],
    ['?q=fietsenwinkel', ['broken']],
    ['?q=TILL%40shop', ['broken']],
    ['?provider=exact-online&verdict=broken', ['broken']],
    ['?q=nobody', []],
    ['?verdict=nonsense&after=nonsense', ['broken', 'healthy']],
  ])('filters by its address: %s', async (query, expected) => {
    const { html } = await anna.open(`/overview${query}`)
    expect(tiles(html)).toEqual(expected)
    if (expected.length === 0) expect(html).toContain('No integration fits this filter.')
  })

  it('pages without losing or repeating a row', async () => {
    for (let n = 0; n < 60; n++) {
      const more = await http.call('POST', `${healthy.path}/integrations`, {
        key: healthy.key,
        body: {
          label: `More ${n}`,
          source: { kind: 'pos', provider: 'x', ref: String(n) },
          target: { provider_app_id: healthy.app, administration_id: healthy.administration },
          booking_kinds: ['customer'],
        },
      })
      expect(more.status).toBe(201)
    }
    const first = await anna.open('/overview')
    const next = /href="(\/overview\?after=[^"]+)"/.exec(first.html)?.[1] ?? ''
    const second = await anna.open(next.replaceAll('&amp;', '&'))
    expect([tiles(first.html).length, tiles(second.html).length]).toEqual([50, 12])
    const links = [first, second].flatMap(({ html }) =>
      [...html.matchAll(/aria-label="[^"]+: ([^"]+)"/g)].map(([, label]) => label),
    )
    expect(new Set(links).size).toBe(62)
    expect(first.html.length).toBeLessThan(60_000)
  })

  it('is for the operator’s own people', async () => {
    const admin = await signIn(http, 'admin', healthy.id)
    for (const someone of [admin, await signIn(http, 'viewer', (await addTenant(http)).id)])
      expect((await someone.open('/overview')).status).toBe(403)
  })

  it('speaks Dutch', async () => {
    const { html } = await (await signIn(http, 'operator')).prefer('locale', 'nl').open('/overview')
    expect(html).toContain('Opnieuw koppelen')
    expect(html).toContain('Vandaag: 0 boekingen geleverd')
  })
})

it('every reason has a next step on a page of its own tenant', () => {
  const where = { tenantId: 'ten_1' as TenantId, integrationId: 'int_1' as IntegrationId }
  for (const reason of HEALTH) {
    const { url } = nextStep(where, reason)
    expect(url).toContain('/t/ten_1/')
    expect(url).toContain('int_1')
  }
})
