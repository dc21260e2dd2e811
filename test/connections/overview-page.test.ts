import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/clock.ts'
import { nl } from '../../src/words/nl.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const admin = (one: Played): Promise<Visitor> => signIn(http, 'admin', one.home.id)
const opened = async (one: Played, query = '', locale: 'nl' | 'en' = 'nl') => {
  const page = await (await admin(one)).prefer('locale', locale).open(`${one.page}${query}`)
  expect(page.status).toBe(200)
  return { html: page.html, text: textOf(page.html) }
}

const MISSING = {
  layer: 'right' as const,
  resource: 'salesentry/SalesEntries',
  action: 'POST' as const,
  administration: '1001',
  cause: 'right_missing' as const,
}

describe.each(LOCALES)('the page of an integration in %s', locale => {
  const words = wordsIn(locale)
  const say = words.connection

  it('that nobody signed in for says so first, and what to do', async () => {
    const { html, text } = await opened(await Played.make(http), '', locale)
    expect(text).toContain(words.states.health.not_connected({ kind: 'not_connected' }).text)
    expect(html).toContain('<a id="next" href="#connect">')
    for (const said of [say.facts.nobody, say.meters.tokenNone, say.meters.consentNone, say.queue.empty])
      expect(text).toContain(said)
    for (const said of [say.recent.empty, say.history.empty, say.rights.cells.closed]) expect(text).toContain(said)
    expect(text).not.toContain(say.rights.cells.no)
    expect(html.match(/data-primary="true"/g)).toHaveLength(1)
  })

  it('that is well says so, with who sits where and how long access and consent still are', async () => {
    const one = await Played.make(http)
    await one.seat()
    const { text, html } = await opened(one, '', locale)
    expect(text).toContain(words.states.health.fine({ kind: 'fine' }).text)
    expect(text).toContain('till@shop.example')
    expect(text).toContain(words.rights.userKinds.full_user)
    expect(text).toContain(`${await one.administration()} · Books`)
    expect(text).toContain(say.facts.from('webshop', 'shopify', 'shop.example'))
    expect(text).toContain(say.meters.tokenAge('3 min', '10 min'))
    const until = words.measures.day(http.clock.at - 180_000 + 30 * DAY, 'Europe/Amsterdam')
    expect(text).toContain(say.meters.consentUntil(until, 30))
    expect(html).toContain('<meter id="meter-token" min="0" max="600" value="180"')
    expect(html).toContain('<meter id="meter-calls" min="0" max="60" value="12"')
    expect(text).toContain(say.meters.callsOf(12, 60))
    expect(html).not.toContain('data-primary')
  })

  it('whose connection broke says since when and what the provider said, once', async () => {
    const one = await Played.make(http)
    const trouble = {
      kind: 'consent_revoked' as const,
      words: 'Token revoked by user',
      since: http.clock.at - 12 * MINUTE,
    }
    await one.seat({ state: 'reconnect_required', trouble })
    const { text, html } = await opened(one, '', locale)
    const said = words.states.troubles.consent_revoked
    expect(text.split(said.text)).toHaveLength(2)
    expect(text).toContain(said.next)
    expect(text).toContain('Token revoked by user')
    expect(text).toContain(words.measures.ago(12 * MINUTE))
    expect(text).toContain(say.actions.connect.who(await accountName(one)))
    expect(html.match(/data-primary="true"/g)).toHaveLength(1)
    expect(text).not.toContain(say.actions.probe.action)
    expect(text).not.toContain(say.actions.transfer.to)
  })

  it('that falters while bookings are held says both', async () => {
    const one = await Played.make(http)
    await one.seat({ state: 'degraded', trouble: { kind: 'token_unclear', words: '', since: http.clock.at - HOUR } })
    await one.transaction({ state: 'held', missing: [MISSING] })
    const { text } = await opened(one, '', locale)
    expect(text).toContain(words.states.health.held({ kind: 'held', count: 1 }).text)
    expect(text).toContain(words.states.troubles.token_unclear.text)
  })

  it('that was disconnected says so, and how to connect again', async () => {
    const one = await Played.make(http)
    await one.connection({ state: 'ended', username: 'till@shop.example', userKind: 'client_user' })
    await one.signal('disconnected', http.clock.at)
    const { text } = await opened(one, '', locale)
    expect(text).toContain(words.states.health.ended({ kind: 'ended' }).text)
    expect(text).toContain(say.facts.nobody)
    expect(text).toContain(say.history.signals.disconnected(null))
    expect(text).toContain(say.actions.connect.who(null))
  })

  it('that has ended can be looked back upon, and no more', async () => {
    const one = await Played.make(http)
    await one.transaction({ reference: 'OLD-1' })
    await http.call('DELETE', `${one.home.path}/integrations/${one.id}`)
    const { text, html } = await opened(one, '', locale)
    expect(text).toContain(say.over(words.measures.day(http.clock.at, 'Europe/Amsterdam')))
    expect(text).toContain('OLD-1')
    expect(html).not.toContain('hx-trigger')
    expect(html).not.toContain(`action="${one.page}`)
  })
})

