import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrations } from '../../db/schema/providers.ts'
import { newId } from '../../src/id.ts'
import { STEPS } from '../../src/onboarding/onboarding.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { addApp } from '../support/tenancy.ts'
import { addAccount, Journey, primaries, SOURCE, settle, textOf, type World } from './journey.ts'

let http: Http
let world: World
beforeAll(async () => {
  http = await startHttp()
  world = await settle(http)
  world.admin.prefer('locale', 'nl')
})
afterAll(() => http.close())

const list = () => `/t/${world.tenant}/onboarding`

describe('the list of flows', () => {
  it('says what is needed before anything has been started, in both languages', async () => {
    const { admin } = await settle(http, world.app)
    const nl = await world.admin.open(list())
    expect(nl.html).toContain('Begin met een nieuwe koppeling')
    expect(nl.html).toContain('Er is niets begonnen dat nog niet klaar is.')
    expect(primaries(nl.html)).toHaveLength(1)
    const en = await world.admin.prefer('locale', 'en').open(list())
    expect(en.html).toContain('Start a new integration')
    world.admin.prefer('locale', 'nl')
    expect((await admin.open(list())).status).toBe(404)
  })

  it('leads whoever comes back to where they were', async () => {
    const flow = await (await Journey.start(world)).answerUntil('bookings')
    const { html } = await world.admin.open(list())
    expect(html).toContain('Webshop B')
    expect(html).toContain('Stap 3 van 9: Boekingen')
    expect(html).toContain(`href="${flow.url('bookings')}"`)
    const again = await flow.open('source')
    expect(again.html).toContain('value="b.shop.example"')
    const colleague = await signIn(http, 'admin', world.tenant)
    expect((await colleague.open(flow.url('bookings'))).status).toBe(200)
  })

  it('shows a viewer how things stand, and lets them change nothing', async () => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    const viewer = (await signIn(http, 'viewer', world.tenant)).prefer('locale', 'nl')
    const { status, html } = await viewer.open(list())
    expect(status).toBe(200)
    expect(html).toContain('Stap 2 van 9: Administratie')
    expect(html).not.toContain('data-primary')
    expect(html).not.toContain(flow.id)
    const before = await flow.row()
    for (const step of STEPS) {
      expect((await viewer.open(flow.url(step))).status, step).toBe(403)
      if (step !== 'done') expect((await viewer.send(flow.url(step), flow.fields(step))).status, step).toBe(403)
    }
    expect((await viewer.send(list())).status).toBe(403)
    expect((await viewer.send(flow.url('discard'))).status).toBe(403)
    expect(await flow.row()).toEqual(before)
  })

  it('goes on in pages', async () => {
    const own = await settle(http, world.app)
    const made = []
    for (let at = 0; at < 3; at++) {
      http.clock.at += 1
      made.unshift(await Journey.start(own))
    }
    const first = await own.admin.open(`/t/${own.tenant}/onboarding?limit=2`)
    expect(made.map(({ id }) => first.html.includes(id))).toEqual([true, true, false])
    const next = /href="([^"]*\?cursor=[^"]*)"/.exec(first.html)?.[1] ?? ''
    const second = await own.admin.open(next)
    expect(made.map(({ id }) => second.html.includes(id))).toEqual([false, false, true])
  })

  it('lets a flow be thrown away, and it is gone', async () => {
    const flow = await Journey.start(world)
    const { location } = await world.admin.send(flow.url('discard'))
    expect(location).toBe(list())
    expect((await flow.open('source')).status).toBe(404)
    expect((await world.admin.open(list())).html).not.toContain(flow.id)
  })
})

