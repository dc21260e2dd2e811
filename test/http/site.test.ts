import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { line } from '../../src/http/fields.ts'
import { newId, type TenantId } from '../../src/id.ts'
import { fail, ok } from '../../src/result.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'

let http: Http
let tenant: TenantId
let admin: Visitor
let viewer: Visitor
let acted: string[] = []
beforeAll(async () => {
  http = await startHttp()
  const { site } = http
  const body = z.strictObject({ label: line(20), kind: z.enum(['a', 'b']) })
  const view = (text: string) => ({ title: 'Test', place: null, body: text })
  site.page({ path: '/t/{tenant}/test', may: 'read' }, async visit => ok(view(`here is ${visit.tenant.name}`)))
  site.form(
    { path: '/t/{tenant}/test', may: 'write', body },
    async visit => {
      acted.push(visit.body.label)
      return visit.body.label === 'taken'
        ? fail({ kind: 'changed_meanwhile' })
        : ok({ to: '/t/elsewhere', told: 'saved' })
    },
    async (_visit, state) =>
      ok(view(`again ${state.value('label')} ${state.error('kind') ?? ''} ${state.refusal?.code ?? ''}`)),
  )
  tenant = (await addTenant(http)).id
  admin = await signIn(http, 'admin', tenant)
  viewer = await signIn(http, 'viewer', tenant)
})
afterAll(() => http.close())

const path = () => `/t/${tenant}/test`
const good = { label: 'Webshop', kind: 'a' }

describe('a page', () => {
  it('is shown to members, within a frame and a policy that allows nothing inline', async () => {
    const { status, html, headers } = await viewer.open(path())
    expect(status).toBe(200)
    expect(html).toContain('here is Tenant')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/)
  })

  it('P34 of another tenant is refused exactly as one of no tenant', async () => {
    const stranger = await signIn(http, 'admin', (await addTenant(http)).id)
    const nobody = newId('ten', http.clock, http.ports.random)
    const without = (html: string) => html.replaceAll(/ten_\w+|[0-9a-f]{24,}/g, '')
    const answers = await Promise.all([tenant, nobody, 'ten_OIL'].map(id => stranger.open(`/t/${id}/test`)))
    for (const { status, html } of answers) {
      expect(status).toBe(404)
      expect(without(html)).toBe(without(answers[0]?.html ?? ''))
    }
  })

  it('leads whoever is not signed in to signing in, and back', async () => {
    const answer = await http.api.app.request(path())
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(`/sign-in?return_to=${encodeURIComponent(path())}`)
  })

  it('that refreshes itself leads there as a whole', async () => {
    const answer = await http.api.app.request(path(), { headers: { 'hx-request': 'true' } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('hx-redirect')).toContain('/sign-in')
  })

  it('speaks the language that was chosen, and tells times in the reader’s zone', async () => {
    const reader = await signIn(http, 'viewer', tenant)
    expect((await reader.prefer('locale', 'nl').open(path())).html).toContain('<html lang="nl"')
    expect((await reader.prefer('locale', 'en').open(path())).html).toContain('<html lang="en"')
    expect((await reader.prefer('zone', 'America/New_York').open('/account')).html).toContain('America/New_York')
    expect((await reader.prefer('zone', 'Nowhere/<b>').open('/account')).html).toContain('Europe/Amsterdam')
  })
})

