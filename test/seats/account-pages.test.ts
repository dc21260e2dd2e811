import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serviceAccounts } from '../../db/schema/seats.ts'
import { newId } from '../../src/id.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'
import { accountsOf, add, furnished, HOSTILE, rows, sit } from './account-world.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const nl = wordsIn('nl')
const say = nl.account

describe('the page of service accounts', () => {
  it('tells who there is: where they sit, what they reach and what they cost', async () => {
    const { path, list, admin, account, ...tenant } = await furnished(http)
    const roles = ['Verkoop', 'Kassa']
    const administrations = ['1', '2', '3', '4', '5', '6', '7']
    await add(http, path, {
      username: 'free',
      email: 'free@shop.example',
      monthly_price_cents: 1_250,
      roles,
      administrations,
    })
    await http.call('POST', `${path}/prices`, {
      body: { provider: 'exact-online', user_kind: 'full_user', valid_from: '2020-01-01', monthly_cents: 2_500 },
    })
    await sit(http, tenant, account)
    const { html, status } = await admin.open(list)
    expect(status).toBe(200)
    const [seated = '', free = ''] = rows(html).split('</tr>')
    expect(seated).toContain(`href="/t/${tenant.id}/integrations/${tenant.integration}">Webshop<`)
    expect(seated).toContain('€ 25,00</td>')
    expect(free).toContain(`<span>${say.free}</span>`)
    expect(free).toContain('Verkoop, Kassa')
    expect(free).toContain('1, 2, 3, 4, 5 en nog 2')
    expect(free).toContain(`€ 12,50<span class="hint">${say.ownPrice}`)
    const english = (await admin.prefer('locale', 'en').open(list)).html
    expect(english).toContain(wordsIn('en').account.lead)
    expect(english).toContain('€12.50')
  })

  it('EOL-06 warns of a client user with the way to the remedies, and not of a full user', async () => {
    const { path, list, admin } = await furnished(http)
    const before = rows((await admin.open(list)).html)
    expect(before).toContain(nl.rights.userKinds.full_user)
    expect(before).not.toContain('attention')
    const client = await add(http, path, { kind: 'client_user' })
    const after = rows((await admin.open(list)).html)
    expect(after).toMatch(/class="state attention">.*? let op: clientgebruiker \(MijnKantoor\)</)
    expect(after).toContain(say.clientUser.text)
    expect(after).toContain(`href="${list}/${client}#client-user"`)
  })

  it('BAS-01 warns where two have one e-mail address, and not of none', async () => {
    const { id, path, list, admin } = await furnished(http)
    await add(http, path, { username: 'one', email: 'Same@shop.example' })
    const two = await add(http, path, { username: 'two', email: 'same@shop.example' })
    for (const username of ['three', 'four']) {
      const account = await add(http, path, { username })
      await http.db.update(serviceAccounts).set({ email: '' }).where(eq(serviceAccounts.id, account))
    }
    const html = rows((await admin.open(list)).html)
    expect(html.split(` ${say.sharedEmail}</span>`)).toHaveLength(3)
    expect(html).toContain(say.sharedEmailWith('one'))
    expect(html).toContain(say.sharedEmailWith('two'))
    expect((await admin.open(`${list}/${two}`)).html).toContain(say.sharedEmailText('one'))
    // The same address elsewhere is nobody's business here.
    const other = await addTenant(http)
    await add(http, other.path, { username: 'one', email: 'same@shop.example' })
    const stranger = await signIn(http, 'admin', other.id)
    expect((await stranger.open(`/t/${other.id}/service-accounts`)).html).not.toContain(say.sharedEmail)
    expect(id).not.toBe(other.id)
  })

  it('is narrowed by what stands in its address; what makes no sense there narrows nothing', async () => {
    const { path, list, admin, account, ...tenant } = await furnished(http)
    await add(http, path, { username: '100%_free', email: 'someone@else.example', kind: 'client_user' })
    await sit(http, tenant, account)
    const found = async (query: string) => {
      const html = rows((await admin.open(`${list}?${query}`)).html)
      return [html.includes('till-'), html.includes('100%_free')]
    }
    expect(await found('seat=seated')).toEqual([true, false])
    expect(await found('seat=free')).toEqual([false, true])
    expect(await found('kind=client_user')).toEqual([false, true])
    expect(await found('provider=exact-online')).toEqual([true, true])
    expect(await found('q=TILL-')).toEqual([true, false])
    expect(await found('q=else.example')).toEqual([false, true])
    expect(await found('q=0%25_')).toEqual([false, true])
    expect(await found('q=_')).toEqual([false, true])
    expect(await found('q=&seat=&kind=&provider=')).toEqual([true, true])
    expect(await found('kind=admin&seat=free&cursor=x&page=2')).toEqual([false, true])
    const { html } = await admin.open(`${list}?seat=free&q=nobody`)
    expect(html).toContain(say.noneFound)
    expect(html).toContain('value="nobody"')
    expect(html).toMatch(/value="free" selected/)
  })

  it('has pages, which keep the filter', async () => {
    const { path, list, admin } = await furnished(http)
    for (let at = 0; at < 52; at++) await add(http, path, { username: `u-${at}`, email: `u-${at}@shop.example` })
    const first = (await admin.open(`${list}?q=u-`)).html
    expect(rows(first).split('<tr>')).toHaveLength(51)
    const next = /class="pager">.*?href="([^"]*)"/s.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(next).toContain('q=u-&cursor=')
    const second = (await admin.open(next)).html
    expect(rows(second).split('<tr>')).toHaveLength(3)
    expect(second).toContain(`href="${list}?q=u-">${nl.site.first}`)
  })

  it('says what to do first where there are none', async () => {
    const tenant = await addTenant(http)
    const list = `/t/${tenant.id}/service-accounts`
    for (const locale of LOCALES) {
      const admin = (await signIn(http, 'admin', tenant.id)).prefer('locale', locale)
      const { html } = await admin.open(list)
      expect(html).toContain(wordsIn(locale).account.none)
      expect(html).toContain(`href="${list}/new"`)
      expect(html).toContain(`href="${list}/several"`)
    }
  })
})

