import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { HOUR } from '../../src/clock.ts'
import type { Observation } from '../../src/rights/standing.ts'
import { nl } from '../../src/words/nl.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
  http.clock.at = Date.parse('2026-11-25T08:30:00Z')
})
afterAll(() => http.close())

const opened = async (one: Played, query = '', zone = 'Europe/Amsterdam') => {
  const viewer = await signIn(http, 'viewer', one.home.id)
  const page = await viewer.prefer('locale', 'nl').prefer('zone', zone).open(`${one.page}${query}`)
  expect(page.status).toBe(200)
  return { html: page.html, text: textOf(page.html) }
}

/** The classes of the bars, the oldest first. */
const bars = (html: string): string[] =>
  [...html.matchAll(/<a class="(\w+)(?: chosen)?" href="[^"]*\?day=/g)].map(([, worst]) => worst ?? '')

describe('the timeline', () => {
  it('has a bar for each of 30 days in the colour of its worst, the same in words and in a table', async () => {
    const one = await Played.make(http)
    await one.hour(1, { delivered: 12 })
    await one.hour(30, { delivered: 2, held: 1 })
    await one.hour(50, { troubles: 1, delivered: 3 })
    await one.hour(40 * 24, { troubles: 9 })
    const { html, text } = await opened(one)
    expect(bars(html)).toEqual([...Array(27).fill('none'), 'broken', 'attention', 'healthy'])
    const said = nl.connection.timeline.summary('25 nov 2026', { delivered: 12, failed: 0, held: 0, troubles: 0 })
    expect(html).toContain(`<title>${said} (alles geleverd)</title>`)
    expect(html).toContain(`aria-label="${said} (alles geleverd)"`)
    expect(text).toMatch(/23 nov 2026 : storing 3 0 0 1/)
  })

  it('has bars as high as what was delivered, and none without anything', async () => {
    const one = await Played.make(http)
    await one.hour(1, { delivered: 100 })
    await one.hour(26, { delivered: 50 })
    await one.hour(50, { failed: 1 })
    const heights = [...(await opened(one)).html.matchAll(/<rect class="bar"[^>]* height="(\d+)"/g)].map(([, px]) => px)
    expect(heights.slice(-4)).toEqual(['1', '4', '40', '80'])
  })

  it('begins its days where the reader is', async () => {
    const one = await Played.make(http)
    await one.hour(10, { delivered: 7 }) // 2026-11-24 22:00 UTC
    const day = async (zone: string) => bars((await opened(one, '', zone)).html).lastIndexOf('healthy')
    expect(await day('Europe/Amsterdam')).toBe(28)
    expect(await day('Asia/Tokyo')).toBe(29)
  })

  it('shows the hours of a chosen day without scripts', async () => {
    const one = await Played.make(http)
    await one.hour(31, { delivered: 4, held: 2 }) // 2026-11-24 01:00 UTC
    const { html, text } = await opened(one, '?day=2026-11-24')
    expect(text).toContain(nl.connection.timeline.hoursOf('24 nov 2026'))
    expect(text).toMatch(/02:00 : vastgehouden of mislukt 4 0 2 0/)
    const [, hours = ''] = html.split('id="day"')
    expect(hours.split('</table>')[0]?.match(/<tr>/g)).toHaveLength(25)
    expect(html).toContain('aria-current="true"')
  })

  it.each(['2026-01-01', '2026-13-45', '<b>', ''])('shows no hours for a day it has not: %j', async day => {
    const { html } = await opened(await Played.make(http), `?day=${encodeURIComponent(day)}`)
    expect(html).not.toContain('id="day"')
  })
})

describe('the rights', () => {
  const POST = { resource: 'salesentry/SalesEntries', action: 'POST' as const }
  const learned = async (one: Played, observation: Observation, administration: string) => {
    const ids = { tenantId: one.home.id, integrationId: one.id }
    await http.db
      .insert(schema.rights)
      .values({ ...ids, administration, ...POST, observation, observedAt: http.clock.at })
  }
  const rowOf = (html: string): string => textOf(`<main${/<tr><th scope="row">[\s\S]*?<\/tr>/.exec(html)?.[0]}`)

  it('EOL-03 are rows in plain words with the literal resource, against the administrations within reach', async () => {
    const one = await Played.make(http)
    const own = await one.administration()
    await one.seat({ reach: [own, '2044'] })
    await learned(one, { by: 'probe', answer: 'yes' }, own)
    const { html, text } = await opened(one)
    expect(text).toContain(`Administratie ${own} Administratie 2044`)
    expect(rowOf(html)).toContain(
      'Verkoopboekingen aanmaken POST salesentry/SalesEntries verkoopboekingen is er niet zeker',
    )
    expect(html).toContain('<section class="scroll"')
  })

  it('EOL-05 are missing where a booking was refused, with the provider’s words and how to mend it', async () => {
    const one = await Played.make(http)
    const own = await one.administration()
    await one.seat()
    const words = 'Forbidden - You are not authorised to access this endpoint'
    await learned(one, { by: 'delivery', layer: 'right', cause: 'right_missing', words, probed: null }, own)
    const { html, text } = await opened(one)
    expect(rowOf(html)).toContain('ontbreekt')
    expect(text).toContain(nl.pages.connected.whatIsMissing)
    expect(text).toContain(words)
    expect(html).toContain(
      '<p class="path" lang="nl">Administratienaam › Stamgegevens › Gebruikers › Overzicht › till@',
    )
  })
})

describe('the history', () => {
  it('says each event in words with what the provider said, and what is routine in one line', async () => {
    const one = await Played.make(http)
    const at = (minutes: number) => http.clock.at - minutes * 60_000
    await one.signal('connected', at(100), 'kassa1')
    for (const minutes of [90, 80, 70]) await one.signal('refreshed', at(minutes))
    await one.signal('reconnect_required', at(60), 'Old refresh token used')
    const { text } = await opened(one)
    const [, history = ''] = text.split('Wat er gebeurde ')
    expect(history).toMatch(/^25 nov 2026, 08:30 De verbinding brak.*“Old refresh token used”/)
    expect(history).toContain('25 nov 2026, 08:00 tot 25 nov 2026, 08:20 Toegang verlengd: 3 keer')
    expect(history).toContain("25 nov 2026, 07:50 Ingelogd als 'kassa1'.")
  })

  it('is paged from the newest to the oldest, with nothing twice or left out', async () => {
    const one = await Played.make(http)
    for (let at = 1; at <= 230; at++) await one.signal('connected', http.clock.at - at * HOUR, `user-${at}-`)
    const seen: string[] = []
    let query: string | null = ''
    for (let page = 0; query !== null && page < 9; page++) {
      const { html } = await opened(one, query.replaceAll('&amp;', '&'))
      seen.push(...[...html.matchAll(/user-(\d+)-/g)].map(([, at]) => at ?? ''))
      query = /href="[^"?]*(\?before=[^"#]*)/.exec(html)?.[1] ?? null
      expect(html.includes(`href="${one.page}#history"`)).toBe(page > 0)
    }
    expect(seen).toEqual([...Array(230).keys()].map(at => String(at + 1)))
  })

  it('begins at the newest for a place that makes no sense', async () => {
    const one = await Played.make(http)
    await one.signal('connected', http.clock.at, 'kassa1')
    expect((await opened(one, '?before=nonsense')).text).toContain('kassa1')
  })
})
