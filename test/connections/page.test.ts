import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ConnectedPageProps, connectedPage } from '../../src/connections/connected-page.tsx'
import { type ConnectPageProps, connectPage, refusedPage } from '../../src/connections/page.tsx'
import { explain, explainWarning } from '../../src/rights/remedy.ts'
import { LOCALES, type Locale, wordsIn } from '../../src/words/words.ts'
import { ALL_FAILURES, FAILURES, missing, OTHER, WARNINGS } from '../words/samples.ts'

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=y>`

const asked: ConnectPageProps = {
  locale: 'nl',
  tenant: 'De Fietsenwinkel BV',
  integration: 'Webshop NL',
  provider: 'Exact Online',
  administration: { number: '1001', name: 'Fietsenwinkel' },
  registration: 'published',
  bookingKinds: ['sales-entry', 'customer'],
  username: null,
  seatedUsernames: ['kassa1', 'psp'],
  startUrl: '/connect/secret/start',
  languageUrl: '/connect/secret?locale=en',
}

const about = { registration: 'published', username: 'webshop', accountancy: null } as const

const connected = (locale: Locale): ConnectedPageProps => ({
  locale,
  integration: 'Webshop NL',
  provider: 'Exact Online',
  administration: { number: '1001', name: 'Fietsenwinkel' },
  username: 'webshop',
  verdict: 'allowed',
  missing: [],
  doubts: [],
  warnings: [],
  checkUrl: '/again',
  doneUrl: 'https://start.exactonline.nl',
})

const denied = (locale: Locale): ConnectedPageProps => ({
  ...connected(locale),
  verdict: 'denied',
  missing: [explain(missing('right_derived', 'Forbidden'), about, wordsIn(locale))],
  doubts: [explain(missing('administration_unproven'), about, wordsIn(locale))],
  warnings: WARNINGS.map(warning => explainWarning(warning, about, wordsIn(locale))),
})

const refused = (locale: Locale, failure = FAILURES.user_already_seated, otherLabel: string | null = 'Kassa 1') =>
  refusedPage({ failure, locale, retryUrl: '/connect/secret', otherLabel })

const pages = (locale: Locale) => [
  connectPage({ ...asked, locale }),
  connectPage({ ...asked, locale, username: 'webshop', seatedUsernames: [], registration: 'self_registered' }),
  connectedPage(connected(locale)),
  connectedPage(denied(locale)),
  connectedPage({ ...denied(locale), verdict: 'unknown', missing: [], checkUrl: null }),
  ...ALL_FAILURES.flatMap(failure =>
    ['/connect/secret', null].map(retryUrl => refusedPage({ failure, locale, retryUrl, otherLabel: null })),
  ),
]

/** What a person reads of a page. */
const text = async (page: ReturnType<typeof connectPage>): Promise<string> =>
  String(await page)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

const PRIMARY = /<(a|button)[^>]* data-primary[^>]*>([^<]*)</g

describe.each(LOCALES)('every page of the connect link in %s', locale => {
  it('has exactly one primary button or link, with words on it and somewhere to go', async () => {
    for (const page of pages(locale)) {
      const html = String(await page)
      expect(html.match(/data-primary/g)).toHaveLength(1)
      const [found] = [...html.matchAll(PRIMARY)]
      expect(found?.[2]?.trim()).not.toBe('')
      expect(found?.[0]).toMatch(/href="[^"]+"/)
    }
  })

  it('says its language, and runs no script and no style of its own', async () => {
    for (const page of pages(locale)) {
      const html = String(await page)
      expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`))
      expect(html).not.toMatch(/<script|<style| style=| on\w+=|undefined|\[object/)
      expect(html).toContain('<link rel="stylesheet" href="/assets/zetel.css"')
      expect(html.match(/<h1>/g)).toHaveLength(1)
    }
  })

  it('EOL-04 shows no bare "Forbidden"', async () => {
    for (const page of pages(locale)) expect(await text(page)).not.toMatch(/forbidden/i)
  })

  it('EOL-11 demands a different, unused user before the log-in starts, and names those not to use', async () => {
    const html = String(await connectPage({ ...asked, locale }))
    const demand = wordsIn(locale).pages.connect.aDifferentUser
    expect(demand).toMatch(
      locale === 'nl' ? /een andere .* nog nergens voor/ : /a different one .* not used for anything yet/,
    )
    expect(html.indexOf(demand)).toBeGreaterThan(0)
    expect(html.indexOf(demand)).toBeLessThan(html.indexOf('data-primary'))
    for (const user of ['kassa1', 'psp']) expect(html).toContain(`<li>${user}</li>`)
  })

  it('EOL-11 says which user has to sign in, when one is named', async () => {
    expect(await text(connectPage({ ...asked, locale, username: 'webshop' }))).toContain("'webshop'")
  })

  it('shows what will be connected with what, and the way to the other language', async () => {
    const html = String(await connectPage({ ...asked, locale }))
    for (const fact of ['De Fietsenwinkel BV', 'Webshop NL', 'Exact Online', '1001 · Fietsenwinkel'])
      expect(html).toContain(fact)
    expect(html).toMatch(/<a href="\/connect\/secret\?locale=en" hreflang/)
    expect(html).toMatch(/href="\/connect\/secret\/start"/)
  })

  it('EOL-02 reports access and rights apart once connected', async () => {
    const shown = async (props: ConnectedPageProps) => (await text(connectedPage(props))).replaceAll(/\s+/g, ' ')
    const [fine, bad] = [await shown(connected(locale)), await shown(denied(locale))]
    const { access, rights, checks } = wordsIn(locale).pages.connected
    expect(fine).toContain(`${access('1001')}: ${checks.fine}`)
    expect(fine).toContain(`${rights('1001')}: ${checks.fine}`)
    expect(bad).toContain(`${access('1001')}: ${checks.unknown}`)
    expect(bad).toContain(`${rights('1001')}: ${checks.missing}`)
  })

  it('EOL-03 EOL-04 EOL-05 EOL-08 DIV-08 DIV-09 explains what is missing, where to mend it and how to find out more', async () => {
    const shown = await text(connectedPage(denied(locale)))
    expect(shown).toContain(wordsIn(locale).rights.name({ resource: 'salesentry/SalesEntries', action: 'POST' }))
    expect(shown).toContain(wordsIn(locale).rights.derived)
    expect(shown).toContain('Administratienaam › Stamgegevens › Gebruikers › Overzicht › webshop › Rechten')
    expect(shown).toContain('Gebruikersnaam › Mijn Exact Online › Rechten › Administratie: Toegangsrechten')
    expect(shown).toMatch(/pop-up/)
    expect(shown).toMatch(/Appmachtigingen .* 'Alle administraties'/)
  })

  it('EOL-09 says that the older connection goes on working, and names it within the same tenant only', async () => {
    const [same, elsewhere] = await Promise.all([
      text(refused(locale)),
      text(
        refusedPage({
          failure: { kind: 'user_already_seated', seatedAt: 'another_tenant' },
          locale,
          retryUrl: '/x',
          otherLabel: 'Kassa 1',
        }),
      ),
    ])
    const works = locale === 'nl' ? /blijft gewoon werken/ : /goes on working/
    for (const shown of [same, elsewhere]) {
      expect(shown).toMatch(works)
      expect(shown).toContain('user_already_seated')
    }
    expect(same).toContain("'Kassa 1'")
    expect(elsewhere).not.toContain('Kassa 1')
  })

  it('escapes hostile names and labels', async () => {
    const hostile = [
      connectPage({
        ...asked,
        locale,
        tenant: HOSTILE,
        integration: HOSTILE,
        provider: HOSTILE,
        administration: { number: HOSTILE, name: HOSTILE },
        username: HOSTILE,
        seatedUsernames: [HOSTILE],
        startUrl: `/"${HOSTILE}`,
      }),
      connectedPage({
        ...denied(locale),
        integration: HOSTILE,
        username: HOSTILE,
        missing: [explain(missing('right_missing', HOSTILE), { ...about, username: HOSTILE }, wordsIn(locale))],
      }),
      refusedPage({
        failure: { kind: 'user_already_seated', seatedAt: OTHER },
        locale,
        retryUrl: `/"${HOSTILE}`,
        otherLabel: HOSTILE,
      }),
      refusedPage({
        failure: { kind: 'wrong_user', expected: HOSTILE, signedIn: HOSTILE },
        locale,
        retryUrl: null,
        otherLabel: null,
      }),
      refusedPage({ failure: { kind: 'code_refused', words: HOSTILE }, locale, retryUrl: null, otherLabel: null }),
    ]
    for (const page of hostile) {
      const html = String(await page)
      expect(html).not.toMatch(/<script|<img/)
      expect(html).toContain('&lt;script&gt;')
      expect(html.match(/ data-primary/g)).toHaveLength(1)
    }
  })
})

describe('the stylesheet', () => {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (a: string, b: string): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
    return (light + 0.05) / (dark + 0.05)
  }
  const stylesheet = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'http', 'assets', 'zetel.css'), 'utf8')
  const schemes = [...stylesheet.matchAll(/:root[^{]*\{([^}]*)\}/g)].map(
    scheme =>
      new Map(
        [...(scheme[1] ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(token => [token[1] ?? '', token[2] ?? '']),
      ),
  )

  it.each([0, 1, 2])('keeps every text readable, light and dark (WCAG AA): scheme %i', index => {
    const colours = schemes[index] ?? new Map<string, string>()
    expect(colours.size).toBe(13)
    const colour = (name: string) => colours.get(name) ?? ''
    for (const ground of ['surface', 'raised'])
      for (const ink of ['ink', 'muted', 'accent', 'healthy', 'attention', 'broken', 'unknown', 'held'])
        expect(contrast(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('on-accent'), colour('accent'))).toBeGreaterThanOrEqual(4.5)
  })
})
