import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { newId } from '../../src/id.ts'
import { fail, ok } from '../../src/result.ts'
import type { TransactionState } from '../../src/transactions/transaction.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, idIn, made, newIntegration } from '../support/tenancy.ts'
import { book, type Furnished, hold, linked, RIGHT, SCOPE } from './booked.ts'

let http: Http
let tenant: Furnished
let admin: Visitor
let viewer: Visitor
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  tenant = await addFurnishedTenant(http)
  admin = await signIn(http, 'admin', tenant.id)
  viewer = await signIn(http, 'viewer', tenant.id)
})
afterAll(() => http.close())

const path = () => `/t/${tenant.id}/transactions`
const shown = async (query = '', visitor = viewer) => {
  const { status, html } = await visitor.open(`${path()}${query}`)
  expect(status).toBe(200)
  return html
}
const listedBy = async (query: string) => linked(await shown(query), tenant.id)

async function addIntegration(label: string) {
  const body = { ...newIntegration(tenant.app, tenant.administration), label }
  return idIn('int', made(await http.call('POST', `${tenant.path}/integrations`, { body })).id)
}

describe('the list of transactions', () => {
  it('says what to do first when there is nothing, and clears the filter when nothing is left', async () => {
    expect(await shown()).toMatch(/There are no bookings yet.*To the integrations/s)
    await book(http, tenant)
    expect(await shown('?state=failed')).toMatch(/This filter leaves no bookings.*Clear the filter/s)
  })

  it('gives each transaction once, page by page, the newest first', async () => {
    const ids: string[] = []
    for (let nth = 0; nth < 120; nth++) ids.unshift(await book(http, tenant, { acceptedAt: http.clock.at + nth }))
    const seen: string[] = []
    let next: string | undefined = path()
    for (let page = 0; next !== undefined && page < 10; page++) {
      const { html } = await viewer.open(next)
      seen.push(...linked(html, tenant.id))
      next = /<a class="button quiet" href="([^"]+)">More/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toEqual(ids)
  })

  it('goes on from its place with the filter kept, and ignores a place that makes no sense', async () => {
    for (let nth = 0; nth < 60; nth++)
      await book(http, tenant, { state: 'cancelled', acceptedAt: http.clock.at + nth, bookingKind: 'customer' })
    const html = await shown('?state=cancelled&booking_kind=customer')
    const next = /href="([^"]+cursor=[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(next).toContain('state=cancelled&booking_kind=customer')
    expect(linked((await viewer.open(next)).html, tenant.id)).toHaveLength(10)
    expect(await listedBy('?cursor=nonsense')).toHaveLength(50)
  })

  it('tells of each its state in a word, its reference, kind, integration, administration and why', async () => {
    const id = await book(http, tenant, { state: 'failed', reason: { kind: 'refused', words: 'Invalid journal.' } })
    const html = await shown()
    expect(html).toMatch(/class="state broken">.*? failed</)
    expect(html).toContain(`/t/${tenant.id}/integrations/${tenant.integration}"`)
    expect(html).toContain('Sales entries')
    expect(html).toContain('“Invalid journal.”')
    expect(html).toContain(`href="${path()}/${id}"`)
    const dutch = await shown('', viewer.prefer('locale', 'nl'))
    expect(dutch).toContain('<html lang="nl"')
    expect(dutch).toMatch(/Verkoopboekingen.*Het pakket keurt de inhoud van deze boeking af/s)
  })

  it('shows what comes from outside as text', async () => {
    const evil = '"><script>alert(1)</script>'
    await book(http, tenant, { reference: evil, state: 'failed', reason: { kind: 'refused', words: evil } })
    await hold(http, tenant, [{ ...RIGHT, cause: 'right_derived', words: evil, administration: evil }], {
      reference: evil,
      administration: evil,
    })
    for (const query of ['', '?state=held', '?state=failed', `?reference=${encodeURIComponent(evil)}`]) {
      const html = await shown(query, admin)
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
    }
  })

  it('counts the states, of the chosen integration only, and leads to them', async () => {
    const other = await addIntegration('Till')
    for (const state of ['failed', 'failed', 'queued', 'delivered'] as const) await book(http, tenant, { state })
    await book(http, { id: tenant.id, integration: other }, { state: 'failed' })
    const html = await shown()
    expect(html).toMatch(/href="[^"]*\?state=failed"[^>]*>.*? failed<\/span> <span class="count">3</)
    const one = await shown(`?integration_id=${other}`)
    expect(one).toMatch(/integration_id=[^"]*state=failed"[^>]*>.*? failed<\/span> <span class="count">1</)
    expect(one).not.toMatch(/state=queued"/)
  })

  it('refreshes itself without its forms', async () => {
    await hold(http, tenant)
    const whole = await shown('?state=held', admin)
    expect(whole).toMatch(/hx-get="[^"]*state=held" hx-trigger="every 10s" hx-select="#bookings-counts"/)
    expect(whole).not.toContain('hx-select-oob') // The list is a form here.
    expect(whole).toContain('ids[]')
    const { html } = await admin.open(`${path()}?state=held`, { 'hx-request': 'true' })
    expect(html).toContain('id="bookings-list"')
    expect(html).not.toMatch(/ids\[\]|\/probe"/)
    expect(await shown('', admin)).toContain('hx-select-oob="#bookings-list"')
  })

  it('has no id twice', async () => {
    for (let nth = 0; nth < 3; nth++) await hold(http, tenant, [RIGHT, SCOPE])
    for (const query of ['', '?state=held']) {
      const ids = [...(await shown(query, admin)).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('P34 is for a stranger exactly what no tenant is', async () => {
    const elsewhere = await addFurnishedTenant(http)
    const stranger = await signIn(http, 'admin', elsewhere.id)
    await book(http, tenant, { reference: 'secret' })
    expect((await stranger.open(path())).status).toBe(404)
    expect((await signIn(http, 'nobody').then(nobody => nobody.open(path()))).status).toBe(404)
    expect((await signIn(http, 'operator').then(operator => operator.open(path()))).html).toContain('secret')
    const filtered = async (id: string) => {
      const { html } = await stranger.open(`/t/${elsewhere.id}/transactions?integration_id=${id}`)
      return html.replaceAll(id, '')
    }
    const random = newId('int', http.clock, http.ports.random)
    expect(await filtered(tenant.integration)).toBe(await filtered(random))
  })
})

describe('a filter', () => {
  const byState = async (state: TransactionState) => book(http, tenant, { state, reason: null, missing: [] })

  it.each(['held', 'queued', 'sending', 'delivered', 'uncertain', 'failed', 'cancelled'] as const)(
    'leaves only what is %s',
    async state => {
      const id = await byState(state)
      await byState(state === 'failed' ? 'cancelled' : 'failed')
      expect(await listedBy(`?state=${state}`)).toEqual([id])
    },
  )

  it('leaves one integration, one kind, or both', async () => {
    const other = await addIntegration('Till')
    const till = { id: tenant.id, integration: other }
    const [a, b] = [await book(http, till), await book(http, till, { bookingKind: 'customer' })]
    const c = await book(http, tenant, { bookingKind: 'customer', acceptedAt: http.clock.at + 5 })
    expect((await listedBy(`?integration_id=${other}`)).toSorted()).toEqual([a, b].toSorted())
    expect((await listedBy('?booking_kind=customer')).toSorted()).toEqual([b, c].toSorted())
    expect(await listedBy(`?booking_kind=customer&integration_id=${other}&state=delivered`)).toEqual([b])
  })

  it('finds a reference by how it begins, or exactly, whatever its capitals and signs', async () => {
    const [one, ten, odd] = [
      await book(http, tenant, { reference: 'Fact-1', acceptedAt: http.clock.at + 1 }),
      await book(http, tenant, { reference: 'FACT-10', acceptedAt: http.clock.at + 2 }),
      await book(http, tenant, { reference: '100%_é', acceptedAt: http.clock.at + 3 }),
    ]
    expect(await listedBy('?reference=fact-1')).toEqual([ten, one])
    expect(await listedBy('?reference=fact-1&exact=on')).toEqual([one])
    expect(await listedBy(`?reference=${encodeURIComponent('100%')}`)).toEqual([odd])
    expect(await listedBy(`?reference=${encodeURIComponent('1%')}`)).toEqual([])
    expect(await listedBy('?reference=ct-1')).toEqual([])
  })

  it('takes days as the reader lives them, the last one included', async () => {
    const day = Date.UTC(2026, 6, 10)
    const at = [-3 * HOUR, -HOUR, HOUR, DAY - 3 * HOUR, DAY - HOUR]
    const ids = []
    for (const after of at) ids.push(await book(http, tenant, { acceptedAt: day + after }))
    // Amsterdam is two hours ahead in July: its day begins and ends two hours before that of UTC.
    expect(await listedBy('?since=2026-07-10&until=2026-07-10')).toEqual([ids[3], ids[2], ids[1]])
    viewer.prefer('zone', 'America/New_York')
    expect(await listedBy('?since=2026-07-10')).toEqual([ids[4], ids[3]])
    viewer.prefer('zone', 'UTC')
    expect(await listedBy('?until=2026-07-09')).toEqual([ids[1], ids[0]])
  })

  it('that makes no sense is left out, and the rest stays', async () => {
    const id = await book(http, tenant, { state: 'failed' })
    await book(http, tenant)
    expect(await listedBy('?state=failed&booking_kind=nonsense&since=2026-99-99&until=yesterday')).toEqual([id])
    expect(await listedBy('?state=&integration_id=&booking_kind=&reference=&since=&until=')).toHaveLength(2)
    expect(await listedBy("?state=%27%20or%201&reference='or'1")).toEqual([])
  })

  it('stands in the form as it was chosen', async () => {
    await book(http, tenant, { reference: 'A&"B' })
    const html = await shown('?state=delivered&since=2020-01-02&reference=A%26%22B&exact=on')
    expect(html).toContain('<option value="delivered" selected')
    expect(html).toContain('value="2020-01-02"')
    expect(html).toContain('value="A&amp;&quot;B"')
    expect(linked(html, tenant.id)).toHaveLength(1)
  })
})

describe('what is held', () => {
  it('EOL-03 EOL-08 is grouped by cause: how many wait for one right, and on which screen it is given', async () => {
    for (let nth = 0; nth < 4; nth++) await hold(http, tenant)
    await hold(http, tenant, [RIGHT, SCOPE])
    const html = await shown('', viewer.prefer('locale', 'nl'))
    expect(html).toContain('5 boekingen wachten op één recht')
    expect(html).toContain('1 boeking wacht op toegang tot de administratie')
    expect(html.indexOf('op één recht')).toBeLessThan(html.indexOf('op toegang tot'))
    expect(html).toContain('recht &#39;Verkoopboekingen aanmaken&#39; in administratie 1001')
    expect(html).toMatch(/<p class="path" lang="nl">Administratienaam › Stamgegevens › Gebruikers › Overzicht/)
    expect(html).toContain('Administratiemenu › Import/Export › Overige: Appmachtigingen')
    expect(html).not.toContain('Controleer opnieuw') // A viewer changes nothing.
  })

  it('stands above all that is held, and not above what is sought', async () => {
    await hold(http, tenant, [RIGHT], { reference: 'H-1' })
    expect(await shown('?state=held')).toContain('1 booking waits for one right')
    expect(await shown('?reference=H-1')).not.toContain('waits for one right')
    expect(await shown('?state=delivered')).not.toContain('waits for one right')
  })

  it('is checked again by a button, which comes back to the same list', async () => {
    await hold(http, tenant)
    const probed: unknown[] = []
    const probe = async (of: unknown) => {
      probed.push(of)
      return ok(null)
    }
    http.seats.set(tenant.integration, { probe })
    const html = await shown('?state=held', admin)
    expect(html).toContain(`action="${path()}/probe?state=held"`)
    const sent = await admin.send(`${path()}/probe?state=held`, { integration_id: tenant.integration })
    expect(sent).toMatchObject({ status: 303, location: `${path()}?state=held` })
    expect(probed).toEqual([tenant.id])
    expect(await shown('?state=held', admin)).toContain('The rights have been checked again.')
  })

  it('leads to the integration when nobody is connected who could be asked about', async () => {
    await hold(http, tenant, [{ ...RIGHT, layer: 'connection', cause: 'not_connected' }])
    const html = await shown('?state=held', admin)
    expect(html).toContain('1 booking waits for a connection')
    expect(html).not.toContain('/probe')
    expect(html).toContain('To the integration')
  })

  it('shows why the check was refused, on the list itself', async () => {
    await hold(http, tenant)
    http.seats.set(tenant.integration, { probe: async () => fail({ kind: 'not_connected' }) })
    const { status, html } = await admin.send(`${path()}/probe?state=held`, { integration_id: tenant.integration })
    expect(status).toBe(409)
    expect(html).toMatch(/role="alert".*not_connected/s)
    expect(linked(html, tenant.id)).toHaveLength(1)
  })

  it('P33 P34 is not checked by a viewer, nor for another tenant’s integration', async () => {
    http.seats.set(tenant.integration, { probe: async () => ok(null) })
    const fields = { integration_id: tenant.integration }
    expect((await viewer.send(`${path()}/probe`, fields)).status).toBe(403)
    const stranger = await addFurnishedTenant(http)
    const theirs = await signIn(http, 'admin', stranger.id)
    const random = newId('int', http.clock, http.ports.random)
    for (const id of [tenant.integration, random, 'nonsense'])
      expect((await theirs.send(`/t/${stranger.id}/transactions/probe`, { integration_id: id })).status).toBe(404)
  })
})