describe('a question', () => {
  it('that comes too early leads to the first one without an answer', async () => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    for (const step of STEPS.slice(2)) {
      expect((await flow.open(step)).location, step).toBe(flow.url('target'))
      if (step !== 'done') expect((await flow.send(step, flow.fields(step))).location, step).toBe(flow.url('target'))
    }
    expect((await flow.row()).draft).toMatchObject({ bookings: null, rightsRead: false })
  })

  it.each(['nl', 'en'])('has one thing to do and says where it stands, in %s', async locale => {
    const own = await settle(http, world.app)
    own.admin.prefer('locale', locale === 'nl' ? 'nl' : 'en')
    const flow = await (await Journey.start(own)).answerUntil('link')
    for (const [at, step] of STEPS.slice(0, 6).entries()) {
      const { status, html } = await flow.open(step)
      expect(status, step).toBe(200)
      expect(primaries(html), step).toHaveLength(1)
      expect(html).toContain(`<html lang="${locale}"`)
      expect(html).toContain(locale === 'nl' ? `Stap ${at + 1} van 9` : `Step ${at + 1} of 9`)
      expect(html.match(/aria-current="step"/g)).toHaveLength(1)
      expect(html.match(/<h1>/g)).toHaveLength(1)
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
      expect(new Set(ids).size, step).toBe(ids.length)
      expect(html).not.toMatch(/\son\w+=|\sstyle=/)
    }
  })

  it('P34 of another tenant is refused exactly as one of no flow, and nothing changes', async () => {
    const theirs = await (await Journey.start(await settle(http, world.app))).answerUntil('link')
    const before = await theirs.row()
    const nobody = newId('onb', http.clock, http.ports.random)
    const without = (html: string) => html.replaceAll(/onb_\w+|[0-9a-f]{24,}/g, '')
    for (const step of [...STEPS, 'check/again', 'test/finish', 'discard']) {
      const at = (id: string) => `${list()}/${id}/${step}`
      const asked = async (id: string) => [await world.admin.open(at(id)), await world.admin.send(at(id), SOURCE)]
      const [one, other] = [await asked(theirs.id), await asked(nobody)]
      for (const [index, answer] of one.entries()) {
        if (answer.status !== 422) expect(answer.status, step).toBe(404)
        expect(without(answer.html), step).toBe(without(other[index]?.html ?? ''))
      }
    }
    expect(await theirs.row()).toEqual(before)
  })
})

describe('the source', () => {
  it('is kept, and shown again when it is not complete', async () => {
    const flow = await Journey.start(world)
    const refused = await flow.send('source', { provider: 'mollie', label: 'PSP <1>' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('value="mollie"')
    expect(refused.html).toContain('value="PSP &lt;1&gt;"')
    expect(refused.html).toContain('href="#f-kind"')
    expect(refused.html).toContain('href="#f-ref"')
    expect((await flow.send('source', { ...SOURCE, kind: 'fax' })).status).toBe(422)
    expect((await flow.row()).draft.source).toBeNull()
    expect((await flow.send('source', SOURCE)).location).toBe(flow.url('target'))
    expect((await flow.row()).draft.source).toEqual(SOURCE)
  })

  it('is suggested, and anything else will do', async () => {
    const flow = await Journey.start(world)
    const { html } = await flow.open('source')
    for (const name of ['woocommerce', 'shopify', 'lightspeed-retail', 'mollie'])
      expect(html).toContain(`<option value="${name}"`)
    expect((await flow.send('source', { ...SOURCE, provider: 'Eigen bouw' })).status).toBe(303)
  })
})

describe('the target', () => {
  it('is the one app there is, and an administration of the tenant', async () => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    const { html } = await flow.open('target')
    expect(html).toMatch(new RegExp(`value="${world.app}" checked`))
    expect(html).toContain('1001 · De Fietsenwinkel')
    expect((await flow.send('target', flow.fields('target'))).location).toBe(flow.url('bookings'))
    const chosen = { providerAppId: world.app, administrationId: world.administration }
    expect((await flow.row()).draft.target).toEqual(chosen)
  })

  it('can be an administration that is added on the way', async () => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    const added = { provider_app_id: world.app, external_id: '2002', name: 'Webshop BV' }
    expect((await flow.send('target', added)).location).toBe(flow.url('bookings'))
    const { target } = (await flow.row()).draft
    const rows = await http.db.select().from(administrations).where(eq(administrations.tenantId, world.tenant))
    expect(rows.find(({ id }) => id === target?.administrationId)).toMatchObject({
      externalId: '2002',
      name: 'Webshop BV',
    })
    const { text } = await http.call('GET', `/v1/tenants/${world.tenant}/audit`, { key: world.key })
    expect(text.match(/"administration.created"[^}]*\{"external_id":"2002"/g)).toHaveLength(1)
  })

  it.each([
    ['nothing at all', {}, 'administration_id'],
    ['a number without a name', { external_id: '3003' }, 'name'],
    ['a name without a number', { name: 'X' }, 'external_id'],
    ['what is no number there', { external_id: '0x3', name: 'X' }, 'external_id'],
  ])('is asked again after %s', async (_, fields, wrong) => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    const { status, html } = await flow.send('target', { provider_app_id: world.app, ...fields })
    expect(status).toBe(422)
    expect(html).toContain(`href="#f-${wrong}"`)
    expect((await flow.row()).draft.target).toBeNull()
  })

  it('is not chosen and added at once, nor added twice', async () => {
    const flow = await (await Journey.start(world)).answerUntil('target')
    const both = await flow.send('target', { ...flow.fields('target'), external_id: '3003', name: 'X' })
    expect(both.status).toBe(422)
    expect(textOf(both.html)).toContain('Niet allebei.')
    const twice = await flow.send('target', { provider_app_id: world.app, external_id: '1001', name: 'X' })
    expect(twice.status).toBe(409)
    expect(twice.html).toContain('already_exists')
  })

  it('P34 is not an administration of another tenant, nor an app that is none', async () => {
    const theirs = await settle(http, world.app)
    const flow = await (await Journey.start(world)).answerUntil('target')
    const ask = async (fields: Record<string, string>) => {
      const { status, html } = await flow.send('target', { ...flow.fields('target'), ...fields })
      return [status, textOf(html)]
    }
    const random = newId('adm', http.clock, http.ports.random)
    const answer = await ask({ administration_id: theirs.administration })
    expect(answer[0]).toBe(422)
    expect(await ask({ administration_id: random })).toEqual(answer)
    expect((await ask({ provider_app_id: newId('app', http.clock, http.ports.random) }))[0]).toBe(422)
    expect((await ask({ provider_app_id: 'x' }))[0]).toBe(422)
    expect((await flow.row()).draft.target).toBeNull()
  })

  it('is chosen among several apps by whoever answers', async () => {
    const other = await addApp(http)
    const flow = await (await Journey.start(world)).answerUntil('target')
    const { html } = await flow.open('target')
    expect(html).toContain(other)
    expect(html).not.toMatch(/name="provider_app_id"[^>]* checked/)
    expect((await flow.send('target', { administration_id: world.administration })).status).toBe(422)
  })

  it('waits for the operator where there is no app at all', async () => {
    const bare = await startHttp()
    const flow = Journey.start(await settle(bare, world.app))
    const page = await (await (await flow).answerUntil('target')).open('target')
    expect(textOf(page.html)).toMatch(/has to add one first|moet er eerst een toevoegen/)
    await bare.close()
  })
})

