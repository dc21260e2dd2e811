import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { audit } from '../../db/schema/health.ts'
import { newId } from '../../src/id.ts'
import { insertTenant, tenantById } from '../../src/tenants/store.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, addTenant, idIn } from '../support/tenancy.ts'

let http: Http
let operator: Visitor
beforeAll(async () => {
  http = await startHttp()
  operator = await signIn(http, 'operator')
})
afterAll(() => http.close())

const HOSTILE = '<img src=x onerror=alert(1)> & "Zonen"'

/** Names of the tenants on a page, in their order. */
const namesOn = (html: string): string[] =>
  [...html.matchAll(/<a href="\/t\/ten_\w+">([^<]*)<\/a>/g)].map(([, name = '']) => name)

describe('the list of tenants', () => {
  it('says what to do first: register an app, then add a tenant', async () => {
    const empty = await startHttp()
    const first = await signIn(empty, 'operator')
    const { html } = await first.prefer('locale', 'nl').open('/tenants')
    expect(html).toContain('Registreer eerst een app')
    expect(html).toContain('href="/provider-apps"')
    await empty.call('POST', '/v1/provider-apps', {
      body: {
        provider: 'exact-online',
        base_url: 'https://start.exactonline.nl',
        client_id: 'first',
        client_secret: 'x',
        registration: 'published',
        scopes: [],
      },
    })
    const next = (await first.prefer('locale', 'en').open('/tenants')).html
    expect(next).toContain('There is no customer yet')
    expect(next).not.toContain('Register a provider app first')
    await empty.close()
  })

  it('adds a tenant and leads to it', async () => {
    const { status, location } = await operator.send('/tenants', { name: HOSTILE, locale: 'en' })
    expect(status).toBe(303)
    const id = idIn('ten', location?.replace('/t/', ''))
    expect(await tenantById(http.db, id)).toMatchObject({ name: HOSTILE, locale: 'en' })
    const entries = await http.db.select().from(audit).where(eq(audit.tenantId, id))
    expect(entries).toMatchObject([{ action: 'tenant.created', actor: `person:${operator.id}` }])
    const { html } = await operator.open('/tenants')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain('<img')
  })

  it('keeps what was typed when a tenant cannot be added', async () => {
    const { status, html } = await operator.prefer('locale', 'nl').send('/tenants', { name: 'x'.repeat(201) })
    expect(status).toBe(422)
    expect(html).toContain(`value="${'x'.repeat(201)}"`)
    expect(html).toContain('href="#f-name"')
    expect(html).toContain('href="#f-locale"')
    expect(html).toContain('Dit veld is verplicht.')
  })

  it('counts the integrations of each, but for those that have ended', async () => {
    const tenant = await addFurnishedTenant(http)
    const row = async () => {
      const { html } = await operator.open(`/tenants?q=${tenant.id}`)
      return html.match(/<td data-head="[^"]*" class="number">(\d+)<\/td>/)?.[1]
    }
    expect(await row()).toBe('1')
    await http.call('DELETE', `${tenant.path}/integrations/${tenant.integration}`)
    expect(await row()).toBe('0')
  })

  it('finds by part of a name in whatever capitals, taking every character as itself', async () => {
    const names = ['De Één Bakker', '100% Brood', '100 Broden', 'Onder_streep', 'Tijd [^a-z] *?']
    for (const name of names) await operator.send('/tenants', { name, locale: 'nl' })
    const found = async (q: string) => namesOn((await operator.open(`/tenants?q=${encodeURIComponent(q)}`)).html)
    expect(await found('één bak')).toEqual(['De Één Bakker'])
    expect(await found('100%')).toEqual(['100% Brood'])
    expect(await found('R_S')).toEqual(['Onder_streep'])
    expect(await found('[^A')).toEqual(['Tijd [^a-z] *?'])
    expect(await found('] *?')).toEqual(['Tijd [^a-z] *?'])
    expect(await found('*')).toEqual(['Tijd [^a-z] *?'])
    expect(await found('  BRODEN ')).toEqual(['100 Broden'])
    const { html } = await operator.open(`/tenants?q=${encodeURIComponent('"><script>')}`)
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"')
    expect(html).not.toContain('"><script>')
  })

  it('goes by name, page by page, each once', async () => {
    const own = await startHttp()
    const reader = await signIn(own, 'operator')
    const names = Array.from(
      { length: 120 },
      (_, at) => `${at % 2 ? 'klant' : 'Klant'} ${String((at * 7) % 60).padStart(2, '0')}`,
    )
    const rows = names.map(name => ({
      id: newId('ten', own.clock, own.ports.random),
      name,
      locale: 'nl' as const,
      createdAt: own.clock.now(),
    }))
    await runBatch(
      own.db,
      rows.map(row => insertTenant(own.db, row)),
    )
    const seen: string[] = []
    let url: string | undefined = '/tenants?q=klant'
    let pages = 0
    while (url !== undefined) {
      const { html }: { html: string } = await reader.open(url)
      seen.push(...namesOn(html))
      pages += 1
      url = html.match(/<a class="button quiet" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&')
      if (url !== undefined) expect(url).toContain('q=klant')
    }
    expect(pages).toBe(3)
    expect(seen.length).toBe(120)
    const folded = seen.map(name => name.toLowerCase())
    expect(folded).toEqual(folded.toSorted())
    await own.close()
  })

  it('is for the operator only', async () => {
    const { id } = await addTenant(http)
    for (const role of ['admin', 'viewer'] as const) {
      const member = await signIn(http, role, id)
      expect((await member.open('/tenants')).status).toBe(403)
      expect((await member.send('/tenants', { name: 'x', locale: 'nl' })).status).toBe(403)
    }
  })
})

describe('the settings of a tenant', () => {
  const named = async (id: Awaited<ReturnType<typeof addTenant>>['id']) => (await tenantById(http.db, id))?.name

  it('are changed by its administrators and the operator', async () => {
    const { id } = await addTenant(http)
    const path = `/t/${id}/settings`
    const admin = (await signIn(http, 'admin', id)).prefer('locale', 'en')
    const fields = { 'tenant.name': HOSTILE, 'tenant.locale': 'en' }
    expect(await admin.send(path, fields)).toMatchObject({ status: 303, location: path })
    const { html } = await admin.open(path)
    expect(html).toContain('Saved.')
    expect(html).toContain('value="&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Zonen&quot;"')
    expect(html).not.toContain('<img')
    expect((await operator.send(path, { ...fields, 'tenant.name': 'Zonen' })).status).toBe(303)
    expect(await tenantById(http.db, id)).toMatchObject({ name: 'Zonen', locale: 'en' })
    const entries = await http.db.select().from(audit).where(eq(audit.subject, id))
    expect(entries.map(({ action, actor, detail }) => [action, actor, detail])).toEqual([
      ['tenant.created', expect.any(String), expect.any(Object)],
      ['tenant.changed', `person:${admin.id}`, { fields: 'name locale' }],
      ['tenant.changed', `person:${operator.id}`, { fields: 'name' }],
    ])
  })

  it('say what is wrong beside the field of the form that was sent', async () => {
    const { id } = await addTenant(http)
    const admin = await signIn(http, 'admin', id)
    const { status, html } = await admin.send(`/t/${id}/settings`, { 'tenant.name': '', 'tenant.locale': 'fr' })
    expect(status).toBe(422)
    expect(html).toContain('id="f-tenant-name-error"')
    expect(html).toContain('id="f-tenant-locale-error"')
    expect(html).not.toContain('id="f-name-error"')
    expect(html.match(/class="problems"/g)).toHaveLength(1)
  })

  it('are read, and not changed, by who may only look', async () => {
    const { id } = await addTenant(http)
    const viewer = (await signIn(http, 'viewer', id)).prefer('locale', 'nl')
    const { status, html } = await viewer.open(`/t/${id}/settings`)
    expect(status).toBe(200)
    expect(html).toContain(await named(id))
    expect(html).toContain('Je mag hier kijken, maar niets wijzigen.')
    expect(html).not.toContain(`action="/t/${id}`)
    const before = await named(id)
    const path = `/t/${id}/settings`
    expect((await viewer.send(path, { 'tenant.name': 'x', 'tenant.locale': 'nl' })).status).toBe(403)
    const books = { provider: 'exact-online', external_id: '1', name: 'x' }
    expect((await viewer.send(`${path}/administrations`, books)).status).toBe(403)
    expect(await named(id)).toBe(before)
  })

  it('P34 do not exist for a stranger', async () => {
    const { id } = await addTenant(http)
    const stranger = await signIn(http, 'admin', (await addTenant(http)).id)
    const nobody = newId('ten', http.clock, http.ports.random)
    for (const at of [id, nobody]) {
      const fields = { 'tenant.name': 'Mine now', 'tenant.locale': 'nl' }
      const books = { provider: 'exact-online', external_id: '1', name: 'x' }
      expect((await stranger.open(`/t/${at}/settings`)).status).toBe(404)
      expect((await stranger.send(`/t/${at}/settings`, fields)).status).toBe(404)
      expect((await stranger.send(`/t/${at}/settings/administrations`, books)).status).toBe(404)
    }
    expect(await named(id)).not.toBe('Mine now')
  })
})

describe('the administrations of a tenant', () => {
  const books = { provider: 'exact-online', external_id: '1001', name: HOSTILE }

  it('are listed, and added with their number', async () => {
    const { id, path } = await addTenant(http)
    const admin = (await signIn(http, 'admin', id)).prefer('locale', 'en')
    expect((await admin.open(`/t/${id}/settings`)).html).toContain('There is no administration yet')
    const sent = await admin.send(`/t/${id}/settings/administrations`, books)
    expect(sent).toMatchObject({ status: 303, location: `/t/${id}/settings` })
    expect((await http.call('GET', `${path}/administrations`)).body.data).toMatchObject([books])
    const { html } = await admin.open(`/t/${id}/settings`)
    expect(html).toContain('1001')
    expect(html).toContain('Exact Online')
    expect(html).not.toContain('<img')
    const entries = await http.db
      .select()
      .from(audit)
      .where(eq(audit.actor, `person:${admin.id}`))
    expect(entries).toMatchObject([{ action: 'administration.created', tenantId: id }])
  })

  it.each([
    ['nl', 'Zo ziet een nummer van een administratie er bij dit pakket niet uit.'],
    ['en', 'This is not how this package writes the number of an administration.'],
  ])('with a number that cannot be one are refused beside the field (%s)', async (locale, sentence) => {
    const { id } = await addTenant(http)
    const admin = (await signIn(http, 'admin', id)).prefer('locale', locale)
    const { status, html } = await admin.send(`/t/${id}/settings/administrations`, { ...books, external_id: '007' })
    expect(status).toBe(422)
    expect(html).toContain(`id="f-external_id-error">${sentence}`)
    expect(html).toContain('value="007"')
    expect(html).toContain('value="&lt;img')
    expect(html.match(/class="problems"/g)).toHaveLength(1)
  })

  it('are taken once: the second is refused with what was typed kept', async () => {
    const { id } = await addTenant(http)
    const admin = (await signIn(http, 'admin', id)).prefer('locale', 'nl')
    await admin.send(`/t/${id}/settings/administrations`, books)
    const { status, html } = await admin.send(`/t/${id}/settings/administrations`, books)
    expect(status).toBe(409)
    expect(html).toContain('already_exists')
    expect(html).toContain('value="1001"')
  })
})
