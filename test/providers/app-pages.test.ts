import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { secretOf } from '../../src/connections/secret.ts'
import { newId, type ProviderAppId } from '../../src/id.ts'
import { exactOnline } from '../../src/providers/exact-online/exact-online.ts'
import { wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, addTenant, idIn } from '../support/tenancy.ts'

let http: Http
let operator: Visitor
beforeAll(async () => {
  http = await startHttp({ loopbackAllowed: false })
  operator = (await signIn(http, 'operator')).prefer('locale', 'en')
})
afterAll(() => http.close())

const CANARY = 'canary-secret-0123456789'
let count = 0
const typed = (over: Record<string, string> = {}) => ({
  provider: 'exact-online',
  base_url: 'https://start.exactonline.nl',
  client_id: `page-client-${++count}`,
  client_secret: CANARY,
  registration: 'published',
  scopes: '',
  calls_per_minute: '',
  ...over,
})

const appById = async (id: ProviderAppId) => {
  const [row] = await http.db.select().from(providerApps).where(eq(providerApps.id, id))
  if (row === undefined) throw new Error('Not kept')
  return row
}

/** Register an app on the page. */
async function register(fields: Record<string, string> = typed()): Promise<ProviderAppId> {
  const { location, html } = await operator.send('/provider-apps', fields)
  expect(location, html).toMatch(/^\/provider-apps\/app_/)
  return idIn('app', location?.replace('/provider-apps/', ''))
}

describe('the provider apps', () => {
  it('say what to do first, with the address to enter at the provider', async () => {
    const empty = await startHttp()
    const first = await signIn(empty, 'operator')
    for (const locale of ['nl', 'en'] as const) {
      const { html } = await first.prefer('locale', locale).open('/provider-apps')
      expect(html).toContain(wordsIn(locale).setting.apps.none)
      expect(html).toContain('data-copy="https://zetel.test/oauth/callback"')
    }
    await empty.close()
  })

  it('are registered with their secret sealed', async () => {
    const scopes = 'financial.accounting, organization.administration\r\n  crm.accounts financial.accounting'
    const id = await register(typed({ base_url: 'https://START.exactonline.nl/', scopes, calls_per_minute: '120' }))
    const row = await appById(id)
    expect(row).toMatchObject({
      baseUrl: 'https://start.exactonline.nl',
      registration: 'published',
      scopes: ['financial.accounting', 'organization.administration', 'crm.accounts'],
      callsPerMinute: 120,
    })
    expect(await secretOf(http.vault, row)).toBe(CANARY)
    const entries = await http.db.select().from(audit).where(eq(audit.subject, id))
    expect(entries).toMatchObject([
      { tenantId: 'operator', action: 'provider_app.created', actor: `person:${operator.id}` },
    ])
  })

  it('take what was left empty as not said', async () => {
    expect(await appById(await register())).toMatchObject({ scopes: [], callsPerMinute: null })
  })

  it.each([
    [{ base_url: 'http://localhost:8080' }, 'base_url'],
    [{ base_url: 'https://start.exactonline.nl/api' }, 'base_url'],
    [{ base_url: '' }, 'base_url'],
    [{ provider: 'yuki' }, 'provider'],
    [{ registration: 'draft' }, 'registration'],
    [{ registration: '' }, 'registration'],
    [{ scopes: `good\n${'x'.repeat(201)}` }, 'scopes'],
    [{ client_id: '' }, 'client_id'],
    [{ client_secret: '' }, 'client_secret'],
    [{ client_secret: `${CANARY}${'x'.repeat(1_000)}` }, 'client_secret'],
    [{ calls_per_minute: '0' }, 'calls_per_minute'],
    [{ calls_per_minute: '1.5' }, 'calls_per_minute'],
    [{ calls_per_minute: 'many' }, 'calls_per_minute'],
  ])('with %j are refused at the field, with all kept but the secret', async (deviation, field) => {
    const fields = typed(deviation)
    const { status, html } = await operator.send('/provider-apps', fields)
    expect(status).toBe(422)
    expect(html).toContain(`href="#f-${field}"`)
    expect(html).toContain(`id="f-${field}"`)
    expect(html).toMatch(new RegExp(`id="f-${field}-error"|<fieldset class="field wrong"`))
    if (fields.client_id !== '') expect(html).toContain(`value="${fields.client_id}"`)
    expect(html).not.toContain(CANARY)
    expect(await http.db.$count(providerApps, eq(providerApps.clientId, fields.client_id))).toBe(0)
  })

  it('are registered once for a client', async () => {
    const fields = typed()
    await register(fields)
    const { status, html } = await operator.send('/provider-apps', { ...fields, client_secret: CANARY })
    expect(status).toBe(409)
    expect(html).toContain('already_exists')
    expect(html).not.toContain(CANARY)
    expect(await http.db.$count(providerApps, eq(providerApps.clientId, fields.client_id))).toBe(1)
  })

  it('suggest every address at which the package answers', async () => {
    const { html } = await operator.open('/provider-apps')
    expect(html).toContain('list="hosts"')
    for (const host of Object.values(exactOnline.definition.hosts)) expect(html).toContain(`<option value="${host}">`)
  })

  it.each(['nl', 'en'] as const)('DIV-12 never offer a self-registered app without its effect (%s)', async locale => {
    const id = await register(typed({ registration: 'self_registered' }))
    const { registrationTexts } = wordsIn(locale).setting.apps
    expect(registrationTexts.self_registered).toMatch(locale === 'nl' ? /elke administratie/ : /every administration/)
    const reader = operator.prefer('locale', locale)
    for (const path of ['/provider-apps', `/provider-apps/${id}`])
      expect((await reader.open(path)).html).toContain(registrationTexts.self_registered)
    operator.prefer('locale', 'en')
  })

  it('say how many integrations work through them, and how many calls a minute they may make', async () => {
    const { app, path, integration } = await addFurnishedTenant(http)
    const used = async () => (await operator.open(`/provider-apps/${app}`)).html.match(/(\d+) integrations?</)?.[1]
    expect(await used()).toBe('1')
    const { html } = await operator.open('/provider-apps')
    expect(html).toMatch(new RegExp(`<a href="/provider-apps/${app}">.*?60, as usual.*?1 integration<`, 's'))
    await http.call('DELETE', `${path}/integrations/${integration}`)
    expect(await used()).toBe('0')
  })

  it('show hostile names as text', async () => {
    const id = await register(typed({ client_id: '<img src=x>', scopes: '<script>' }))
    for (const path of ['/provider-apps', `/provider-apps/${id}`]) {
      const { html } = await operator.open(path)
      expect(html).toContain('&lt;img src=x&gt;')
      expect(html).not.toMatch(/<img|<script>/)
    }
  })
})

