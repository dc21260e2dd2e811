import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onboardings } from '../../db/schema/onboarding.ts'
import { type IntegrationId, newId, type ServiceAccountId, type TenantId } from '../../src/id.ts'
import { NOTHING_YET } from '../../src/onboarding/onboarding.ts'
import { LOCALES, type Locale, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'
import { exposed, linksIn, parts, plain, rowsOf, within } from './backing-seen.ts'
import { BROKEN, CLIENT, HEALTHY, World } from './backing-world.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

/** The tenant of the picture in the issue, with users on none of its seats besides. */
async function shop() {
  const world = await World.start(http)
  const nl = await world.integration('Webshop NL')
  const be = await world.integration('Webshop BE', 'webshop', '2002')
  const till = await world.integration('Kassa Centrum', 'pos')
  const mollie = await world.integration('Mollie', 'psp')
  const account = await world.account('koppeling.nl@shop.example', { price: 1_500 })
  const client = await world.account('kassa1@shop.example', { kind: 'client_user' })
  const psp = await world.account('psp@shop.example')
  const free = await world.account('admin2@shop.example')
  await world.sit(nl, account, HEALTHY)
  await world.sit(till, client, CLIENT)
  await world.sit(mollie, psp, BROKEN)
  return { world, path: `/t/${world.tenant}`, nl, be, till, mollie, account, client, psp, free }
}

describe('the page of a tenant', () => {
  let made: Awaited<ReturnType<typeof shop>>
  let admin: Visitor
  let viewer: Visitor
  const open = async (visitor: Visitor, locale: Locale = 'en') => {
    const { status, html } = await visitor.prefer('locale', locale).open(made.path)
    expect(status, html).toBe(200)
    return html
  }
  beforeAll(async () => {
    made = await shop()
    admin = await signIn(http, 'admin', made.world.tenant)
    viewer = await signIn(http, 'viewer', made.world.tenant)
  })

  it('draws source, seat and user of each integration, the worst first', async () => {
    const { picture } = parts(await open(admin))
    const full = "full user ('volledige gebruiker')"
    expect(rowsOf(picture)).toEqual([
      {
        uses: 'wire-broken seat-taken on-broken end-taken icon-psp',
        texts: `Exact Online | 1001 · taken | Mollie | payment provider · mollie | psp@shop.example | ${full}`,
      },
      {
        uses: 'wire-attention seat-taken on-attention end-warned icon-pos',
        texts:
          'Exact Online | 1001 · taken | Kassa Centrum | till · lightspeed | kassa1@shop.example | beware: client user',
      },
      {
        uses: 'wire-unknown seat-empty end-warned icon-webshop',
        texts: "Exact Online | 2002 · empty | Webshop BE | webshop · shopify | 1 user short | make 'webshop.be@…'",
      },
      {
        uses: 'wire-healthy seat-taken on-healthy end-taken icon-webshop',
        texts: `Exact Online | 1001 · taken | Webshop NL | webshop · shopify | koppeling.nl@shop.example | ${full}`,
      },
      { uses: 'end-free', texts: 'admin2@shop.example | no access to 2002' },
    ])
  })

  it.each(LOCALES)('says in %s how it is, who is short and what comes first', async locale => {
    const words = wordsIn(locale)
    const { above } = parts(await open(admin, locale))
    for (const text of locale === 'nl'
      ? [
          '4 koppelingen: 1 verbroken , 1 let op , 1 onbekend , 1 gezond',
          '1 gebruiker tekort. 1 vrije gebruiker.',
          '€ 15,00',
        ]
      : ['4 integrations: 1 broken , 1 attention , 1 unknown , 1 healthy', '1 user short. 1 free user.', '€15.00'])
      expect(above).toContain(text)
    expect(above).toContain(words.tenant.first)
    expect(above).toMatch(/Mollie \. (De toestemming is ingetrokken|The consent was withdrawn)\./)
    expect(above).toContain(words.tenant.newIntegration)
  })

  it.each(LOCALES)('says in the table all that the picture says, in %s', async locale => {
    const { picture, table } = parts(await open(admin, locale))
    const told = plain(table).replaceAll(/\s+/g, ' ')
    const texts = [
      ...within(picture, 'text'),
      ...within(picture, 'title').flatMap(title => title.split(/ \(|\): |\. |: |\.$/)),
    ]
    expect(texts.length).toBeGreaterThan(40)
    for (const text of texts) expect(told).toContain(text.replace(/…$/, ''))
  })

  it('marks every verdict by a line of its own, an icon and a word besides the colour', async () => {
    const { picture } = parts(await open(admin))
    const css = http.ports.assets.stylesheet
    const dashes = ['attention', 'broken', 'unknown'].map(
      verdict => /stroke-dasharray: ([\d ]+);/.exec(css.slice(css.indexOf(`.wire.${verdict}`)))?.[1],
    )
    expect(new Set(dashes).size).toBe(3)
    for (const verdict of ['broken', 'attention', 'unknown', 'healthy']) {
      const [, drawn = ''] =
        new RegExp(`<g id="wire-${verdict}" class="${verdict}">([\\s\\S]*?)</text></g>`).exec(picture) ?? []
      expect(drawn).toContain(`<path class="wire ${verdict}"`)
      expect(drawn).toMatch(/class="wire-(mark|ring)"/)
      expect(drawn).toContain(wordsIn('en').states.verdicts[verdict as 'broken'].name)
    }
  })

  it('leads to every integration and user once in the picture, and once where the table is shown instead', async () => {
    const { picture, table } = parts(await open(admin))
    const integration = (id: IntegrationId) => `${made.path}/integrations/${id}`
    const account = (id: ServiceAccountId) => `${made.path}/service-accounts/${id}`
    const expected = [
      ...[made.nl, made.be, made.till, made.mollie].map(integration),
      ...[made.account, made.client, made.psp, made.free].map(account),
      `${made.path}/onboarding`,
    ].toSorted()
    expect(linksIn(picture).toSorted()).toEqual(expected)
    expect(linksIn(table).toSorted()).toEqual(expected)
    // The links of the table stand in its last column, which is shown only where the picture is not.
    expect(linksIn(table.replaceAll(/<td(?![^>]*Go on)[\s\S]*?<\/td>/g, '')).toSorted()).toEqual(expected)
    expect(http.ports.assets.stylesheet).toMatch(/\.as-table :is\(th, td\):last-child \{\s+display: none/)
  })

  it('hides from screen readers what is drawn and no link, and holds each id once', async () => {
    const html = await open(admin)
    const { picture } = parts(html)
    expect(exposed(picture).trim()).toBe('')
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(html).not.toMatch(/ style=|<script(?![^>]*\bsrc=)|\son\w+=/)
  })

  it('refreshes the picture and what stands above it every 15 seconds, and no form', async () => {
    const html = await open(admin)
    const [, live = ''] = /<div id="backing" ([^>]*)>/.exec(html) ?? []
    expect(live).toContain(`hx-get="${made.path}"`)
    expect(live).toContain('hx-trigger="every 15s"')
    expect(live).toContain('hx-select-oob="#backing-now"')
    expect(html.slice(html.indexOf('id="backing"'))).not.toMatch(/<form|<input|<button/)
  })

  it('shows a viewer the same without what only administrators do', async () => {
    const [theirs, ours] = [await open(viewer), await open(admin)]
    expect(ours.match(/\/onboarding"/g)?.length).toBeGreaterThan(1)
    expect(theirs).not.toContain('/onboarding')
    expect(theirs).not.toContain(wordsIn('en').tenant.newIntegration)
    expect(theirs).not.toContain('class="button"')
    expect(within(parts(theirs).picture, 'text')).toEqual(within(parts(ours).picture, 'text'))
  })

  it('P34 is to a stranger as one that does not exist', async () => {
    const stranger = await signIn(http, 'admin', (await addTenant(http)).id)
    const nobody = newId('ten', http.clock, http.ports.random)
    const answers = await Promise.all([made.world.tenant, nobody].map(id => stranger.open(`/t/${id}`)))
    const [theirs, none] = answers.map(({ status, html }) => [status, html.replaceAll(/ten_\w+|[0-9a-f]{24,}/g, '')])
    expect(theirs).toEqual(none)
    expect(theirs?.[0]).toBe(404)
  })

  it('counts the new integrations that nobody finished, of this tenant alone', async () => {
    const begin = (tenant: TenantId, finishedAt: number | null) =>
      http.db.insert(onboardings).values({
        tenantId: tenant,
        id: newId('onb', http.clock, http.ports.random),
        draft: NOTHING_YET,
        startedBy: newId('per', http.clock, http.ports.random),
        createdAt: 1,
        updatedAt: 1,
        finishedAt,
        rowVersion: 1,
      })
    const say = wordsIn('en').tenant.unfinished
    expect(await open(admin)).not.toContain(say(1))
    await begin(made.world.tenant, null)
    await begin(made.world.tenant, 1)
    await begin((await addTenant(http)).id, null)
    expect(await open(admin)).toContain(say(1))
  })
})
