import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runBatch, type Statement } from '../../db/open.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../../src/audit/audit.ts'
import { type AuditEntry, insertAudit } from '../../src/audit/store.ts'
import { newId, type TenantId } from '../../src/id.ts'
import { deleteMember } from '../../src/people/person-store.ts'
import { wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, addTenant, idIn } from '../support/tenancy.ts'

let http: Http
let tenant: TenantId
let path: string
let viewer: Visitor
let admin: Visitor
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  tenant = (await addTenant(http)).id
  path = `/t/${tenant}/settings/audit`
  viewer = (await signIn(http, 'viewer', tenant)).prefer('locale', 'en')
  admin = (await signIn(http, 'admin', tenant)).prefer('locale', 'en')
})
afterAll(() => http.close())

const HOSTILE = '<img src=x onerror=alert(1)>'

const entry = (over: Partial<AuditEntry> = {}, owner = tenant): Statement =>
  insertAudit(http.db, owner, {
    id: newId('aud', http.clock, http.ports.random),
    at: http.clock.now(),
    actor: 'zetel',
    action: 'connection.adopted',
    subject: 'int_x',
    detail: {},
    ...over,
  })
const write = (...over: Partial<AuditEntry>[]) =>
  runBatch(
    http.db,
    over.map(one => entry(one)),
  )

