import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { serviceAccounts } from '../../db/schema/seats.ts'
import { insertAudit } from '../../src/audit/store.ts'
import { newId, type TenantId } from '../../src/id.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, idIn, made, newIntegration } from '../support/tenancy.ts'
import { accountsOf, add, auditOf, furnished, rows, sit } from './account-world.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const nl = wordsIn('nl')
const say = nl.account

describe('a service account', () => {
  it('EOL-06 EOL-07 that is a client user shows why not and the two remedies, with their screens', async () => {
    const { path, list, admin, account } = await furnished(http)
    const client = await add(http, path, { kind: 'client_user' })
    for (const locale of LOCALES) {
      const { html } = await admin.prefer('locale', locale).open(`${list}/${client}`)
      const about = html.slice(html.indexOf('id="client-user"'), html.indexOf('</section>'))
      const words = wordsIn(locale)
      expect(about).toContain(words.account.clientUser.text)
      expect(about.match(/<li>/g)).toHaveLength(2)
      expect(about).toContain('Stamgegevens › Gebruikers › Overzicht')
      expect(about).toContain(locale === 'nl' ? 'accountancylicentie' : 'accountancy licence')
    }
    expect((await admin.open(`${list}/${account}`)).html).not.toContain('id="client-user"')
  })

  it('tells on which seats it sat, of this tenant alone', async () => {
    const { id, path, list, admin, account, integration, app, administration } = await furnished(http)
    await http.db
      .update(serviceAccounts)
      .set({ providerUserId: 'u1', username: 'renamed' })
      .where(eq(serviceAccounts.id, account))
    const body = { ...newIntegration(app, administration), label: 'Kassa 2' }
    const second = idIn('int', made(await http.call('POST', `${path}/integrations`, { body })).id)
    const other = await addFurnishedTenant(http)
    type Entry = Parameters<typeof insertAudit>[2]
    const tell = (tenant: TenantId, action: Entry['action'], subject: string, detail: Entry['detail']) =>
      runBatch(http.db, [
        insertAudit(http.db, tenant, {
          id: newId('aud', { now: () => ++http.clock.at }, http.ports.random),
          at: http.clock.at,
          actor: 'zetel',
          action,
          subject,
          detail,
        }),
      ])
    const empty = (await admin.open(`${list}/${account}`)).html
    expect(empty).toContain(say.history.none)
    await tell(id, 'connection.active', integration, { username: 'u', provider_user_id: 'u1' })
    await tell(id, 'connection.transferred', integration, { username: 'renamed', to_integration_id: second })
    await tell(id, 'connection.ended', second, { username: 'renamed' })
    await tell(id, 'connection.active', second, { username: 'renamed', provider_user_id: 'u2' })
    await tell(id, 'connection.adopted', integration, { username: 'renamed' })
    await tell(other.id, 'connection.active', other.integration, { username: 'renamed', provider_user_id: 'u1' })
    const history = rows((await admin.open(`${list}/${account}`)).html).split('</tr>')
    expect(history).toHaveLength(4)
    const { actions } = say.history
    expect(history[0]).toContain(actions['connection.ended'])
    expect(history[0]).toContain(`integrations/${second}">Kassa 2<`)
    expect(history[1]).toContain(actions['connection.transferred'])
    expect(history[1]).toMatch(/>Webshop<\/a> → <a [^>]*>Kassa 2</)
    expect(history[2]).toContain(actions['connection.active'])
  })

  it('is changed by its form: what differs is written down, and nothing else', async () => {
    const { id, list, admin, account } = await furnished(http)
    const [before] = await accountsOf(http, id)
    const fields = {
      username: 'kassa-nieuw',
      email: String(before?.email),
      kind: 'client_user',
      roles: 'Verkoop\r\n\r\nKassa; balie\r\nVerkoop',
      administrations: '1001, 1002\r\n1003',
      price: '12,5',
      row_version: '1',
    }
    expect(await admin.send(`${list}/${account}`, fields)).toMatchObject({
      status: 303,
      location: `${list}/${account}`,
    })
    const [after] = await accountsOf(http, id)
    expect(after).toEqual({
      ...before,
      username: 'kassa-nieuw',
      kind: 'client_user',
      roles: ['Verkoop', 'Kassa; balie'],
      administrations: ['1001', '1002', '1003'],
      monthlyPriceCents: 1_250,
      rowVersion: 2,
    })
    const page = (await admin.open(`${list}/${account}`)).html
    expect(page).toContain('value="12,50"')
    expect(page).toContain('name="row_version" value="2"')
    await admin.send(`${list}/${account}`, { ...fields, roles: '', price: '', row_version: '2' })
    await admin.send(`${list}/${account}`, { ...fields, roles: '', price: '', row_version: '3' })
    const entries = await auditOf(http, id, 'service_account.changed')
    expect(entries.map(({ detail }) => detail.fields).toSorted()).toEqual([
      'roles monthly_price_cents',
      'username kind roles administrations monthly_price_cents',
    ])
    expect(entries[0]?.actor).toBe(`person:${admin.id}`)
    expect((await accountsOf(http, id))[0]).toMatchObject({ roles: [], monthlyPriceCents: null, rowVersion: 3 })
  })

  it('that somebody else changed meanwhile is left alone; what was typed stays, and can be saved after all', async () => {
    const { id, path, list, admin, account } = await furnished(http)
    await http.call('PATCH', `${path}/service-accounts/${account}`, { body: { roles: ['Other'] } })
    const typed = { username: 'mine', email: 'mine@shop.example', kind: 'full_user', roles: 'Mine', row_version: '1' }
    const refused = await admin.send(`${list}/${account}`, typed)
    expect(refused.status).toBe(409)
    expect(refused.html).toContain('changed_meanwhile')
    expect(refused.html).toContain(say.change.meanwhile)
    expect(refused.html).toContain('value="mine"')
    expect(refused.html).toMatch(/<textarea[^>]*name="roles"[^>]*>Mine<\/textarea>/)
    expect(refused.html).toContain('<dd>Other</dd>')
    expect((await accountsOf(http, id))[0]).toMatchObject({ roles: ['Other'], rowVersion: 2 })
    const version = /name="row_version" value="(\d+)"/.exec(refused.html)?.[1] ?? ''
    const saved = await admin.send(`${list}/${account}`, { ...typed, row_version: version })
    expect(saved.status).toBe(303)
    expect((await accountsOf(http, id))[0]).toMatchObject({ username: 'mine', roles: ['Mine'], rowVersion: 3 })
  })

  it('with a wrong field is not changed, says what is wrong beside it, and still notices another’s change', async () => {
    const { id, path, list, admin, account } = await furnished(http)
    const typed = { username: '', email: 'nobody', kind: 'full_user', roles: 'x'.repeat(201), price: 'gratis' }
    for (const locale of LOCALES) {
      const refused = await admin.prefer('locale', locale).send(`${list}/${account}`, { ...typed, row_version: '1' })
      const words = wordsIn(locale)
      expect(refused.status).toBe(422)
      for (const field of ['username', 'email', 'roles', 'price'])
        expect(refused.html).toContain(`id="f-${field}-error"`)
      expect(refused.html).toContain(words.site.errorsAbove(4))
      expect(refused.html).toContain(words.problems.fields.not_money({ kind: 'not_money' }))
      expect(refused.html).toContain('value="gratis"')
      expect(refused.html).toContain('name="row_version" value="1"')
    }
    await add(http, path, { username: 'taken' })
    const good = { username: 'taken', email: 'a@shop.example', kind: 'full_user', row_version: '1' }
    const refused = await admin.send(`${list}/${account}`, good)
    expect(refused).toMatchObject({ status: 409 })
    expect(refused.html).toContain('already_exists')
    expect((await accountsOf(http, id)).map(({ rowVersion }) => rowVersion)).toEqual([1, 1])
  })

  it('DIV-10 tells the seat it sits on which administrations it should have now', async () => {
    const { path, account, ...tenant } = await furnished(http)
    await sit(http, tenant, account)
    await http.call('PATCH', `${path}/service-accounts/${account}`, { body: { roles: ['Sales'] } })
    expect(http.reloads).not.toContain(tenant.integration)
    await http.call('PATCH', `${path}/service-accounts/${account}`, { body: { administrations: ['1002'] } })
    expect(http.reloads.filter(id => id === tenant.integration)).toHaveLength(1)
  })
})