describe('the client secret of a provider app', () => {
  it('is replaced on its page, which never shows it', async () => {
    const id = await register()
    const before = await operator.open(`/provider-apps/${id}`)
    expect(before.html).toContain('type="password"')
    const path = `/provider-apps/${id}/client-secret`
    const next = `${CANARY}-next`
    const sent = await operator.send(path, { client_secret: next })
    expect(sent).toMatchObject({ status: 303, location: `/provider-apps/${id}` })
    expect(await secretOf(http.vault, await appById(id))).toBe(next)
    const entries = await http.db.select().from(audit).where(eq(audit.subject, id))
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['provider_app.created', `person:${operator.id}`],
      ['provider_app.secret_replaced', `person:${operator.id}`],
    ])
    const after = await operator.open(`/provider-apps/${id}`)
    const seen = [
      before,
      sent,
      after,
      await operator.open('/provider-apps'),
      await http.call('GET', '/v1/provider-apps'),
    ]
    expect(JSON.stringify([seen, entries, http.reports])).not.toContain(CANARY)
    expect(Buffer.from((await appById(id)).sealedSecret).toString('latin1')).not.toContain(CANARY)
  })

  it('is not replaced by nothing, nor by what cannot be one', async () => {
    const id = await register()
    for (const client_secret of ['', `${CANARY}\u0007`]) {
      const { status, html } = await operator.send(`/provider-apps/${id}/client-secret`, { client_secret })
      expect(status).toBe(422)
      expect(html).toContain('id="f-client_secret-error"')
      expect(html).not.toContain(CANARY)
    }
    expect(await secretOf(http.vault, await appById(id))).toBe(CANARY)
  })

  it('of an app that does not exist is refused as such', async () => {
    const nobody = newId('app', http.clock, http.ports.random)
    expect((await operator.open(`/provider-apps/${nobody}`)).status).toBe(404)
    const sent = await operator.send(`/provider-apps/${nobody}/client-secret`, { client_secret: CANARY })
    expect(sent.status).toBe(404)
    expect(sent.html).not.toContain(CANARY)
  })
})

describe('members of a tenant', () => {
  it('see and change no provider app', async () => {
    const id = await register()
    const { id: tenant } = await addTenant(http)
    for (const role of ['admin', 'viewer'] as const) {
      const member = await signIn(http, role, tenant)
      const answers = [
        await member.open('/provider-apps'),
        await member.open(`/provider-apps/${id}`),
        await member.send('/provider-apps', typed()),
        await member.send(`/provider-apps/${id}/client-secret`, { client_secret: 'mine' }),
      ]
      for (const { status, html } of answers) {
        expect(status).toBe(403)
        expect(html).not.toContain(CANARY)
      }
    }
    expect(await secretOf(http.vault, await appById(id))).toBe(CANARY)
  })
})