/** The cells of the first row that holds a text. */
function rowWith(html: string, text: string): string[] {
  const row = html.match(/<tr>.*?<\/tr>/gs)?.find(one => one.includes(text) && one.includes('<td')) ?? ''
  return [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
    cell
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

describe('the audit log', () => {
  it.each(['nl', 'en'] as const)('says who did what, when and about what (%s)', async locale => {
    const furnished = await addFurnishedTenant(http)
    const reader = (await signIn(http, 'viewer', furnished.id)).prefer('locale', locale)
    const { setting } = wordsIn(locale)
    const { html } = await reader.open(`/t/${furnished.id}/settings/audit`)
    const made = rowWith(html, furnished.integration)
    expect(made[1]).toContain('test')
    expect(made[2]).toBe(setting.log.actions['integration.created'])
    expect(made[3]).toContain(`Webshop ${furnished.integration}`)
    expect(html).toContain(`href="/t/${furnished.id}/integrations/${furnished.integration}"`)
    expect(rowWith(html, furnished.account)[3]).toMatch(/^till-\d+ sva_/)
    expect(rowWith(html, furnished.apiKey)[4]).toBe(
      `${setting.log.facts.label} sync ${setting.log.facts.scopes} ${setting.keys.scopeNames.read}`,
    )
    expect(rowWith(html, `<code>${furnished.id}`)[1]).toBe(setting.log.actors.operator)
  })

  it.each(['nl', 'en'] as const)('has a sentence for everything that can happen (%s)', async locale => {
    await write(...AUDIT_ACTIONS.map((action): Partial<AuditEntry> => ({ action })))
    const { html } = await viewer.prefer('locale', locale).open(path)
    for (const action of AUDIT_ACTIONS) expect(html).toContain(`>${wordsIn(locale).setting.log.actions[action]}</td>`)
  })

  it('names the key of a tenant by its label, and by how it begins to administrators only', async () => {
    const { html: shown } = await admin.send(`/t/${tenant}/settings/keys`, { label: HOSTILE, 'scopes[]': 'admin' })
    const key = shown.match(/zetel_[A-Za-z0-9_-]{43}/)?.[0] ?? ''
    await http.call('PATCH', `/v1/tenants/${tenant}`, { key, body: { name: 'Renamed' } })
    const [forAdmin, forViewer] = [await admin.open(path), await viewer.open(path)]
    const said = 'API key ‘&lt;img src=x onerror=alert(1)&gt;’'
    expect(rowWith(forAdmin.html, 'changed the details')[1]).toBe(`${said} ${key.slice(0, 12)}`)
    expect(rowWith(forViewer.html, 'changed the details')[1]).toBe(said)
    for (const { html } of [forAdmin, forViewer]) {
      expect(html).not.toContain(key)
      expect(html).not.toContain('<img')
    }
    expect(forViewer.html).not.toContain(key.slice(0, 12))
  })

  it('names people who are members, who were, and who are of the operator', async () => {
    const [gone, operator] = [await signIn(http, 'admin', tenant), await signIn(http, 'operator')]
    await write(
      { actor: `person:${gone.id}`, action: 'price.set' },
      { actor: `person:${operator.id}`, action: 'webhook.created' },
      { actor: `person:${admin.id}`, action: 'member.removed', subject: gone.id },
      { actor: 'link:lnk_x', action: 'connection.active' },
      { actor: `person:${newId('per', http.clock, http.ports.random)}`, action: 'webhook.deleted' },
    )
    await runBatch(http.db, [deleteMember(http.db, tenant, idIn('per', gone.id))])
    const { html } = await viewer.open(path)
    const who = (text: string) => rowWith(html, text)[1]
    expect(who('set a price')).toMatch(/^admin \d+$/)
    expect(who('made a webhook')).toMatch(/^operator \d+$/)
    expect(who('gave consent')).toBe('whoever opened the connect link')
    expect(who('removed a webhook')).toBe('somebody')
    expect(rowWith(html, 'removed a member')[3]).toMatch(/^admin \d+ per_/)
  })

  it('shows only what passes the filter in its address, and leads back to all of it', async () => {
    await write({ subject: 'int_a', action: 'connection.ended' }, { subject: 'int_b', action: 'connection.ended' })
    const shown = async (query: string) => (await viewer.open(`${path}?${query}`)).html
    const both = await shown('action=connection.ended')
    expect([both.includes('int_a'), both.includes('int_b'), both.includes('made this customer</td>')]).toEqual([
      true,
      true,
      false,
    ])
    expect(both).toContain('<option value="connection.ended" selected="">')
    expect(both).toContain(`<a href="${path}">Show the whole log</a>`)
    const one = await shown('action=connection.ended&subject=int_a')
    expect([one.includes('int_a'), one.includes('int_b')]).toEqual([true, false])
    expect(await shown('subject=int_nobody')).toContain('The log says nothing about this.')
    expect(await shown('action=nonsense&cursor=nonsense')).toContain('made this customer</td>')
    const hostile = await shown(`subject=${encodeURIComponent(`">${HOSTILE}`)}`)
    expect(hostile).not.toContain('<img')
    expect(hostile).toContain('&lt;img')
  })

  it('offers no filter on what stands in no tenant’s log', async () => {
    const { html } = await viewer.open(path)
    expect(html).toContain('<option value="tenant.created"')
    expect(html).not.toContain('<option value="provider_app')
  })

  it('goes page by page, the newest first, each entry once, and keeps the filter', async () => {
    const subjects = Array.from({ length: 120 }, (_, at) => `thing-${String(at).padStart(3, '0')}`)
    for (const subject of subjects) {
      http.clock.at += 1
      await write({ subject, action: 'proxy.called' })
    }
    const seen: string[] = []
    let url: string | undefined = `${path}?action=proxy.called`
    while (url !== undefined) {
      const { html }: { html: string } = await viewer.open(url)
      seen.push(...[...html.matchAll(/<code>(thing-\d+)<\/code>/g)].map(([, one = '']) => one))
      url = html.match(/<a class="button quiet" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&')
      if (url !== undefined) expect(url).toContain('action=proxy.called')
    }
    expect(seen).toEqual(subjects.toReversed())
  })

  it('tells what is known of a fact in words, and the rest as it was written', async () => {
    await write(
      { action: 'connection.reconnect_required', detail: { cause: 'chain_expired' } },
      { action: 'member.invited', detail: { role: 'viewer', label: HOSTILE } },
      { action: 'price.set', detail: { unheard_of: 1250, vat: true, note: null } },
    )
    const { html } = await viewer.open(path)
    expect(rowWith(html, 'found the connection broken')[4]).toBe(
      `cause ${wordsIn('en').states.troubles.chain_expired.text}`,
    )
    expect(rowWith(html, 'invited somebody')[4]).toContain('role viewer')
    expect(rowWith(html, 'set a price')[4]).toBe('unheard_of 1,250 vat yes')
    expect(html).not.toContain('<img')
  })

  it('P34 holds nothing of another tenant, and does not exist for a stranger', async () => {
    const other = await addFurnishedTenant(http)
    const stranger = await signIn(http, 'admin', other.id)
    const { html } = await admin.open(`${path}?subject=${other.integration}`)
    expect(html).toContain('The log says nothing about this.')
    // What is named is found in one's own tenant, whatever an entry says.
    const actions: AuditAction[] = ['integration.changed', 'service_account.changed', 'api_key.revoked']
    const subjects = [other.integration, other.account, other.apiKey]
    await write(...subjects.map((subject, at) => ({ subject, action: actions[at] ?? 'tenant.changed' })))
    const row = rowWith((await admin.open(path)).html, other.integration)
    expect(row[3]).toBe(other.integration)
    expect(rowWith((await admin.open(path)).html, other.apiKey)[3]).toBe(other.apiKey)
    expect((await stranger.open(path)).status).toBe(404)
    expect((await stranger.open(`/t/${newId('ten', http.clock, http.ports.random)}/settings/audit`)).status).toBe(404)
  })
})