describe('a session', () => {
  const seenAt = async (visitor: Visitor) => {
    const [row] = await http.db.all<{ seen_at: number }>(
      sql`select seen_at from sessions where person_id = ${visitor.id}`,
    )
    return row?.seen_at
  }

  it('lasts while it is used, and no longer than its limits', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    const start = http.clock.at
    for (let hour = 1; hour < 12; hour++) {
      http.clock.at = start + hour * HOUR
      expect((await someone.open(path())).status, `after ${hour} hours`).toBe(200)
    }
    http.clock.at = start + 12 * HOUR
    expect((await someone.open(path())).status).toBe(302)
    http.clock.at = start
  })

  it('ends after two hours without a page', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    http.clock.at += 2 * HOUR
    expect((await someone.open(path())).status).toBe(302)
    http.clock.at -= 2 * HOUR
  })

  it('is not kept alive by a page that refreshes itself', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    const before = await seenAt(someone)
    http.clock.at += 10 * MINUTE
    await someone.open(path(), { 'hx-request': 'true' })
    expect(await seenAt(someone)).toBe(before)
    await someone.open(path())
    expect(await seenAt(someone)).toBe(http.clock.at)
  })

  it('is kept as a hash: the cookie itself stands nowhere', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    const rows = JSON.stringify(await http.db.all(sql`select * from sessions`))
    expect(rows).toContain(someone.id)
    expect(rows).not.toContain('session-')
  })

  it('ends everywhere at once', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    const page = await someone.send('/account/sign-out-everywhere')
    expect(page.location).toBe('/sign-in?left')
    expect((await someone.open(path())).status).toBe(302)
    expect(await seenAt(someone)).toBeUndefined()
  })

  it('ends with signing out, and only by a form of ours', async () => {
    const someone = await signIn(http, 'viewer', tenant)
    await someone.send('/sign-out', { csrf: 'guessed' })
    expect((await someone.open(path())).status).toBe(200)
    expect((await someone.send('/sign-out')).location).toBe('/sign-in?left')
    expect((await someone.open(path())).status).toBe(302)
  })
})

describe('a form', () => {
  it('acts, leads on, and tells so once', async () => {
    const sent = await admin.send(path(), good)
    expect(sent).toMatchObject({ status: 303, location: '/t/elsewhere' })
    expect((await admin.open(path())).html).toContain('Saved.')
    expect((await admin.open(path())).html).not.toContain('Saved.')
  })

  it('P43 sent twice acts once and answers the same', async () => {
    acted = []
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.send(path(), { ...good, form_key: 'one-form' })))
    expect(acted).toEqual(['Webshop'])
    expect(answers.filter(answer => answer.status === 303).length).toBeGreaterThanOrEqual(1)
    expect(answers.every(answer => answer.status === 303 || answer.status === 409)).toBe(true)
    expect((await admin.send(path(), { ...good, form_key: 'one-form' })).location).toBe('/t/elsewhere')
    expect(acted).toEqual(['Webshop'])
  })

  it('is refused without its secret, with another’s, and from another site', async () => {
    acted = []
    const answers = [
      await admin.send(path(), { ...good, csrf: '' }),
      await admin.send(path(), { ...good, csrf: viewer.csrf }),
      await admin.send(path(), good, { origin: 'https://evil.example' }),
      await admin.send(path(), good, { 'sec-fetch-site': 'same-site' }),
      await admin.send(path(), good, { 'sec-fetch-site': 'cross-site', origin: 'https://zetel.test' }),
    ]
    for (const { status, html } of answers) {
      expect(status).toBe(403)
      expect(html).toContain('form_outdated')
    }
    expect(acted).toEqual([])
  })

  it('is refused to who may only look', async () => {
    const { status, html } = await viewer.send(path(), good)
    expect(status).toBe(403)
    expect(html).toContain('role_missing')
  })

  it('is shown again with what was typed and what is wrong', async () => {
    const { status, html } = await admin.send(path(), { label: 'My <shop>' })
    expect(status).toBe(422)
    expect(html).toContain('again My &lt;shop&gt; This field is mandatory.')
  })

  it('is shown again when what it asks is refused', async () => {
    const { status, html } = await admin.send(path(), { label: 'taken', kind: 'b' })
    expect(status).toBe(409)
    expect(html).toContain('again taken  changed_meanwhile')
  })

  it('refuses a body that is too large', async () => {
    expect((await admin.send(path(), { label: 'x'.repeat(1_100_000) })).status).toBe(413)
  })
})
