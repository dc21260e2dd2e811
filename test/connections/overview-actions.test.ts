import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../src/failure.ts'
import { type IntegrationId, newId, type TenantId } from '../../src/id.ts'
import { fail, ok } from '../../src/result.ts'
import { en } from '../../src/words/en.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { idIn, made, newIntegration } from '../support/tenancy.ts'
import { Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const say = en.connection.actions

/** Let the seat note what it is asked, and answer so. */
function seatAnswers(one: Played, failure: Failure | null = null): unknown[][] {
  const asked: unknown[][] = []
  const answer = (...args: unknown[]) => {
    asked.push(args)
    return Promise.resolve(failure === null ? ok(null) : fail(failure))
  }
  http.seats.set(one.id, { ...http.seats.get(one.id), probe: answer, transfer: answer, disconnect: answer })
  return asked
}

const scene = async () => {
  const one = await Played.make(http)
  await one.seat()
  const admin = (await signIn(http, 'admin', one.home.id)).prefer('locale', 'en')
  return { one, admin, asked: seatAnswers(one) }
}

/** Another integration of the same tenant and app, with an empty seat. */
const beside = async (one: Played, over: Record<string, string> = {}): Promise<IntegrationId> => {
  const body = { ...newIntegration(one.home.app, one.home.administration), label: 'Webshop B', ...over }
  return idIn('int', made(await http.call('POST', `${one.home.path}/integrations`, { body })).id)
}

describe('checking the rights now', () => {
  it('asks the seat, and tells so', async () => {
    const { one, admin, asked } = await scene()
    expect(await admin.send(`${one.page}/probe`)).toMatchObject({ status: 303, location: one.page })
    expect(asked).toEqual([[one.home.id]])
    expect((await admin.open(one.page)).html).toContain(en.site.told.probed)
  })

  it('says beside its button why it cannot be done', async () => {
    const { one, admin } = await scene()
    seatAnswers(one, { kind: 'not_connected' })
    const { status, html } = await admin.send(`${one.page}/probe`)
    expect(status).toBe(409)
    expect(html).toContain('<h1>Webshop</h1>')
    expect(html).toMatch(/action="[^"]*\/probe"[\s\S]{0,400}role="alert"[\s\S]{0,400}not_connected/)
  })
})

describe('a connect link', () => {
  it('is shown once, names the user who sits there, and opens the connect page', async () => {
    const { one, admin } = await scene()
    const { status, html } = await admin.send(`${one.page}/connect-link`)
    expect(status).toBe(200)
    const [, secret] = /data-copy="https:\/\/zetel\.test\/connect\/([^"]+)"/.exec(html) ?? []
    const { body } = await http.call('GET', `${one.home.path}/service-accounts/${one.home.account}`)
    expect(textOf(html)).toContain(say.connect.who(String(body.username)))
    const connect = await http.api.app.request(`/connect/${secret}`)
    expect(connect.status).toBe(200)
    expect(await connect.text()).toContain(String(body.username))
    expect((await admin.open(one.page)).html).not.toContain(String(secret))
    const log = await http.call('GET', `${one.home.path}/audit`)
    expect(log.text.match(/connect_link\.created/g)).toHaveLength(1)
    expect(log.text).toContain(`person:${admin.id}`)
  })

  it('asks for no user in particular where nobody sits', async () => {
    const one = await Played.make(http)
    const admin = (await signIn(http, 'admin', one.home.id)).prefer('locale', 'en')
    expect(textOf((await admin.send(`${one.page}/connect-link`)).html)).toContain(say.connect.who(null))
  })

  it('is not made for an integration that has ended', async () => {
    const one = await Played.make(http)
    await http.call('DELETE', `${one.home.path}/integrations/${one.id}`)
    const admin = await signIn(http, 'admin', one.home.id)
    expect((await admin.send(`${one.page}/connect-link`)).status).toBe(404)
  })

  it('leaves whoever comes back to its address on the page of the integration', async () => {
    const { one, admin } = await scene()
    for (const form of ['probe', 'connect-link', 'transfer'])
      expect(await admin.open(`${one.page}/${form}`)).toMatchObject({ status: 303, location: one.page })
  })
})

