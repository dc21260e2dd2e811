import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { ok } from '../../src/result.ts'
import type { Judged } from '../../src/seats/rpc.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant } from '../support/tenancy.ts'
import { missing } from '../words/samples.ts'

let http: Http
let url: string
let verdict: Pick<Judged, 'verdict' | 'missing'>
beforeAll(async () => {
  http = await startHttp()
  const { path, key, integration } = await addFurnishedTenant(http)
  const link = await http.call('POST', `${path}/integrations/${integration}/connect-links`, {
    key,
    body: { locale: 'en' },
  })
  url = new URL(String(link.body.url)).pathname
  await http.db.run(
    sql`update connect_links set used_at = ${http.clock.at}, browser_hash = ${http.ports.hash('this-browser')}`,
  )
  const about = {
    administration: '1001',
    registration: 'published',
    username: 'till',
    locale: 'en',
    doubts: [],
  } as const
  http.seats.set(integration, { preflight: async () => ok({ ...about, ...verdict, doubts: [] }) })
})
afterAll(() => http.close())

const check = (browser: string) =>
  http.api.app.request(`${url}/check`, { headers: { cookie: `__Host-zetel_browser=${browser}` } })

describe('whoever connected may look again after mending a right', () => {
  it('and sees what is still missing, then that all is well', async () => {
    verdict = { verdict: 'denied', missing: [missing('right_missing')] }
    const before = await (await check('this-browser')).text()
    expect(before).toContain('create sales entries')
    expect(before).toContain(`href="${url}/check"`)
    verdict = { verdict: 'allowed', missing: [] }
    const after = await check('this-browser')
    expect(after.status).toBe(200)
    expect(await after.text()).toContain('All is well')
  })

  it('but nobody in another browser, and nobody a day later', async () => {
    expect((await check('another')).status).toBe(410)
    http.clock.at += DAY
    expect((await check('this-browser')).status).toBe(410)
    http.clock.at -= DAY
    expect((await http.api.app.request('/connect/unknown/check')).status).toBe(404)
  })
})
