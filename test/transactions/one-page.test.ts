import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { attempts, audit } from '../../db/schema/schema.ts'
import { newId, type TransactionId } from '../../src/id.ts'
import { fail, ok } from '../../src/result.ts'
import type { SeatRpc } from '../../src/seats/rpc.ts'
import { insertAttempt } from '../../src/transactions/store.ts'
import type { AttemptOutcome, TransactionReason } from '../../src/transactions/transaction.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant } from '../support/tenancy.ts'
import { book, type Furnished, hold, RIGHT, SCOPE } from './booked.ts'

let http: Http
let tenant: Furnished
let admin: Visitor
let viewer: Visitor
type Asked = Parameters<SeatRpc['decide']>
let decided: Asked[] = []
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  tenant = await addFurnishedTenant(http)
  admin = await signIn(http, 'admin', tenant.id)
  viewer = await signIn(http, 'viewer', tenant.id)
  decided = []
  seatAnswers(async () => ok(null))
})
afterAll(() => http.close())

function seatAnswers(answer: SeatRpc['decide']): void {
  http.seats.set(tenant.integration, {
    decide: (...asked) => {
      decided.push(asked)
      return answer(...asked)
    },
  })
}

const pathOf = (id: TransactionId) => `/t/${tenant.id}/transactions/${id}`
const shown = async (id: TransactionId, visitor = viewer) => {
  const { status, html } = await visitor.open(pathOf(id))
  expect(status).toBe(200)
  return html
}
const uncertain = (reason: TransactionReason) => book(http, tenant, { state: 'uncertain', reason })
const LOST: TransactionReason = { kind: 'no_look_up', words: '' }

async function attempt(id: TransactionId, outcome: AttemptOutcome, status: number | null, words: string | null) {
  await runBatch(http.db, [insertAttempt(http.db, tenant.id, id, { outcome, status, words }, http.clock.at)])
}

