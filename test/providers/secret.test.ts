import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../db/schema/health.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { secretOf } from '../../src/connections/secret.ts'
import { newId, type ProviderAppId } from '../../src/id.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addApp, addFurnishedTenant, addTenant, made, newIntegration } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const pathOf = (app: ProviderAppId) => `/v1/provider-apps/${app}/client-secret`

async function kept(app: ProviderAppId): Promise<string> {
  const [row] = await http.db.select().from(providerApps).where(eq(providerApps.id, app))
  if (row === undefined) throw new Error('Not kept')
  return secretOf(http.vault, row)
}

describe('replacing a client secret', () => {
  it('seals the new one in the place of the old, and is written down without it', async () => {
    const app = await addApp(http)
    const answer = await http.call('POST', pathOf(app), { body: { client_secret: 'the-next-secret' } })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await kept(app)).toBe('the-next-secret')
    const [, entry] = await http.db.select().from(audit).where(eq(audit.subject, app))
    expect(entry).toMatchObject({
      tenantId: 'operator',
      action: 'provider_app.secret_replaced',
      actor: expect.stringMatching(/^key:/),
      detail: { provider: 'exact-online', client_id: expect.any(String) },
    })
    expect(JSON.stringify(entry)).not.toContain('the-next-secret')
  })

  it('reaches every seat that works through the app, and no other', async () => {
    const [one, other] = [await addFurnishedTenant(http), await addFurnishedTenant(http)]
    const post = async (label: string) => {
      const body = { ...newIntegration(one.app, other.administration), label }
      return made(await http.call('POST', `${other.path}/integrations`, { body })).id
    }
    const [elsewhere, ended] = [await post('Same app'), await post('Ended')]
    await http.call('DELETE', `${other.path}/integrations/${ended}`)
    http.reloads.length = 0
    await http.call('POST', pathOf(one.app), { body: { client_secret: 'next' } })
    expect(http.reloads.toSorted()).toEqual([one.integration, elsewhere].toSorted())
  })

  it('reports a seat that cannot be reached, and still tells the others', async () => {
    const { app, integration, path, administration } = await addFurnishedTenant(http)
    const second = made(await http.call('POST', `${path}/integrations`, { body: newIntegration(app, administration) }))
    http.seats.set(integration, { reload: () => Promise.reject(new Error('This seat is away')) })
    http.reloads.length = 0
    http.reports.length = 0
    expect((await http.call('POST', pathOf(app), { body: { client_secret: 'next' } })).status).toBe(204)
    expect(http.reloads).toEqual([second.id])
    expect(http.reports).toMatchObject([{ what: expect.stringContaining(integration) }])
    expect(await kept(app)).toBe('next')
  })

  it.each([[{}], [{ client_secret: '' }], [{ client_secret: 'x'.repeat(1_001) }], [{ client_secret: 'x', more: 1 }]])(
    'with %j is refused',
    async body => {
      const app = await addApp(http)
      expect((await http.call('POST', pathOf(app), { body })).status).toBe(422)
      expect(await kept(app)).toBe('the-client-secret')
    },
  )

  it('is for the operator’s administrators, and for an app that exists', async () => {
    const app = await addApp(http)
    const { key } = await addTenant(http)
    const body = { client_secret: 'mine' }
    const reader = await http.key(null, ['read', 'write'])
    expect((await http.call('POST', pathOf(app), { key, body })).status).toBe(403)
    expect((await http.call('POST', pathOf(app), { key: reader, body })).status).toBe(403)
    expect(await kept(app)).toBe('the-client-secret')
    const nobody = newId('app', http.clock, http.ports.random)
    expect((await http.call('POST', pathOf(nobody), { body })).status).toBe(404)
  })
})
