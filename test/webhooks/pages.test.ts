import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliverDue } from '../../src/webhooks/deliver.ts'
import { EVENTS } from '../../src/webhooks/event.ts'
import { wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn, type Visitor } from '../support/people.ts'
import { addTenant } from '../support/tenancy.ts'
import { deliveryTo, type Endpoint, endpointAt, endpointRow, happen } from './endpoints.ts'
import { Receiver, signatureOf } from './receiver.ts'

let http: Http
let receiver: Receiver
let mine: Awaited<ReturnType<typeof addTenant>>
let admin: Visitor
beforeAll(async () => {
  http = await startHttp()
})
beforeEach(async () => {
  receiver = await Receiver.start()
  mine = await addTenant(http)
  admin = (await signIn(http, 'admin', mine.id)).prefer('locale', 'nl')
})
afterEach(() => receiver.close())
afterAll(() => http.close())

const say = wordsIn('nl').webhook
const list = () => `/t/${mine.id}/settings/webhooks`
const endpoint = () => endpointAt(http, mine.id, receiver.url)
const read = async (path: string) => {
  const { status, html } = await admin.open(path)
  expect(status).toBe(200)
  return html
}

describe('the webhooks page', () => {
  it('says what to do first, and what every event tells', async () => {
    const html = await read(list())
    expect(html).toContain(say.none)
    for (const event of EVENTS) {
      expect(html).toContain(say.events[event].name)
      expect(html).toContain(say.events[event].text)
      expect(html).toContain(`value="${event}"`)
    }
    expect(html).toContain(`href="/t/${mine.id}/settings/webhooks" aria-current="page"`)
  })

  it('adds one, shows its secret once, and works from then on', async () => {
    const added = await admin.send(list(), { url: receiver.url, 'events[]': ['rights.lost', 'transaction.held'] })
    expect(added.status).toBe(200)
    const [, secret = ''] = /(whsec_[A-Za-z0-9+/]{43}=)/.exec(added.html) ?? []
    expect(added.html).toContain(say.madeText)
    const html = await read(list())
    expect(html).not.toContain('whsec_')
    expect(html).toContain(receiver.url)
    expect(html).toContain(`${say.events['rights.lost'].name}, ${say.events['transaction.held'].name}`)
    expect(html).toContain(say.states.nothing_yet)
    await happen(http, mine.id, 'rights.lost')
    await happen(http, mine.id, 'rights.restored')
    await deliverDue(http.ports, mine.id)
    expect(receiver.events()).toEqual(['rights.lost'])
    for (const got of receiver.got) expect(got.signature).toBe(signatureOf(secret, got))
    expect(await read(list())).toContain(say.answered(204))
  })

  it('adds one for everything when nothing is picked', async () => {
    await admin.send(list(), { url: receiver.url })
    expect(await read(list())).toMatch(new RegExp(`data-head="${say.asked}">${say.all}<`))
  })

  it('adds one when its form is sent twice', async () => {
    const fields = { url: receiver.url, form_key: 'once' }
    const [first, second] = [await admin.send(list(), fields), await admin.send(list(), fields)]
    expect(second.html).toBe(first.html)
    const { body } = await http.call('GET', `${mine.path}/webhooks`, { key: mine.key })
    expect(body.data).toHaveLength(1)
  })

  it('keeps what was typed, and says beside the field what is wrong with it', async () => {
    const fields = { url: 'https://10.1/zetel?a="b"', 'events[]': ['rights.lost'] }
    const refused = await admin.send(list(), fields)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(say.faults.ip_address)
    expect(refused.html).toContain('https://10.1/zetel?a=&quot;b&quot;')
    expect(refused.html).toMatch(/value="rights.lost" checked/)
    expect(refused.html).not.toMatch(/value="rights.restored" checked/)
    expect(refused.html).toContain('aria-invalid="true"')
  })

  it('says what removing one does before it is done, and removes it', async () => {
    const { id } = await endpoint()
    expect(await read(list())).toContain(say.removeText(`127.0.0.1:${receiver.port}`))
    const removed = await admin.send(`${list()}/${id}/remove`)
    expect(removed).toMatchObject({ status: 303, location: list() })
    const html = await read(list())
    expect(html).toContain(wordsIn('nl').site.told.removed)
    expect(html).not.toContain(id)
  })

  it('tells how each stands', async () => {
    const states: string[] = []
    const look = async () => states.push(Object.values(say.states).find(word => shown.includes(`> ${word}<`)) ?? shown)
    let shown = ''
    const { id } = await endpoint()
    const step = async (status: number) => {
      receiver.reply = () => ({ status })
      http.clock.at += 1
      await happen(http, mine.id)
      await deliverDue(http.ports, mine.id)
      shown = await read(list())
      await look()
    }
    await step(200)
    await step(500)
    await http.db.run(sql`update webhook_deliveries set due_at = null where webhook_id = ${id}`)
    shown = await read(list())
    await look()
    await step(410)
    expect(states).toEqual([say.states.receives, say.states.trying, say.states.given_up, say.states.disabled])
  })
})

