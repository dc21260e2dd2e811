import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DAY, MINUTE } from '../../src/clock.ts'
import { nl } from '../../src/words/nl.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { calmMeters, Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const opened = async (one: Played, query = '') => {
  const admin = await signIn(http, 'admin', one.home.id)
  const { html, status } = await admin.prefer('locale', 'nl').open(`${one.page}${query}`)
  expect(status).toBe(200)
  return { html, text: textOf(html) }
}

describe('the live part of an integration’s page', () => {
  it('shows the seat’s budgets, and until when it waits', async () => {
    const one = await Played.make(http)
    await one.seat()
    const until = http.clock.at + 20 * MINUTE
    one.meters({
      ...calmMeters,
      calls: { sent: 60, waiting: 4, perMinute: 60 },
      pausedUntil: until,
      errors: [{ endpoint: '/api/v1/1001/crm/Accounts', count: 9, blockedUntil: until }],
    })
    const { text, html } = await opened(one)
    const time = nl.measures.time(until, 'Europe/Amsterdam')
    const { meters } = nl.connection
    for (const said of [meters.waiting(4), meters.paused(time), meters.errorsOf(9, 10), meters.blocked(time)])
      expect(text).toContain(said)
    expect(html).toContain('<code>/api/v1/1001/crm/Accounts</code>')
  })

  it('says that budgets are not known when the seat does not answer, and shows all else', async () => {
    const one = await Played.make(http)
    await one.seat()
    one.meters(null)
    const { text } = await opened(one)
    expect(text).toContain(nl.connection.meters.unknown)
    expect(text).toContain('till@shop.example')
    expect(http.reports.at(-1)?.what).toContain(one.id)
  })

  it('says when access or consent is over', async () => {
    const one = await Played.make(http)
    const used = http.clock.at - 31 * DAY
    await one.seat({ accessExpiresAt: used + 10 * MINUTE, lastRefreshAt: used })
    const { text } = await opened(one)
    expect(text).toContain(nl.connection.meters.tokenOver)
    expect(text).toContain(nl.connection.meters.consentOver(nl.measures.day(used + 30 * DAY, 'Europe/Amsterdam')))
  })

  it('refreshes what changes by itself, and nothing that holds a form', async () => {
    const one = await Played.make(http)
    await one.seat()
    const { html } = await opened(one, '?day=2026-01-01')
    const [live = ''] = /<div id="now"[\s\S]*?<section id="timeline"/.exec(html) ?? []
    expect(live).toContain(`hx-get="${one.page}"`)
    expect(live).toContain('hx-trigger="every 10s" hx-select="#now" hx-target="#now" hx-swap="outerHTML"')
    expect(live).toContain('meter-token')
    expect(live).toContain('queue-all')
    expect(live).not.toMatch(/<form|<input|<button|<details/)
  })

  it('takes three round trips to the database with all below it, two of them at once', async () => {
    const one = await Played.make(http)
    await one.seat()
    const admin = await signIn(http, 'admin', one.home.id)
    const asked = vi.spyOn(globalThis, 'fetch')
    await admin.open(one.page)
    expect(asked).toHaveBeenCalledTimes(3)
    asked.mockRestore()
  })
})
