import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { dayOf } from '../../src/prices/price.ts'
import { wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const nl = wordsIn('nl').price
const en = wordsIn('en').price

async function settled() {
  const tenant = await addTenant(http)
  const admin = (await signIn(http, 'admin', tenant.id)).prefer('locale', 'nl')
  const at = `/t/${tenant.id}/settings/prices`
  const today = dayOf(http.clock.at)
  const set = (fields: Record<string, string>, who: Visitor = admin) =>
    who.send(at, { provider: 'exact-online', user_kind: 'full_user', valid_from: today, price: '25', ...fields })
  const prices = async () => (await http.call('GET', `${tenant.path}/prices`)).body.data
  return { ...tenant, admin, at, set, prices, today }
}

describe('the page of prices', () => {
  it('says for every kind of user what it costs today, or that nobody said', async () => {
    const { admin, at, set } = await settled()
    const empty = (await admin.open(at)).html
    expect(empty.split(`>${nl.noPrice}<`)).toHaveLength(6)
    expect(empty).toContain(nl.historyNone)
    expect(empty).toMatch(/aria-current="page">Prijzen/)
    const done = await set({ price: '1.250,00' })
    expect(done).toMatchObject({ status: 303, location: at })
    const { html } = await admin.open(at)
    expect(html).toContain('€ 1.250,00')
    expect(html.split(`>${nl.noPrice}<`)).toHaveLength(5)
    expect(html).toContain(wordsIn('nl').site.told.saved)
    const english = (await admin.prefer('locale', 'en').open(at)).html
    expect(english).toContain('€1,250.00')
    expect(english).toContain(en.lead)
  })

  it('keeps what was and shows what is still to begin; only what has begun holds', async () => {
    const { admin, at, set, prices, today } = await settled()
    await set({ price: '20,00', valid_from: '2020-01-31' })
    await set({ price: '30,00', valid_from: dayOf(http.clock.at + 2 * DAY) })
    expect(await prices()).toHaveLength(2)
    const { html } = await admin.open(at)
    const [current = '', history = ''] = html.split(`<h2>${nl.history}</h2>`)
    expect(current).toContain('€ 20,00')
    expect(current).not.toContain('€ 30,00')
    expect(history).toContain('31 jan 2020')
    expect(history).toContain('€ 30,00')
    expect(history.split(nl.later)).toHaveLength(2)
    await set({ price: '22', valid_from: today })
    await set({ price: '23', valid_from: today })
    expect(await prices()).toHaveLength(3)
    expect((await admin.open(at)).html.split(`<h2>${nl.history}</h2>`)[0]).toContain('€ 23,00')
  })

  it.each([
    [{ price: 'gratis' }, 'not_money'],
    [{ price: '1.250' }, 'not_money'],
    [{ valid_from: '2026-02-30' }, 'not_a_day'],
    [{ valid_from: '31-01-2026' }, 'not_a_day'],
  ] as const)('refuses %j in words, and keeps what was typed', async (deviation, kind) => {
    const { set, prices, admin } = await settled()
    for (const locale of ['nl', 'en'] as const) {
      admin.prefer('locale', locale)
      const { status, html } = await set({ user_kind: 'client_user', ...deviation })
      expect(status).toBe(422)
      expect(html.split(wordsIn(locale).problems.fields[kind]({ kind } as never))).toHaveLength(3)
      expect(html).toContain(`value="${Object.values(deviation)[0]}"`)
      expect(html).toMatch(/value="client_user" selected/)
    }
    expect(await prices()).toEqual([])
  })

  it('pages through a long history', async () => {
    const { admin, at, path } = await settled()
    const body = { provider: 'exact-online', user_kind: 'full_user' }
    for (let year = 1940; year < 1992; year++)
      await http.call('POST', `${path}/prices`, { body: { ...body, valid_from: `${year}-05-05`, monthly_cents: year } })
    const first = (await admin.open(at)).html
    expect(first).toContain('5 mei 1991')
    expect(first).not.toContain('5 mei 1941')
    const next = /href="([^"]*\?cursor=[^"]*)"/.exec(first)?.[1] ?? ''
    const second = (await admin.open(next)).html
    expect(second).toContain('5 mei 1941')
    expect(second).toContain('5 mei 1940')
    expect(second).not.toContain('5 mei 1942')
    expect(second).toContain(wordsIn('nl').site.first)
    expect((await admin.open(`${at}?cursor=nonsense`)).html).toContain('5 mei 1991')
  })

  it('lets viewers look and administrators change', async () => {
    const { id, at, set, prices } = await settled()
    const viewer = await signIn(http, 'viewer', id)
    const page = await viewer.open(at)
    expect(page.status).toBe(200)
    expect(page.html).not.toContain('name="valid_from"')
    expect((await set({}, viewer)).status).toBe(403)
    expect(await prices()).toEqual([])
    expect((await set({}, await signIn(http, 'operator'))).status).toBe(303)
    expect(await prices()).toHaveLength(1)
  })

  it('P34 of another tenant is not there', async () => {
    const { at, set, prices } = await settled()
    const stranger = await signIn(http, 'admin', (await addTenant(http)).id)
    expect((await stranger.open(at)).status).toBe(404)
    expect((await set({}, stranger)).status).toBe(404)
    expect(await prices()).toEqual([])
  })
})
