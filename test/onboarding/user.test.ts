import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connections } from '../../db/schema/connections.ts'
import { audit } from '../../db/schema/health.ts'
import { prices } from '../../db/schema/prices.ts'
import { seats, serviceAccounts } from '../../db/schema/seats.ts'
import { newId } from '../../src/id.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addApp } from '../support/tenancy.ts'
import { addAccount, addIntegration, Journey, primaries, settle, sit, textOf, type World } from './journey.ts'

let http: Http
let world: World
let flow: Journey
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const fresh = async () => {
  const app = world?.app ?? (await addApp(http))
  world = await settle(http, app)
  world.admin.prefer('locale', 'nl')
  flow = await (await Journey.start(world)).answerUntil('user')
}

const accounts = () => http.db.select().from(serviceAccounts).where(eq(serviceAccounts.tenantId, world.tenant))
const audited = async (action: 'integration.created' | 'service_account.created') =>
  (
    await http.db
      .select()
      .from(audit)
      .where(and(eq(audit.tenantId, world.tenant), eq(audit.action, action)))
  ).length

describe('the user', () => {
  it('EOL-10 is a free one with its kind, its price and what to mind, the one of the seat plan first', async () => {
    await fresh()
    await addAccount(world, 'client', { kind: 'client_user', monthly_price_cents: 1250 })
    const best = await addAccount(world, 'b.shop', { administrations: ['1001'] })
    await http.db.insert(prices).values({
      tenantId: world.tenant,
      provider: 'exact-online',
      userKind: 'full_user',
      validFrom: '2020-01-01',
      monthlyCents: 2900,
      createdAt: http.clock.now(),
    })
    const { html } = await flow.open('user')
    const text = textOf(html)
    expect(text).toContain('client Clientgebruiker (MijnKantoor) · € 12,50 per maand. Dit is een clientgebruiker')
    expect(text).toContain('b.shop Volledige gebruiker · € 29,00 per maand · past het best.')
    expect(text.indexOf('b.shop Volledige')).toBeLessThan(text.indexOf('client Clientgebruiker'))
    expect(html).toMatch(new RegExp(`value="${best}" checked`))
    expect(primaries(html)).toHaveLength(1)
  })

  it('EOL-10 is one short when there is none, with how to make one, in the screens’ own names', async () => {
    await fresh()
    const text = textOf((await flow.open('user')).html)
    expect(text).toContain('1 gebruiker tekort.')
    expect(text).toContain('prijs niet bekend'.replace('p', 'P'))
    expect(text).toContain('Administratienaam › Stamgegevens › Gebruikers › Overzicht')
    expect(text).toContain('Gebruikersnaam › Mijn Exact Online › Rechten › Administratie: Toegangsrechten')
  })

  it('makes the integration, once, with who was chosen', async () => {
    await fresh()
    const account = await addAccount(world, 'b.shop')
    expect((await flow.send('user', { account })).location).toBe(flow.url('link'))
    const [made, ...others] = await flow.integrations()
    expect(others).toEqual([])
    expect(made).toMatchObject({
      label: 'Webshop B',
      sourceKind: 'webshop',
      sourceProvider: 'woocommerce',
      sourceRef: 'b.shop.example',
      providerAppId: world.app,
      administrationId: world.administration,
      bookingKinds: ['sales-entry', 'customer'],
      strict: false,
      bookkeeping: null,
    })
    expect(await flow.row()).toMatchObject({ integrationId: made?.id, serviceAccountId: account })
    expect(await audited('integration.created')).toBe(1)
    const [connection] = await http.db.select().from(connections).where(eq(connections.tenantId, world.tenant))
    expect(connection).toMatchObject({ integrationId: made?.id, state: 'pending' })
  })

  it('makes one integration however often it is sent', async () => {
    await fresh()
    const account = await addAccount(world, 'b.shop')
    const answers = await Promise.all([1, 2, 3, 4].map(() => flow.send('user', { account })))
    for (const { status } of answers) expect([303, 409]).toContain(status)
    expect((await flow.send('user', { account })).location).toBe(flow.url('link'))
    expect(await flow.integrations()).toHaveLength(1)
    expect(await audited('integration.created')).toBe(1)
  })

  it('can be a new one, made with the integration or not at all', async () => {
    await fresh()
    const made = { account: 'new', username: 'b.shop', email: 'b@shop.example' }
    expect((await flow.send('user', made)).location).toBe(flow.url('link'))
    expect((await flow.send('user', made)).location).toBe(flow.url('link'))
    const [account, ...others] = await accounts()
    expect(others).toEqual([])
    expect(account).toMatchObject({ username: 'b.shop', email: 'b@shop.example', administrations: ['1001'] })
    expect((await flow.row()).serviceAccountId).toBe(account?.id)
    expect(await audited('service_account.created')).toBe(1)
  })

  it('is asked again when a new one is not complete, with what was typed', async () => {
    await fresh()
    const { status, html } = await flow.send('user', { account: 'new', username: 'b.shop' })
    expect(status).toBe(422)
    expect(html).toContain('value="b.shop"')
    expect(html).toContain('href="#f-email"')
    expect((await flow.send('user', { account: 'new', username: 'b', email: 'nobody' })).status).toBe(422)
    expect((await flow.send('user', {})).status).toBe(422)
    expect([await accounts(), await flow.integrations()]).toEqual([[], []])
  })

  it('need not be named', async () => {
    await fresh()
    expect((await flow.send('user', { account: 'anyone' })).location).toBe(flow.url('link'))
    expect((await flow.row()).serviceAccountId).toBeNull()
    expect((await flow.open('user')).html).toMatch(/value="anyone" checked/)
  })

  it('P34 is not one of another tenant', async () => {
    await fresh()
    const theirs = await addAccount(await settle(http, world.app), 'theirs')
    const ask = async (account: string) => {
      const { status, html } = await flow.send('user', { account })
      return [status, textOf(html)]
    }
    const answer = await ask(theirs)
    expect(answer[0]).toBe(422)
    expect(await ask(newId('sva', http.clock, http.ports.random))).toEqual(answer)
    expect(await flow.integrations()).toEqual([])
  })
})

