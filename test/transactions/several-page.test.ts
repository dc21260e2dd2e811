import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId, type TransactionId } from '../../src/id.ts'
import { fail, ok } from '../../src/result.ts'
import type { SeatRpc } from '../../src/seats/rpc.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addFurnishedTenant, idIn, made, newIntegration } from '../support/tenancy.ts'
import { book, type Furnished, hold, RIGHT } from './booked.ts'

let http: Http
let tenant: Furnished
let admin: Visitor
let asked: [TransactionId, string, string][] = []
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  tenant = await addFurnishedTenant(http)
  admin = await signIn(http, 'admin', tenant.id)
  asked = []
  seatAnswers(async () => ok(null))
})
afterAll(() => http.close())

function seatAnswers(answer: SeatRpc['decide'], integration = tenant.integration): void {
  http.seats.set(integration, {
    decide: (of, id, decision, actor) => {
      asked.push([id, decision.kind, actor])
      return answer(of, id, decision, actor)
    },
  })
}

const path = () => `/t/${tenant.id}/transactions`
const send = (ids: string[], decision = 'retry', query = '?state=failed', visitor = admin) =>
  visitor.send(`${path()}/several${query}`, { 'ids[]': ids, decision })
const failed = () => book(http, tenant, { state: 'failed', reason: { kind: 'refused', words: 'No.' } })

describe('several transactions at once', () => {
  it('can be chosen where they are failed or held, by who may change them', async () => {
    const [one, two] = [await failed(), await hold(http, tenant)]
    const viewer = await signIn(http, 'viewer', tenant.id)
    for (const [state, id] of [
      ['failed', one],
      ['held', two],
    ] as const) {
      const { html } = await admin.open(`${path()}?state=${state}`)
      expect(html).toContain(`action="${path()}/several?state=${state}"`)
      expect(html).toMatch(new RegExp(`type="checkbox" name="ids\\[\\]" value="${id}"`))
      expect((await viewer.open(`${path()}?state=${state}`)).html).not.toContain('ids[]')
    }
    expect((await admin.open(path())).html).not.toContain('ids[]')
  })

  it('are carried out each through its seat, in the order of the queue, in the name of the person', async () => {
    const ids = [await failed(), await failed(), await failed()]
    const { status, html } = await send([...ids].reverse())
    expect(status).toBe(200)
    expect(asked).toEqual(ids.map(id => [id, 'retry', `person:${admin.id}`]))
    expect(html).toMatch(/<h1>Tried again<\/h1>.*3 bookings go again\./s)
    expect(html).toContain(`href="${path()}?state=failed"`)
    const dutch = await signIn(http, 'admin', tenant.id)
    const cancelled = await send(ids, 'cancel', '?state=failed', dutch.prefer('locale', 'nl'))
    expect(cancelled.html).toContain('3 boekingen zijn geannuleerd.')
  })

  it('tell which could not be done, and why, without hiding what was', async () => {
    const [one, two, three] = [await failed(), await failed(), await failed()]
    seatAnswers(async (_, id) => {
      if (id === two) return fail({ kind: 'transaction_state', state: 'delivered', asked: 'retry' })
      if (id === three) throw new Error('the seat fell over')
      return ok(null)
    })
    const { status, html } = await send([one, two, three])
    expect(status).toBe(200)
    expect(html).toContain('1 booking goes again.')
    expect(html).toContain('It could not be done for 2 bookings')
    expect(html).toMatch(new RegExp(`transactions/${two}".*delivered`, 's'))
    expect(html).toContain(`transactions/${three}"`)
    expect(html).not.toContain('fell over')
    expect(http.reports.at(-1)?.error).toMatchObject({ message: 'the seat fell over' })
  })

  it('ask the provider once for what all held ones of a kind lack', async () => {
    const ids = []
    for (let nth = 0; nth < 5; nth++) ids.push(await hold(http, tenant))
    ids.push(await hold(http, tenant, [RIGHT], { bookingKind: 'customer' }))
    seatAnswers(async () => fail({ kind: 'rights_missing', missing: [RIGHT] }))
    const { html } = await send(ids, 'retry', '?state=held')
    expect(asked).toHaveLength(2)
    expect(html).toContain('It could not be done for 6 bookings')
    expect(html).toMatch(/No booking goes again/)
  })

  it('count as done what was released by looking at the rights for the first', async () => {
    const ids = [await hold(http, tenant), await hold(http, tenant)]
    seatAnswers(async (_, id) =>
      id === ids[0] ? ok(null) : fail({ kind: 'transaction_state', state: 'queued', asked: 'retry' }),
    )
    expect((await send(ids, 'retry', '?state=held')).html).toContain('2 bookings go again.')
  })

  it('go on at other seats when one has nobody', async () => {
    const body = { ...newIntegration(tenant.app, tenant.administration), label: 'Till' }
    const other = idIn('int', made(await http.call('POST', `${tenant.path}/integrations`, { body })).id)
    seatAnswers(async () => fail({ kind: 'not_connected' }))
    seatAnswers(async () => ok(null), other)
    const ids = [await failed(), await book(http, { id: tenant.id, integration: other }, { state: 'failed' })]
    const { html } = await send(ids)
    expect(html).toContain('1 booking goes again.')
    expect(html).toContain('It could not be done for 1 booking')
  })

  it('ask to choose when none is chosen, on the same list', async () => {
    const id = await failed()
    const { status, html } = await admin.send(`${path()}/several?state=failed`, { decision: 'cancel' })
    expect(status).toBe(422)
    expect(html).toMatch(/role="alert".*<a href="#f-ids">Choose one or more bookings first\./s)
    expect(html).toContain(`id="f-ids" type="checkbox" name="ids[]" value="${id}"`)
    expect(html).not.toContain('hx-get')
  })

  it('P43 sent twice are carried out once', async () => {
    const ids = [await failed()]
    const fields = { 'ids[]': ids, decision: 'retry', form_key: 'one-form' }
    const answers = [await admin.send(`${path()}/several`, fields), await admin.send(`${path()}/several`, fields)]
    expect(asked).toHaveLength(1)
    for (const { html } of answers) expect(html).toContain('1 booking goes again.')
  })

  it('P34 are refused whole for one that is another tenant’s, random or nonsense', async () => {
    const mine = await failed()
    const theirs = await failed()
    const elsewhere = await addFurnishedTenant(http)
    const stranger = await signIn(http, 'admin', elsewhere.id)
    const own = await book(http, elsewhere, { state: 'failed' })
    const random = newId('txn', http.clock, http.ports.random)
    const sent = async (id: string) => {
      const fields = { 'ids[]': [own, id], decision: 'cancel' }
      const { status, html } = await stranger.send(`/t/${elsewhere.id}/transactions/several`, fields)
      return `${status} ${html.replaceAll(/[0-9a-f]{24,}/g, '')}`
    }
    const answer = await sent(theirs)
    expect(answer).toMatch(/^404 /)
    expect(await sent(random)).toBe(answer)
    expect(await sent('nonsense')).toBe(answer)
    expect((await send([mine], 'cancel', '', stranger)).status).toBe(404)
    expect(asked).toEqual([])
  })

  it('P33 are refused to who may only look', async () => {
    const viewer = await signIn(http, 'viewer', tenant.id)
    expect((await send([await failed()], 'cancel', '', viewer)).status).toBe(403)
    expect(asked).toEqual([])
  })
})