const accountName = async (one: Played): Promise<string> => {
  const { body } = await http.call('GET', `${one.home.path}/service-accounts/${one.home.account}`)
  return String(body.username)
}

describe('the page of an integration', () => {
  it('says the same of its health as the API', async () => {
    const one = await Played.make(http)
    await one.seat()
    const states = ['failed', 'held', 'uncertain'] as const
    for (const state of states) {
      await one.transaction({ state, reason: { kind: 'no_look_up', words: '' } })
      const { body } = await http.call('GET', `${one.home.path}/integrations/${one.id}/connection`, {
        headers: { 'accept-language': 'nl' },
      })
      const health = body.health as { reason: string; next_step: string }
      const { text } = await opened(one)
      expect(text).toContain(health.reason)
      expect(text).toContain(health.next_step)
    }
  })

  it('forgets what failed more than a day ago', async () => {
    const one = await Played.make(http)
    await one.seat()
    await one.transaction({ state: 'failed', updatedAt: http.clock.at - DAY - 1 })
    expect((await opened(one)).text).toContain(nl.states.health.fine({ kind: 'fine' }).text)
  })

  it('EOL-06 EOL-08 DIV-08 explains each warning, with the provider’s own screens', async () => {
    const one = await Played.make(http)
    const at = http.clock.at - HOUR
    await one.seat({
      userKind: 'client_user',
      warnings: [
        { kind: 'client_user', at },
        { kind: 'administration_not_granted', administration: '2044', at },
      ],
    })
    const { html, text } = await opened(one)
    expect(text).toContain(nl.rights.warnings.client_user({ kind: 'client_user', at }).reason)
    expect(text).toContain('administratie 2044')
    expect(html).toMatch(/<p class="path" lang="nl">Administratienaam › Stamgegevens › Gebruikers › Overzicht<\/p>/)
    expect(html).toContain('Overige: Appmachtigingen')
  })

  it('shows what waits with its age and where it is listed, and why the newest are where they are', async () => {
    const one = await Played.make(http)
    await one.seat()
    await one.transaction({ state: 'held', missing: [MISSING], acceptedAt: http.clock.at - 3 * HOUR })
    await one.transaction({ state: 'held', missing: [MISSING], acceptedAt: http.clock.at - 2 * HOUR })
    await one.transaction({ state: 'queued', acceptedAt: http.clock.at - 5 * MINUTE })
    await one.transaction({
      state: 'failed',
      reason: { kind: 'refused', words: 'Invalid journal' },
      reference: 'BAD-1',
    })
    const { html, text } = await opened(one)
    const filtered = (state: string) => `/t/${one.home.id}/transactions?integration_id=${one.id}&amp;state=${state}`
    for (const state of ['held', 'queued', 'failed']) expect(html).toContain(`href="${filtered(state)}"`)
    expect(text).toMatch(/vastgehouden 2 3 uur geleden/)
    expect(text).toMatch(/in de wachtrij 1 5 min geleden/)
    expect(text).toMatch(/BAD-1 Verkoopboekingen 1 sec geleden Het pakket keurt [^“]*“Invalid journal”/)
    expect(text).toContain("het recht 'Verkoopboekingen aanmaken' in administratie 1001 niet")
  })

  it('shows ten of the newest transactions and no more', async () => {
    const one = await Played.make(http)
    for (let at = 1; at <= 12; at++) await one.transaction({ reference: `N-${at}-` })
    const { text } = await opened(one)
    for (let at = 3; at <= 12; at++) expect(text).toContain(`N-${at}-`)
    for (const at of [1, 2]) expect(text).not.toContain(` N-${at}-`)
  })

  it('has no script or style inline, and no id twice', async () => {
    const one = await Played.make(http)
    await one.seat({ warnings: [{ kind: 'client_user', at: 1 }] })
    await one.hour(1, { delivered: 3 })
    const { html } = await opened(one)
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('shows names as they are, whatever is in them', async () => {
    const one = await Played.make(http)
    const label = '<script>alert(1)</script>" onload="x'
    await http.call('PATCH', `${one.home.path}/integrations/${one.id}`, { body: { label, source: { ref: '<b>ref' } } })
    await one.seat({ username: '<img src=x>' })
    await one.transaction({
      reference: '"><svg onload=1>',
      state: 'failed',
      reason: { kind: 'refused', words: '<i>no' },
    })
    await one.signal('connected', http.clock.at, '<u>user')
    const { html } = await opened(one)
    for (const raw of ['<script>alert', '<b>ref', '<img src=x', '<svg onload', '<i>no', '<u>user'])
      expect(html).not.toContain(raw)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})