describe('the page of one webhook', () => {
  let one: Endpoint
  const path = () => `${list()}/${one.id}`
  beforeEach(async () => {
    one = await endpoint()
  })

  it('says what it waits for while nothing has happened', async () => {
    const html = await read(path())
    expect(html).toContain(say.toldNone)
    expect(html).toContain(receiver.url)
    expect(html).not.toContain(say.replayText)
  })

  it('shows every message with what became of it, and sends one again', async () => {
    const message = await happen(http, mine.id, 'transaction.delivered')
    await deliverDue(http.ports, mine.id)
    const html = await read(path())
    for (const text of [message, say.events['transaction.delivered'].name, say.deliveries.delivered, say.answered(204)])
      expect(html).toContain(text)
    const replayed = await admin.send(`${path()}/deliveries/${message}/replay`)
    expect(replayed).toMatchObject({ status: 303, location: path() })
    const after = await read(path())
    expect(after).toContain(wordsIn('nl').site.told.replayed)
    expect(after).toContain(say.deliveries.due)
    expect(after).not.toContain('/replay"')
    await deliverDue(http.ports, mine.id)
    expect(receiver.got.map(got => got.id)).toEqual([message, message])
  })

  it('tells of one that failed when it goes again, and of one without an answer', async () => {
    receiver.reply = () => 'hang up'
    await happen(http, mine.id)
    await deliverDue(http.ports, mine.id)
    const html = await read(path())
    const { dueAt } = await deliveryTo(http.db, one)
    expect(html).toContain(say.deliveries.retrying)
    expect(html).toContain(say.noAnswer)
    expect(html).toContain(say.next(wordsIn('nl').measures.moment(dueAt ?? 0, 'Europe/Amsterdam')))
  })

  it('says since when a receiver that answered 410 hears of nothing, and offers no sending again', async () => {
    receiver.reply = () => ({ status: 410 })
    const message = await happen(http, mine.id)
    await deliverDue(http.ports, mine.id)
    const html = await read(path())
    const { disabledAt } = await endpointRow(http.db, one)
    expect(html).toContain(say.disabled(wordsIn('nl').measures.moment(disabledAt ?? 0, 'Europe/Amsterdam')))
    expect(html).not.toContain('/replay')
    expect((await admin.send(`${path()}/deliveries/${message}/replay`)).status).toBe(409)
  })

  it('leads through a long list', async () => {
    for (let nth = 0; nth < 51; nth++) {
      http.clock.at += 1
      await happen(http, mine.id)
    }
    await deliverDue(http.ports, mine.id)
    const html = await read(path())
    expect(html.match(/\/replay"/g)).toHaveLength(50)
    const [, next = ''] = /href="([^"]*\?cursor=[^"]*)"/.exec(html) ?? []
    const rest = await read(next)
    expect(rest.match(/\/replay"/g)).toHaveLength(1)
    expect(rest).toContain(`href="${path()}"`)
  })
})

describe('who may be there', () => {
  it('is an administrator or the operator: viewers are refused everything', async () => {
    const { id } = await endpoint()
    const message = await happen(http, mine.id)
    const viewer = await signIn(http, 'viewer', mine.id)
    const operator = await signIn(http, 'operator')
    for (const path of [list(), `${list()}/${id}`]) {
      expect((await viewer.open(path)).status).toBe(403)
      expect((await operator.open(path)).status).toBe(200)
    }
    for (const path of [list(), `${list()}/${id}/remove`, `${list()}/${id}/deliveries/${message}/replay`])
      expect((await viewer.send(path, { url: receiver.url })).status).toBe(403)
    expect(await deliveryTo(http.db, { id })).toMatchObject({ id: message, attempts: 0 })
  })

  it('P34 nobody of another tenant: its webhooks are as unknown as random ones', async () => {
    const stranger = await signIn(http, 'admin', (await addTenant(http)).id)
    const theirs = await addTenant(http)
    const other = await endpointAt(http, theirs.id, receiver.url)
    const message = await happen(http, theirs.id)
    expect((await stranger.open(list())).status).toBe(404)
    expect((await admin.open(`${list()}/${other.id}`)).status).toBe(404)
    expect((await admin.send(`${list()}/${other.id}/remove`)).status).toBe(404)
    expect((await admin.send(`${list()}/${other.id}/deliveries/${message}/replay`)).status).toBe(404)
    expect(await read(list())).not.toContain(other.id)
    expect(await endpointRow(http.db, other)).toMatchObject({ tenantId: theirs.id })
  })
})

it('speaks English too', async () => {
  const english = wordsIn('en').webhook
  await endpoint()
  const { html } = await (await signIn(http, 'admin', mine.id)).prefer('locale', 'en').open(list())
  for (const text of [english.lead, english.states.nothing_yet, english.add, english.events['rights.lost'].text])
    expect(html).toContain(text)
})
