import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { accountsOf, add, auditOf, furnished, HOSTILE } from './account-world.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const nl = wordsIn('nl')
const say = nl.account

describe('a new service account', () => {
  it('is made as it was typed, written down once, and shown', async () => {
    const { id, list, admin } = await furnished(http)
    expect((await admin.open(`${list}/new`)).html).toContain(say.add.text)
    const fields = {
      provider: 'exact-online',
      username: 'kassa9',
      email: 'kassa9@shop.example',
      kind: 'full_user',
      price: '25',
    }
    const sent = await admin.send(`${list}/new`, { ...fields, form_key: 'twice' })
    expect(sent.status).toBe(303)
    expect((await admin.send(`${list}/new`, { ...fields, form_key: 'twice' })).location).toBe(sent.location)
    const all = await accountsOf(http, id)
    expect(all).toHaveLength(2)
    expect(all.find(({ username }) => username === 'kassa9')).toMatchObject({
      monthlyPriceCents: 2_500,
      roles: [],
      rowVersion: 1,
    })
    expect(await auditOf(http, id, 'service_account.created')).toHaveLength(2)
    expect((await admin.open(sent.location ?? '')).html).toContain('<h1>kassa9</h1>')
  })

  it('is refused with what is wrong, and nothing that was typed is lost', async () => {
    const { id, list, admin } = await furnished(http)
    const { status, html } = await admin.send(`${list}/new`, { username: HOSTILE, kind: 'client_user', price: '-1' })
    expect(status).toBe(422)
    expect(html).toContain('id="f-email-error"')
    expect(html).toContain('id="f-price-error"')
    expect(html).toMatch(/value="client_user" checked/)
    expect(html).not.toContain(HOSTILE)
    expect(html).toContain('&lt;img src=x onerror=&quot;')
    expect(await accountsOf(http, id)).toHaveLength(1)
  })
})

describe('several service accounts at once', () => {
  const shared = { provider: 'exact-online', kind: 'full_user', roles: 'Kassa', administrations: '1001' }

  it('are all made, with one entry in the log each: as many as 200', async () => {
    const { id, list, admin } = await furnished(http)
    const lines = Array.from({ length: 200 }, (_, at) => `k${at}; k${at}@shop.example`).join('\r\n')
    expect(await admin.send(`${list}/several`, { ...shared, lines })).toMatchObject({ status: 303, location: list })
    const all = await accountsOf(http, id)
    expect(all).toHaveLength(201)
    expect(new Set(all.map(({ username }) => username)).size).toBe(201)
    const of = (name: string) => all.find(({ username }) => username === name)
    expect(of('k199')).toMatchObject({
      email: 'k199@shop.example',
      kind: 'full_user',
      roles: ['Kassa'],
      administrations: ['1001'],
    })
    const entries = await auditOf(http, id, 'service_account.created')
    expect(new Set(entries.map(({ subject }) => subject))).toEqual(new Set(all.map(account => account.id)))
    expect(entries).toHaveLength(201)
  })

  it('are not made at all when one line is wrong: each such line is named with its number and its fault', async () => {
    const { id, list, admin, path } = await furnished(http)
    await add(http, path, { username: 'Bestaat' })
    const before = await accountsOf(http, id)
    const lines = `goed; goed@shop.example\n\nbestaat; a@shop.example\nkapot; ${HOSTILE}\nleeg;\nGOED; b@shop.example`
    for (const locale of LOCALES) {
      const { status, html } = await admin.prefer('locale', locale).send(`${list}/several`, { ...shared, lines })
      expect(status).toBe(422)
      const number = locale === 'nl' ? 'Regel' : 'Line'
      const named = [...html.matchAll(/<li>(?:Regel|Line) (\d+): ([^<]*)<\/li>/g)].map(([, line]) => line)
      expect(named).toEqual(['3', '4', '5', '6'])
      expect(html).toMatch(new RegExp(`${number} 3: [^<]*bestaat`))
      expect(html).toMatch(new RegExp(`${number} 6: [^<]*GOED[^<]*1`))
      expect(html).toContain(wordsIn(locale).account.several.wrong(4))
      expect(html).toContain(wordsIn(locale).site.errorsAbove(1))
      expect(html).toContain('leeg;\nGOED; b@shop.example</textarea>')
      expect(html).not.toContain(HOSTILE)
    }
    expect(await accountsOf(http, id)).toEqual(before)
    expect(await auditOf(http, id, 'service_account.created')).toHaveLength(2)
  })

  it('are refused when there are more than 200, none, or what they share is wrong', async () => {
    const { id, list, admin } = await furnished(http)
    const many = Array.from({ length: 201 }, (_, at) => `k${at}; k${at}@shop.example`).join('\n')
    const tooMany = await admin.send(`${list}/several`, { ...shared, lines: many })
    expect(tooMany.status).toBe(422)
    expect(tooMany.html).toContain(nl.problems.fields.too_many_lines({ kind: 'too_many_lines', atMost: 200 }))
    expect((await admin.send(`${list}/several`, { ...shared, lines: ' \n ' })).html).toContain('id="f-lines-error"')
    const wrong = await admin.send(`${list}/several`, { ...shared, kind: 'admin', lines: 'a; a@shop.example' })
    expect(wrong.html).toContain('href="#f-kind"')
    expect(await accountsOf(http, id)).toHaveLength(1)
  })
})