describe('moving the user', () => {
  it('offers the tenant’s integrations with an empty seat at the same app, and no others', async () => {
    const { one, admin } = await scene()
    const empty = await beside(one)
    const ended = await beside(one, { label: 'Webshop C' })
    await http.call('DELETE', `${one.home.path}/integrations/${ended}`)
    const other = await Played.make(http)
    const { html } = await admin.open(one.page)
    const [, select = ''] = /<select id="f-to_integration_id"[^>]*>([\s\S]*?)<\/select>/.exec(html) ?? []
    expect([...select.matchAll(/value="(int_\w+)"/g)].map(([, id]) => id)).toEqual([empty])
    expect(select).toContain(say.transfer.option('Webshop B', await one.administration()))
    expect(html).not.toContain(other.id)
  })

  it('asks the seat, and leads to where the user now sits', async () => {
    const { one, admin, asked } = await scene()
    const to = await beside(one)
    const sent = await admin.send(`${one.page}/transfer`, { to_integration_id: to })
    expect(sent).toMatchObject({ status: 303, location: `/t/${one.home.id}/integrations/${to}` })
    expect(asked).toEqual([[one.home.id, to, `person:${admin.id}`]])
  })

  it('says beside the field that one must be chosen, and that another tenant’s is none', async () => {
    const { one, admin, asked } = await scene()
    await beside(one)
    const theirs = (await Played.make(http)).id
    for (const to of ['', 'nonsense', theirs, newId('int', http.clock, http.ports.random), one.id]) {
      const { status, html } = await admin.send(`${one.page}/transfer`, { to_integration_id: to })
      expect(status).toBe(422)
      expect(html).toContain('id="f-to_integration_id-error"')
    }
    expect(asked).toEqual([])
  })

  it('says why when somebody has just sat down there', async () => {
    const { one, admin } = await scene()
    const to = await beside(one)
    seatAnswers(one, { kind: 'seat_taken' })
    const { status, html } = await admin.send(`${one.page}/transfer`, { to_integration_id: to })
    expect(status).toBe(409)
    expect(html).toContain('seat_taken')
    expect(html).toContain(`<option value="${to}" selected=""`)
  })
})

const FORMS = ['probe', 'connect-link', 'transfer', 'disconnect', 'edit', 'end']
const PAGES = ['', ...FORMS.map(form => `/${form}`)]

describe('whoever may only look', () => {
  it('sees the page without anything to press, and is refused by every form', async () => {
    const { one, asked } = await scene()
    await beside(one)
    const viewer = (await signIn(http, 'viewer', one.home.id)).prefer('locale', 'en')
    const { status, html } = await viewer.open(one.page)
    expect(status).toBe(200)
    expect(html).toContain(en.site.onlyLook)
    expect(html).not.toContain(`action="${one.page}`)
    expect(html).not.toMatch(/href="[^"]*\/(edit|end|disconnect|onboarding)"/)
    for (const form of FORMS) {
      const sent = await viewer.send(`${one.page}/${form}`, { label: 'Webshop' })
      expect(sent.status, form).toBe(403)
      expect(sent.html, form).toContain('role_missing')
    }
    for (const page of ['disconnect', 'edit', 'end'])
      expect((await viewer.open(`${one.page}/${page}`)).status).toBe(403)
    expect(asked).toEqual([])
  })
})

describe('P34 an integration of another tenant', () => {
  const seen = ({ status, html }: { status: number; html: string }) => ({
    status,
    html: html.replaceAll(/int_\w+|[0-9a-f]{24,}/g, ''),
  })
  const changed = async (tenant: TenantId) =>
    Promise.all(
      ['connect_links', 'audit', 'integrations', 'connections'].map(table =>
        http.db.all(sql`select * from ${sql.identifier(table)} where tenant_id = ${tenant} order by rowid`),
      ),
    )

  it('answers on every page and form exactly as one that does not exist, with nothing changed', async () => {
    const theirs = await scene()
    const mine = await scene()
    const before = [await changed(theirs.one.home.id), await changed(mine.one.home.id)]
    const { admin } = mine
    const answers = async (id: string, ask: (visitor: Visitor, base: string) => Promise<unknown>) =>
      ask(admin, `/t/${mine.one.home.id}/integrations/${id}`)
    const random = newId('int', http.clock, http.ports.random)
    for (const page of PAGES) {
      const open = async (visitor: Visitor, base: string) => seen(await visitor.open(`${base}${page}`))
      const answer = await answers(theirs.one.id, open)
      expect(answer, page).toMatchObject({ status: 404 })
      expect(await answers(random, open), page).toEqual(answer)
    }
    for (const form of FORMS) {
      const fields = { label: 'Webshop', to_integration_id: mine.one.id }
      const send = async (visitor: Visitor, base: string) => seen(await visitor.send(`${base}/${form}`, fields))
      const answer = await answers(theirs.one.id, send)
      expect(answer, form).toMatchObject({ status: 404 })
      expect(await answers(random, send), form).toEqual(answer)
    }
    expect(theirs.asked).toEqual([])
    expect([await changed(theirs.one.home.id), await changed(mine.one.home.id)]).toEqual(before)
  })
})