describe('EOL-11 a user that is used already', () => {
  const refuses = async (fields: Record<string, string>, wrong: string, why: string) => {
    const { status, html } = await flow.send('user', fields)
    expect(status, textOf(html)).toBe(422)
    expect(html).toContain(`href="#f-${wrong}"`)
    expect(textOf(html)).toContain(why)
    expect(await flow.integrations().then(all => all.map(({ label }) => label))).not.toContain('Webshop B')
  }

  it('EOL-11 is shown with where it sits, cannot be chosen, and is refused when sent all the same', async () => {
    await fresh()
    await sit(world, await addIntegration(world, 'Kassa <1>'), 'kassa1')
    const [seated] = await accounts()
    const { html } = await flow.open('user')
    expect(textOf(html)).toContain('Deze gebruikers kun je niet kiezen kassa1 zit op de koppeling')
    expect(html).toContain('Kassa &lt;1&gt;')
    expect(html).not.toContain(`value="${seated?.id}"`)
    await refuses({ account: seated?.id ?? '' }, 'account', "Gebruiker 'kassa1' zit op de koppeling")
  })

  it('EOL-11 is refused by its name and by its address too, however they are written', async () => {
    await fresh()
    await sit(world, await addIntegration(world, 'Kassa 1'), 'kassa1')
    await refuses({ account: 'new', username: 'KASSA1', email: 'x@shop.example' }, 'username', 'zit op de koppeling')
    await refuses({ account: 'new', username: 'x', email: 'Kassa1@shop.example' }, 'email', "gebruiker 'kassa1'")
  })

  it('EOL-11 in another tenant is refused without saying where', async () => {
    await fresh()
    const theirs = await settle(http, world.app)
    await sit(theirs, await addIntegration(theirs, 'Geheime kassa'), 'shared')
    const [seat] = await http.db.select().from(seats).where(eq(seats.tenantId, theirs.tenant))
    const account = await addAccount(world, 'shared')
    await http.db
      .update(serviceAccounts)
      .set({ providerUserId: seat?.providerUserId ?? '' })
      .where(eq(serviceAccounts.id, account))
    const { html } = await flow.open('user')
    expect(textOf(html)).toContain('shared wordt al ergens anders gebruikt')
    expect(html).not.toContain('Geheime kassa')
    await refuses({ account }, 'account', 'wordt al ergens anders gebruikt')
  })

  it('EOL-11 for a flow that is not finished is refused, until that one is thrown away', async () => {
    await fresh()
    const account = await addAccount(world, 'b.shop')
    await flow.send('source', { kind: 'pos', provider: 'lightspeed', label: 'Kassa 9', ref: '9' })
    await flow.send('user', { account })
    const first = flow
    flow = await (await Journey.start(world)).answerUntil('user')
    await refuses({ account }, 'account', "is al gekozen voor 'Kassa 9'")
    expect(textOf((await flow.open('user')).html)).toContain('1 gebruiker tekort.')
    await world.admin.send(first.url('discard'), { [`end.${first.id}`]: 'on' })
    expect((await flow.send('user', { account })).status).toBe(303)
  })

  it('does not reach the administration: then it is said where access is given', async () => {
    await fresh()
    const account = await addAccount(world, 'elsewhere', { administrations: ['2002'] })
    await refuses({ account }, 'account', 'Administratie: Toegangsrechten')
  })
})