describe('who may do what', () => {
  it('viewers look and change nothing', async () => {
    const { id, list, account } = await furnished(http)
    const viewer = (await signIn(http, 'viewer', id)).prefer('locale', 'nl')
    const before = await accountsOf(http, id)
    for (const at of [list, `${list}/${account}`]) {
      const { status, html } = await viewer.open(at)
      expect(status).toBe(200)
      expect(html).toContain(nl.site.onlyLook)
      expect(html).not.toMatch(/href="[^"]*\/(new|several)"/)
      expect(html).not.toContain('name="row_version"')
    }
    for (const at of [`${list}/new`, `${list}/several`]) expect((await viewer.open(at)).status).toBe(403)
    const fields = {
      username: 'x',
      email: 'x@shop.example',
      kind: 'full_user',
      provider: 'exact-online',
      lines: 'y; y@y.nl',
    }
    for (const at of [`${list}/new`, `${list}/several`, `${list}/${account}`])
      expect((await viewer.send(at, fields)).status).toBe(403)
    expect(await accountsOf(http, id)).toEqual(before)
  })

  it('the operator may all of it', async () => {
    const { list, account } = await furnished(http)
    const operator = await signIn(http, 'operator')
    const fields = { username: 'by-operator', email: 'x@shop.example', kind: 'full_user', row_version: '1' }
    expect((await operator.send(`${list}/${account}`, fields)).status).toBe(303)
    expect((await operator.open(list)).html).toContain('by-operator')
  })

  it('P34 another tenant’s accounts are as good as none', async () => {
    const [mine, theirs] = [await furnished(http), await furnished(http)]
    const before = await accountsOf(http, theirs.id)
    const random = newId('sva', http.clock, http.ports.random)
    const plain = (html: string) => html.replaceAll(/ten_\w+|sva_\w+|[0-9a-f]{24,}/g, '')
    const fields = { username: 'x', email: 'x@shop.example', kind: 'full_user', row_version: '1' }
    for (const id of [theirs.account, random, 'sva_x']) {
      const at = `${mine.list}/${id}`
      const [shown, sent] = [await mine.admin.open(at), await mine.admin.send(at, fields)]
      expect([shown.status, sent.status]).toEqual([404, 404])
      if (id === theirs.account)
        expect(plain(shown.html)).toBe(plain((await mine.admin.open(`${mine.list}/${random}`)).html))
    }
    for (const at of [theirs.list, `${theirs.list}/new`, `${theirs.list}/several`, `${theirs.list}/${theirs.account}`])
      expect((await mine.admin.open(at)).status).toBe(404)
    expect((await mine.admin.open(mine.list)).html).not.toContain(theirs.account)
    expect(await accountsOf(http, theirs.id)).toEqual(before)
  })

  it('hostile names are shown as they are and do nothing', async () => {
    const { path, list, admin } = await furnished(http)
    const email = '"<b>x</b>"@shop.example'
    const id = await add(http, path, { username: HOSTILE, roles: [HOSTILE], administrations: [HOSTILE] })
    await http.db.update(serviceAccounts).set({ email }).where(eq(serviceAccounts.id, id))
    for (const at of [list, `${list}/${id}`, `${list}?q=${encodeURIComponent(HOSTILE)}`]) {
      const { html } = await admin.open(at)
      expect(html).toContain('&lt;img src=x')
      expect(html).not.toMatch(/<img|<b>x/)
    }
  })
})
