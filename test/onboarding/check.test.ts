import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Warning } from '../../src/connections/connection.ts'
import { fail, ok } from '../../src/result.ts'
import type { BookingKind } from '../../src/rights/right.ts'
import type { Judged } from '../../src/seats/rpc.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addApp } from '../support/tenancy.ts'
import { Journey, judged, lacking, primaries, settle, textOf, type World } from './journey.ts'

let http: Http
let world: World
let flow: Journey
let verdicts: Partial<Record<BookingKind, Judged>>
let probed: number
beforeAll(async () => {
  http = await startHttp()
  world = await settle(http, await addApp(http))
})
afterAll(() => http.close())
beforeEach(async () => {
  world = await settle(http, world.app)
  world.admin.prefer('locale', 'nl')
  await seated()
})

/** A flow whose user sits, and a seat that says of bookings what `verdicts` says. */
async function seated(warnings: Warning[] = []): Promise<void> {
  flow = await (await Journey.start(world)).answerUntil('link')
  await flow.connect('b.shop', warnings)
  verdicts = {}
  probed = 0
  http.seats.set(await flow.integration(), {
    preflight: async (_, kind) => ok(verdicts[kind] ?? judged()),
    probe: async () => {
      probed += 1
      return ok(null)
    },
  })
}

/** One line of the check, by what it is about. */
function lineOf(html: string, about: string): string {
  const list = /<ul class="checks">.*<\/ul>/s.exec(html)?.[0] ?? ''
  return textOf(list.split(/<li>(?=<span class="state)/).find(line => line.includes(about)) ?? '')
}

describe('the check of rights', () => {
  it('comes after the sign-in and not before', async () => {
    const early = await (await Journey.start(world)).answerUntil('link')
    expect((await early.open('check')).location).toBe(early.url('link'))
    expect((await flow.open('check')).status).toBe(200)
  })

  it('EOL-02 shows access and every right as there, with one way on', async () => {
    const { html } = await flow.open('check')
    expect(lineOf(html, 'Toegang tot administratie 1001')).toContain('[healthy] in orde')
    expect(lineOf(html, 'Verkoopboekingen aanmaken')).toContain('[healthy] in orde')
    expect(lineOf(html, 'Debiteuren aanmaken')).toContain('voor debiteuren')
    const [primary, ...more] = primaries(html)
    expect(more).toEqual([])
    expect(primary).toContain('<button')
    expect((await flow.send('check')).location).toBe(flow.url('test'))
    expect((await flow.row()).draft.checked).toBe(true)
  })

  it('EOL-05 EOL-08 shows what is missing and what is not certain, why, and where to mend it', async () => {
    const doubt = lacking({ resource: 'financial/Journals', action: 'GET', cause: 'right_unproven' })
    verdicts['sales-entry'] = judged({ verdict: 'denied', missing: [lacking()], doubts: [doubt] })
    const { html } = await flow.open('check')
    const missing = lineOf(html, 'Verkoopboekingen aanmaken')
    expect(missing).toContain('[broken] ontbreekt')
    expect(missing).toContain('Administratienaam › Stamgegevens › Gebruikers › Overzicht › b.shop › Rechten')
    expect(lineOf(html, 'Dagboeken bekijken')).toContain('[unknown] onbekend')
    expect(lineOf(html, 'Debiteuren aanmaken')).toContain('[healthy] in orde')
    expect(primaries(html)).toHaveLength(1)
    expect(html).toContain('Ga toch verder')
    expect((await flow.send('check')).location).toBe(flow.url('test'))
  })

  it('EOL-04 marks what was concluded, with no bare "Forbidden"', async () => {
    const bare = lacking({ cause: 'right_derived', words: 'Forbidden' })
    verdicts.customer = judged({ verdict: 'denied', missing: [bare] })
    const { html } = await flow.open('check')
    expect(lineOf(html, 'Verkoopboekingen aanmaken')).toContain('afgeleid')
    expect(html).not.toContain('Forbidden')
  })

  it('EOL-06 EOL-07 warns of a client user, with both remedies', async () => {
    await seated([{ kind: 'client_user', at: http.clock.now() }])
    const text = textOf((await flow.open('check')).html)
    expect(text).toContain('clientgebruiker (MijnKantoor). Dat raden we af')
    expect(text).toContain('Oplossing 1: maak een nieuwe kantoorgebruiker')
    expect(text).toContain('Oplossing 2: gebruik een bestaande kantoorgebruiker')
    expect(text).toContain('accountancylicentie')
  })

  it('asks the provider again on request', async () => {
    const { location } = await flow.send('check/again')
    expect(location).toBe(flow.url('check'))
    expect(probed).toBe(1)
    expect(textOf((await flow.open('check')).html)).toContain('De rechten zijn opnieuw gecontroleerd.')
  })

  it('says why it could not ask', async () => {
    http.seats.set(await flow.integration(), {
      preflight: async () => ok(judged()),
      probe: async () => fail({ kind: 'provider_unreachable', retryAt: http.clock.now() }),
    })
    const { status, html } = await flow.send('check/again')
    expect(status).toBe(503)
    expect(html).toContain('provider_unreachable')
    expect(lineOf(html, 'Verkoopboekingen aanmaken')).toContain('in orde')
  })

  it('speaks English to who reads that', async () => {
    world.admin.prefer('locale', 'en')
    verdicts['sales-entry'] = judged({ verdict: 'denied', missing: [lacking()] })
    expect(lineOf((await flow.open('check')).html, 'Create sales entries')).toContain('[broken] missing')
  })
})

describe('a first booking', () => {
  beforeEach(async () => void (await flow.send('check')))

  it('is tried without booking anything, and says so', async () => {
    const { html } = await flow.open('test')
    expect(textOf(html)).toContain('Er wordt niets geboekt.')
    expect(primaries(html)).toHaveLength(1)
    expect(html).not.toContain(flow.url('test/finish'))
    const tried = await flow.send('test', { kind: 'sales-entry' })
    expect(tried.status).toBe(200)
    expect(textOf(tried.html)).toContain('Uitkomst voor verkoopboekingen [healthy] toegestaan')
    expect(primaries(tried.html)).toHaveLength(1)
    const { body } = await http.call('GET', `/v1/tenants/${world.tenant}/transactions`, { key: world.key })
    expect(body.data).toEqual([])
  })

  it('that would not go says what stands in its way', async () => {
    verdicts.customer = judged({ verdict: 'denied', missing: [lacking({ resource: 'crm/Accounts' })] })
    const text = textOf((await flow.send('test', { kind: 'customer' })).html)
    expect(text).toContain('[broken] geweigerd')
    expect(text).toContain('Debiteuren aanmaken')
    expect(textOf((await flow.send('test', { kind: 'sales-entry' })).html)).toContain('[healthy] toegestaan')
  })

  it('is of a kind that the integration books', async () => {
    for (const kind of ['cash-entry', 'faxes', '']) expect((await flow.send('test', { kind })).status, kind).toBe(422)
    expect((await flow.row()).draft.tried).toBe(false)
  })

  it('is tried before the flow can be finished', async () => {
    const early = await flow.send('test/finish')
    expect(early.status).toBe(409)
    expect((await flow.row()).finishedAt).toBeNull()
    await flow.send('test', { kind: 'sales-entry' })
    expect((await flow.send('test/finish')).location).toBe(flow.url('done'))
    expect((await flow.row()).finishedAt).toBe(http.clock.now())
  })
})

describe('a finished flow', () => {
  beforeEach(async () => {
    await flow.send('check')
    await flow.send('test', { kind: 'sales-entry' })
    await flow.send('test/finish')
  })

  it('leads on to the integration', async () => {
    const { html } = await flow.open('done')
    expect(textOf(html)).toContain("Webshop B is gekoppeld als 'b.shop'.")
    const [primary, ...more] = primaries(html)
    expect(more).toEqual([])
    expect(primary).toContain(`href="/t/${world.tenant}/integrations/${await flow.integration()}"`)
  })

  it('is no longer among those on their way, and asks nothing any more', async () => {
    expect((await world.admin.open(`/t/${world.tenant}/onboarding`)).html).not.toContain(flow.id)
    const before = await flow.row()
    expect((await flow.open('source')).location).toBe(flow.url('done'))
    expect((await flow.send('source', flow.fields('source'))).location).toBe(flow.url('done'))
    expect((await flow.send('user', { account: 'anyone' })).location).toBe(flow.url('done'))
    expect(await flow.row()).toEqual(before)
  })
})