describe('the page of a transaction', () => {
  it('tells all there is to know of it', async () => {
    const id = await book(http, tenant, {
      reference: 'F-2026-17',
      providerId: 'exact-guid-1',
      deliveredAt: http.clock.at,
      payload: { YourRef: 'F-2026-17', Lines: [{ AmountFC: 12.5 }] },
    })
    const html = await shown(id)
    expect(html).toMatch(/<h1>Booking F-2026-17<\/h1>.*Is in the accounting package.*You need not do anything/s)
    for (const told of ['exact-guid-1', id, 'key-', 'Sales entries', '1001', `integrations/${tenant.integration}"`])
      expect(html).toContain(told)
    expect(html).toMatch(/<section class="payload" tabindex="0" aria-label="[^"]+"><pre>\{\n {2}&quot;YourRef/)
    expect(html).not.toContain('hx-get') // What is delivered stays as it is.
  })

  it('EOL-03 EOL-05 EOL-08 tells what is missing, where it is mended, and how to find out by hand', async () => {
    const html = await shown(await hold(http, tenant, [RIGHT, SCOPE]), viewer.prefer('locale', 'nl'))
    expect(html).toContain('Verkoopboekingen aanmaken')
    expect(html).toContain('<p class="path" lang="nl">Gebruikersnaam › Mijn Exact Online › Rechten › Administratie')
    expect(html).toContain('Administratiemenu › Import/Export › Overige: Appmachtigingen')
    expect(html.match(/<summary>Handmatige controle/g)).toHaveLength(2)
    // Said once for each, and not among the steps that mend it as well.
    expect(html.match(/Noteer de tekst letter voor letter/g)).toHaveLength(2)
  })

  it('EOL-04 lists each attempt in a sentence, with the words of the provider when they say something', async () => {
    const id = await hold(http, tenant)
    await attempt(id, 'denied', 403, 'Forbidden')
    await attempt(id, 'unclear', 500, 'Something <b>odd</b>')
    await attempt(id, 'tried_by_hand', null, 'U heeft geen rechten.')
    const html = await shown(id)
    const table = html.slice(html.indexOf('id="booking-attempts"'))
    expect(table).toMatch(/>3<.*Tried by hand.*U heeft geen rechten\..*>2<.*>500<.*<q>Something &lt;b>?.*>1<.*>403</s)
    expect(html).not.toContain('<q>Forbidden')
  })

  it('shows the latest of very many attempts, and says how many there were', async () => {
    const id = await uncertain({ kind: 'looking', lostAt: 0, looks: 0, words: '' })
    for (let nth = 0; nth < 53; nth++) await attempt(id, 'look_up_unclear', null, null)
    const html = await shown(id)
    expect(html).toContain('The latest 50 of 53 attempts.')
    expect(html).toMatch(/data-head="No\.">53</)
    expect(html).not.toMatch(/data-head="No\.">3</)
  })

  it('names who said what became of it, and not by a code', async () => {
    const reason = { kind: 'resolved', by: `person:${admin.id}` } as const
    const key = { kind: 'resolved', by: `key:${tenant.apiKey}` } as const
    expect(await shown(await book(http, tenant, { reason }))).toMatch(/Resolved by admin \d+\./)
    expect(await shown(await book(http, tenant, { reason: key }))).toContain('Resolved by sync.')
    const elsewhere = await addFurnishedTenant(http)
    const theirs = { kind: 'resolved', by: `key:${elsewhere.apiKey}` } as const
    expect(await shown(await book(http, tenant, { reason: theirs }))).not.toContain('Resolved by sync.')
  })

  it('shows what comes from outside as text', async () => {
    const evil = '</script><img src=x onerror=alert(1)>'
    const id = await hold(http, tenant, [{ ...RIGHT, cause: 'right_derived', words: evil, administration: evil }], {
      reference: evil,
      administration: evil,
      payload: { [evil]: evil },
      idempotencyKey: evil,
      providerId: evil,
    })
    await attempt(id, 'tried_by_hand', null, evil)
    for (const locale of ['nl', 'en']) expect(await shown(id, admin.prefer('locale', locale))).not.toContain('<img')
  })

  it('refreshes where it stands without its forms and content, and says when they are out of date', async () => {
    const id = await book(http, tenant, { state: 'queued', notBefore: http.clock.at + 3_600_000 })
    expect(await shown(id, admin)).toContain(`hx-get="${pathOf(id)}?seen=queued"`)
    const poll = (seen: string) => admin.open(`${pathOf(id)}?seen=${seen}`, { 'hx-request': 'true' })
    const same = (await poll('queued')).html
    expect(same).toContain('Not before')
    expect(same).not.toMatch(/<pre>|\/cancel"|changed meanwhile/)
    expect((await poll('held')).html).toMatch(/The state has changed meanwhile.*Load the page again/s)
  })

  it('has no id twice and one primary button at most', async () => {
    const ids = [
      await hold(http, tenant, [RIGHT, SCOPE]),
      await uncertain({ kind: 'several_found', ids: ['P1', 'P2'] }),
      await book(http, tenant, { state: 'failed', reason: { kind: 'refused', words: '' }, doubts: [SCOPE] }),
    ]
    for (const id of ids) {
      const html = await shown(id, admin)
      const found = [...html.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one)
      expect(new Set(found).size).toBe(found.length)
      expect(html.match(/data-primary/g)).toHaveLength(1)
    }
  })

  it('P34 is for a stranger exactly what no transaction is, whatever is sent there', async () => {
    const id = await hold(http, tenant, [RIGHT], { reference: 'secret' })
    const elsewhere = await addFurnishedTenant(http)
    const stranger = await signIn(http, 'admin', elsewhere.id)
    const random = newId('txn', http.clock, http.ports.random)
    const forms = {
      '/retry': {},
      '/cancel': {},
      '/resolve': { outcome: 'delivered' },
      '/tried-by-hand': { words: 'x' },
    }
    for (const base of [`/t/${tenant.id}`, `/t/${elsewhere.id}`]) {
      const seen = async (asked: string) => {
        const answers = [await stranger.open(`${base}/transactions/${asked}`)]
        for (const [form, fields] of Object.entries(forms))
          answers.push(await stranger.send(`${base}/transactions/${asked}${form}`, fields))
        return answers.map(
          ({ status, html }) => `${status} ${html.replaceAll(asked, '').replaceAll(/[0-9a-f]{24,}/g, '')}`,
        )
      }
      const theirs = await seen(id)
      expect(theirs.every(answer => answer.startsWith('404 '))).toBe(true)
      expect(await seen(random)).toEqual(theirs)
      expect((await seen('txn_nonsense')).every(answer => answer.startsWith('404 '))).toBe(true)
    }
    expect(decided).toEqual([])
  })

  it('P33 offers a viewer nothing to decide, and refuses it', async () => {
    const id = await hold(http, tenant)
    expect(await shown(id)).not.toContain(`action="${pathOf(id)}`)
    for (const [form, fields] of [
      ['retry', {}],
      ['cancel', {}],
      ['resolve', { outcome: 'delivered' }],
      ['tried-by-hand', { words: 'x' }],
    ] as const)
      expect((await viewer.send(`${pathOf(id)}/${form}`, fields)).status).toBe(403)
    expect(decided).toEqual([])
    expect(await http.db.select().from(attempts).where(eq(attempts.transactionId, id))).toEqual([])
  })
})

describe('what a person decides', () => {
  it.each([
    ['held', ['retry', 'cancel', 'tried-by-hand']],
    ['failed', ['retry', 'cancel', 'tried-by-hand']],
    ['queued', ['cancel']],
    ['sending', []],
    ['delivered', []],
    ['cancelled', []],
    ['uncertain', ['resolve', 'retry', 'tried-by-hand']],
  ] as const)('of what is %s: %j', async (state, forms) => {
    const reason: TransactionReason | null = state === 'uncertain' ? { kind: 'several_found', ids: [] } : null
    const id = await book(http, tenant, { state, reason, missing: state === 'held' ? [RIGHT] : [] })
    const html = await shown(id, admin)
    const found = [...html.matchAll(new RegExp(`action="${pathOf(id)}/([a-z-]+)"`, 'g'))].map(([, form]) => form)
    expect(found.toSorted()).toEqual([...forms].toSorted())
  })

  it('is carried out by the seat in the name of the person, and told on the page', async () => {
    const id = await book(http, tenant, { state: 'failed' })
    for (const [kind, told] of [
      ['retry', 'The booking goes again.'],
      ['cancel', 'The booking is cancelled.'],
    ] as const) {
      expect(await admin.send(`${pathOf(id)}/${kind}`)).toMatchObject({ status: 303, location: pathOf(id) })
      expect(decided.at(-1)).toEqual([tenant.id, id, { kind }, `person:${admin.id}`])
      expect(await shown(id, admin)).toContain(told)
    }
  })

  it('tells what will happen before it is cancelled', async () => {
    const id = await book(http, tenant, { state: 'queued' })
    expect(await shown(id, admin.prefer('locale', 'nl'))).toMatch(
      /<details class="panel"><summary>Annuleren<\/summary><p>De boeking wordt niet meer geleverd.*niet terug te draaien/s,
    )
  })

  it('says why a decision is refused in the state it is in by then', async () => {
    const id = await book(http, tenant, { state: 'delivered' })
    seatAnswers(async () => fail({ kind: 'transaction_state', state: 'delivered', asked: 'cancel' }))
    const { status, html } = await admin.send(`${pathOf(id)}/cancel`)
    expect(status).toBe(409)
    expect(html).toMatch(/role="alert".*transaction_state/s)
    expect(html).toContain('<h1>Booking F-')
  })

  it('EOL-03 shows what a retry found to be missing still', async () => {
    const id = await hold(http, tenant, [RIGHT])
    seatAnswers(async () => fail({ kind: 'rights_missing', missing: [SCOPE] }))
    const { status, html } = await admin.send(`${pathOf(id)}/retry`)
    expect(status).toBe(409)
    expect(html).toMatch(/role="alert".*rights_missing.*This is still missing.*Appmachtigingen/s)
    expect(html).not.toContain('does not have the right')
  })

  it('P46 explains both answers about an uncertain one, and warns of booking it twice', async () => {
    const html = await shown(await uncertain(LOST), admin)
    expect(html).toMatch(/type="radio" name="outcome" value="delivered".*sends nothing more/s)
    expect(html).toMatch(/type="radio" name="outcome" value="not_delivered".*booked twice/s)
    expect(html).toContain('name="provider_id"')
    expect(html).not.toContain('/retry"') // There is nothing to look for it by.
  })

  it('lets choose which of several bookings is the right one', async () => {
    const html = await shown(await uncertain({ kind: 'several_found', ids: ['P1', 'P2'] }), admin)
    expect(html).toMatch(/<select id="f-provider_id".*value="P1".*value="P2"/s)
  })

  it('records that it is there, or has it sent again', async () => {
    const id = await uncertain(LOST)
    await admin.send(`${pathOf(id)}/resolve`, { outcome: 'delivered', provider_id: 'P9' })
    await admin.send(`${pathOf(id)}/resolve`, { outcome: 'delivered', provider_id: '' })
    await admin.send(`${pathOf(id)}/resolve`, { outcome: 'not_delivered', provider_id: '' })
    expect(decided.map(([, , decision]) => decision)).toEqual([
      { kind: 'resolve', delivered: true, providerId: 'P9' },
      { kind: 'resolve', delivered: true, providerId: null },
      { kind: 'resolve', delivered: false, providerId: null },
    ])
    expect(await shown(id, admin)).toContain('Recorded.')
  })

  it('P46 sends nothing again when no answer is chosen, or one that contradicts itself', async () => {
    const id = await uncertain(LOST)
    const none = await admin.send(`${pathOf(id)}/resolve`, { provider_id: 'P9' })
    expect(none.status).toBe(422)
    expect(none.html).toContain('value="P9"')
    const both = await admin.send(`${pathOf(id)}/resolve`, { outcome: 'not_delivered', provider_id: 'P9' })
    expect(both.status).toBe(422)
    expect(both.html).toContain('You gave an id, and said that the booking is not there.')
    expect(both.html).toMatch(/value="not_delivered" checked/)
    expect(both.html.match(/role="alert"/g)).toHaveLength(1)
    expect(decided).toEqual([])
  })

  it('EOL-05 keeps what the provider’s own screen said, once, and who wrote it down', async () => {
    const id = await hold(http, tenant)
    const said = await admin.send(`${pathOf(id)}/tried-by-hand`, { words: 'U heeft\r\n geen rechten. ', form_key: 'k' })
    expect(said).toMatchObject({ status: 303, location: pathOf(id) })
    await admin.send(`${pathOf(id)}/tried-by-hand`, { words: 'U heeft\r\n geen rechten. ', form_key: 'k' })
    const rows = await http.db.select().from(attempts).where(eq(attempts.transactionId, id))
    expect(rows).toMatchObject([{ number: 1, outcome: 'tried_by_hand', words: 'U heeft geen rechten.' }])
    const entries = await http.db
      .select()
      .from(audit)
      .where(and(eq(audit.tenantId, tenant.id), eq(audit.action, 'transaction.tried_by_hand')))
    expect(entries).toMatchObject([{ subject: id, actor: `person:${admin.id}` }])
    expect(await shown(id, admin)).toContain('The text is kept with the booking.')
    const empty = await admin.send(`${pathOf(id)}/tried-by-hand`, { words: ' ' })
    expect(empty.status).toBe(422)
    expect(empty.html).toContain('This field is mandatory.')
  })
})