describe('after the integration has been made', () => {
  it('another user takes the place of the first, and the link for the first no longer works', async () => {
    await fresh()
    const [one, other] = [await addAccount(world, 'one'), await addAccount(world, 'other')]
    await flow.send('user', { account: one })
    const { url } = await flow.giveLink()
    const path = new URL(url).pathname
    expect((await http.api.app.request(path)).status).toBe(200)
    expect((await flow.send('user', { account: other })).location).toBe(flow.url('link'))
    expect(await flow.row()).toMatchObject({ serviceAccountId: other, connectLinkId: null })
    expect(await flow.integrations()).toHaveLength(1)
    expect((await http.api.app.request(path)).status).toBe(410)
  })

  it('answers change the integration, and what was changed elsewhere is what is shown', async () => {
    await fresh()
    await flow.send('user', { account: 'anyone' })
    const id = await flow.integration()
    await flow.send('source', { ...(await flow.row()).draft.source, label: 'Webshop C' })
    await flow.send('bookings', { 'kinds[]': ['sales-entry'], strict: 'on' })
    const [made] = await flow.integrations()
    expect(made).toMatchObject({ id, label: 'Webshop C', bookingKinds: ['sales-entry'], strict: true })
    const path = `/v1/tenants/${world.tenant}/integrations/${id}`
    await http.call('PATCH', path, { key: world.key, body: { label: 'Webshop D' } })
    expect((await flow.open('source')).html).toContain('value="Webshop D"')
  })

  it('its target stays what it is', async () => {
    await fresh()
    await flow.send('user', { account: 'anyone' })
    const { html } = await flow.open('target')
    expect(html).toContain('1001 · De Fietsenwinkel')
    expect(html).not.toContain('name="administration_id"')
    expect(primaries(html)).toHaveLength(1)
    expect((await flow.send('target', flow.fields('target'))).status).toBe(409)
  })

  it('who is connected is not chosen anew', async () => {
    await fresh()
    await flow.send('user', { account: 'anyone' })
    await flow.connect('b.shop')
    const { html } = await flow.open('user')
    expect(textOf(html)).toContain("Gekoppeld als 'b.shop'")
    expect(html).not.toContain('name="account"')
    expect(primaries(html)).toHaveLength(1)
  })

  it('throwing the flow away keeps the integration, or ends it with the flow', async () => {
    await fresh()
    await flow.send('user', { account: 'anyone' })
    const { url } = await flow.giveLink()
    await world.admin.send(flow.url('discard'))
    expect((await flow.integrations())[0]?.endedAt).toBeNull()
    expect((await http.api.app.request(new URL(url).pathname)).status).toBe(410)
    const second = await (await Journey.start(world)).answerUntil('link')
    const id = await second.integration()
    await world.admin.send(second.url('discard'), { [`end.${second.id}`]: 'on' })
    expect((await second.integrations()).find(one => one.id === id)?.endedAt).not.toBeNull()
  })

  it('an integration that was ended elsewhere ends the flow as well', async () => {
    await fresh()
    await flow.send('user', { account: 'anyone' })
    await http.call('DELETE', `/v1/tenants/${world.tenant}/integrations/${await flow.integration()}`, {
      key: world.key,
    })
    expect((await flow.open('link')).location).toBe(`/t/${world.tenant}/onboarding`)
    const { html } = await world.admin.open(`/t/${world.tenant}/onboarding`)
    expect(html).toContain('de koppeling is beëindigd')
    expect(html).not.toContain(flow.url('link'))
  })
})
