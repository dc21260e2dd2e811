import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { apiKeys } from '../../db/schema/tenants.ts'
import { type ApiKeyId, newId, type TenantId } from '../../src/id.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addTenant, idIn, made } from '../support/tenancy.ts'

let http: Http
let tenant: TenantId
let path: string
let admin: Visitor
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  tenant = idIn('ten', made(await http.call('POST', '/v1/tenants', { body: { name: 'Bakker', locale: 'nl' } })).id)
  path = `/t/${tenant}/settings/keys`
  admin = (await signIn(http, 'admin', tenant)).prefer('locale', 'en')
})
afterAll(() => http.close())

const KEY = /zetel_[A-Za-z0-9_-]{43}/
const fields = { label: '<b>Webshop</b>', 'scopes[]': ['read', 'transactions'] }

const rowOf = async (label: string) => {
  const rows = await http.db.select().from(apiKeys).where(eq(apiKeys.tenantId, tenant))
  return rows.find(row => row.label === label)
}

/** Make a key on the page; gives its id and itself. */
async function makeKey(sent: Record<string, string | string[]> = fields): Promise<{ id: ApiKeyId; key: string }> {
  const { status, html } = await admin.send(path, sent)
  expect(status, html).toBe(200)
  return { id: idIn('key', (await rowOf(String(sent.label)))?.id), key: html.match(KEY)?.[0] ?? '' }
}

describe('the API keys of a tenant', () => {
  it('are made with a label and scopes, and work', async () => {
    const { id, key } = await makeKey()
    expect(await rowOf(fields.label)).toMatchObject({ scopes: ['read', 'transactions'], prefix: key.slice(0, 12) })
    expect((await http.call('GET', `/v1/tenants/${tenant}`, { key })).status).toBe(200)
    expect((await http.call('GET', `/v1/tenants/${tenant}/api-keys`, { key })).status).toBe(403)
    const entries = await http.db.select().from(audit).where(eq(audit.subject, id))
    expect(entries).toMatchObject([{ action: 'api_key.created', actor: `person:${admin.id}`, tenantId: tenant }])
  })

  it('are shown once: no page shows one again, nor its hash', async () => {
    const { key } = await makeKey()
    const { html } = await admin.open(path)
    expect(html).toContain(key.slice(0, 12))
    expect(html).toContain('&lt;b&gt;Webshop&lt;/b&gt;')
    const pages = [html, (await admin.open(`/t/${tenant}/settings/audit`)).html]
    for (const page of pages) {
      expect(page).not.toContain(key)
      expect(page).not.toContain(http.ports.hash(key))
      expect(page).not.toContain('<b>Webshop')
    }
  })

  it('P43 are made once by a form that is sent twice, which shows the same key', async () => {
    const sent = { ...fields, label: 'twice', form_key: 'the-form' }
    const [first, second] = [await makeKey(sent), await makeKey(sent)]
    expect(second).toEqual(first)
    const rows = await http.db.select().from(apiKeys).where(eq(apiKeys.tenantId, tenant))
    expect(rows.filter(row => row.label === 'twice')).toHaveLength(1)
  })

  it.each([
    [{ label: '', 'scopes[]': ['read'] }, 'f-label'],
    [{ label: 'x' }, 'f-scopes'],
    [{ label: 'x', 'scopes[]': ['everything'] }, 'f-scopes'],
    [{ label: 'x', 'scopes[]': ['read', 'read'] }, 'f-scopes'],
  ])('are refused with %j, at the field', async (sent, at) => {
    const { status, html } = await admin.send(path, sent)
    expect(status).toBe(422)
    expect(html).toContain(`href="#${at}"`)
    expect(html).toMatch(new RegExp(`id="${at}(--)?-error"|class="field wrong"`))
    expect(html).not.toMatch(KEY)
    expect(await rowOf('x')).toBeUndefined()
  })

  it('are revoked at once, which is written down once', async () => {
    const { id, key } = await makeKey()
    const ask = async () => (await http.call('GET', `/v1/tenants/${tenant}`, { key })).status
    expect(await ask()).toBe(200)
    expect((await admin.open(path)).html).toContain('is refused within ten seconds')
    const revoked = await Promise.all([1, 2, 3].map(() => admin.send(`${path}/${id}/revoke`)))
    for (const { status, location } of revoked) expect([status, location]).toEqual([303, path])
    expect(await ask()).toBe(401)
    const { html } = await admin.open(path)
    expect(html).toContain('revoked, ')
    expect(html).not.toContain(`action="${path}/${id}/revoke"`)
    const entries = await http.db.select().from(audit).where(eq(audit.subject, id))
    expect(entries.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked'])
  })

  it.each(['nl', 'en'])('say what each scope allows (%s)', async locale => {
    const { html } = await admin.prefer('locale', locale).open(path)
    const said = locale === 'nl' ? 'Lezen en inrichten horen erbij.' : 'Reading and setting up come with it.'
    expect(html).toContain(said)
    expect(html).toContain(locale === 'nl' ? 'Er is nog geen sleutel.' : 'There is no key yet.')
  })

  it('are for administrators only: who may only look does not even see how one begins', async () => {
    const { id, key } = await makeKey()
    const viewer = await signIn(http, 'viewer', tenant)
    const answers = [
      await viewer.open(path),
      await viewer.send(path, fields),
      await viewer.send(`${path}/${id}/revoke`),
    ]
    for (const { status, html } of answers) {
      expect(status).toBe(403)
      expect(html).not.toContain(key.slice(0, 12))
    }
    expect((await http.call('GET', `/v1/tenants/${tenant}`, { key })).status).toBe(200)
  })

  it('hold none of the operator', async () => {
    const { html } = await (await signIn(http, 'operator')).open(path)
    expect(html).not.toContain(http.operatorKey.slice(0, 12))
  })

  it('P34 of another tenant are as unknown as random ones', async () => {
    const { id, key } = await makeKey()
    const elsewhere = (await addTenant(http)).id
    const stranger = await signIn(http, 'admin', elsewhere)
    const nobody = newId('key', http.clock, http.ports.random)
    for (const at of [id, nobody]) {
      expect((await stranger.send(`/t/${elsewhere}/settings/keys/${at}/revoke`)).status).toBe(404)
      expect((await stranger.send(`${path}/${at}/revoke`)).status).toBe(404)
    }
    expect((await stranger.open(path)).status).toBe(404)
    expect((await stranger.open(`/t/${elsewhere}/settings/keys`)).html).not.toContain(key.slice(0, 12))
    expect((await http.call('GET', `/v1/tenants/${tenant}`, { key })).status).toBe(200)
  })
})