describe('the bookings', () => {
  it('are those the provider knows, strict or not', async () => {
    const flow = await (await Journey.start(world)).answerUntil('bookings')
    const { html } = await flow.open('bookings')
    expect(html).toContain('value="sales-entry"')
    expect(html).toContain('Verkoopboekingen')
    await flow.send('bookings', { 'kinds[]': ['sales-entry', 'cash-entry'], strict: 'on' })
    expect((await flow.row()).draft.bookings).toEqual({ kinds: ['sales-entry', 'cash-entry'], strict: true })
    const again = await flow.open('bookings')
    expect(again.html.match(/ checked/g)).toHaveLength(3)
  })

  it.each([[{}], [{ 'kinds[]': ['faxes'] }], [{ 'kinds[]': ['item', 'item'] }]])('are not %o', async fields => {
    const flow = await (await Journey.start(world)).answerUntil('bookings')
    const { status, html } = await flow.send('bookings', fields)
    expect(status).toBe(422)
    expect(html).toContain('href="#f-kinds"')
  })
})

describe('EOL-01 the rights', () => {
  it('are all named with what they are for, writing apart from reading', async () => {
    const flow = await (await Journey.start(world)).answerUntil('rights')
    const text = textOf((await flow.open('rights')).html)
    const [writes = '', reads = ''] = text.slice(text.indexOf('Vastleggen')).split('Bekijken')
    for (const right of [
      'Verkoopboekingen aanmaken om verkopen te boeken',
      'Debiteuren aanmaken om klanten toe te voegen',
    ])
      expect(writes).toContain(right)
    for (const right of ['Verkoopboekingen bekijken om na een storing', 'Dagboeken bekijken om in het juiste dagboek'])
      expect(reads).toContain(right)
    expect(text).toContain('administratie 1001')
  })

  it('are read again once the bookings are others', async () => {
    const flow = await (await Journey.start(world)).answerUntil('user')
    await flow.send('bookings', { 'kinds[]': ['cash-entry'] })
    expect((await flow.open('user')).location).toBe(flow.url('rights'))
    expect(textOf((await flow.open('rights')).html)).toContain('Kasboekingen aanmaken')
  })
})

describe('two people in one flow', () => {
  it('do not undo each other’s answers', async () => {
    const flow = await Journey.start(world)
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map(label => flow.send('source', { ...SOURCE, label: `Webshop ${label}` })),
    )
    const kept = answers.filter(({ status }) => status === 303)
    expect(kept.length).toBeGreaterThanOrEqual(1)
    for (const { status, html } of answers)
      if (status !== 303) expect([status, html]).toEqual([409, expect.stringContaining('changed_meanwhile')])
    expect((await flow.row()).rowVersion).toBe(1 + kept.length)
  })

  it('find the users of the tenant as they are now', async () => {
    const flow = await (await Journey.start(world)).answerUntil('user')
    await addAccount(world, 'made.meanwhile')
    expect((await flow.open('user')).html).toContain('made.meanwhile')
  })
})
