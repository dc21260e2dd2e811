import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../src/failure.ts'
import { fail, ok } from '../../src/result.ts'
import { en } from '../../src/words/en.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const scene = async (failure: Failure | null = null) => {
  const one = await Played.make(http)
  const admin = (await signIn(http, 'admin', one.home.id)).prefer('locale', 'en')
  const asked: unknown[][] = []
  const disconnect = (...args: unknown[]) => {
    asked.push(args)
    return Promise.resolve(failure === null ? ok(null) : fail(failure))
  }
  http.seats.set(one.id, { ...http.seats.get(one.id), disconnect })
  return { one, admin, asked }
}
const say = en.connection.actions

describe('disconnecting', () => {
  it.each(LOCALES)('says in %s what will happen before it asks for the name', async locale => {
    const { one, admin } = await scene()
    await one.seat()
    for (const _ of [1, 2]) await one.transaction({ state: 'queued' })
    const { actions } = wordsIn(locale).connection
    const text = textOf((await admin.prefer('locale', locale).open(`${one.page}/disconnect`)).html)
    for (const line of actions.disconnect.happens(2)) expect(text).toContain(line)
    expect(text).toContain(actions.confirm.label('Webshop'))
  })

  it('does so for whoever typed the name, spaces around it or not', async () => {
    for (const label of ['Webshop', '  Webshop ']) {
      const { one, admin, asked } = await scene()
      await one.seat()
      const sent = await admin.send(`${one.page}/disconnect`, { label })
      expect(sent).toMatchObject({ status: 303, location: one.page })
      expect(asked).toEqual([[one.home.id, `person:${admin.id}`]])
      expect((await admin.open(one.page)).html).toContain(en.site.told.disconnected)
    }
  })

  it.each(['webshop', 'Web', 'Webshop A', ''])('does nothing for a name that is not it: %j', async label => {
    const { one, admin, asked } = await scene()
    await one.seat()
    const { status, html } = await admin.send(`${one.page}/disconnect`, { label })
    expect(status).toBe(422)
    expect(html).toContain('id="f-label-error"')
    if (label !== '') expect(html).toContain(say.confirm.mismatch)
    if (label !== '') expect(html).toContain(`value="${label}"`)
    expect(asked).toEqual([])
  })

  it('takes a name with accents however they were typed', async () => {
    const { one, admin, asked } = await scene()
    await one.seat()
    await http.call('PATCH', `${one.home.path}/integrations/${one.id}`, { body: { label: 'Caf\u00e9' } })
    expect((await admin.send(`${one.page}/disconnect`, { label: 'Cafe\u0301' })).status).toBe(303)
    expect(asked).toHaveLength(1)
  })

  it('has nothing to ask where nobody sits', async () => {
    const { one, admin } = await scene()
    const { status, html } = await admin.open(`${one.page}/disconnect`)
    expect(status).toBe(409)
    expect(html).toContain('not_connected')
  })

  it('says why on the page when the seat refuses', async () => {
    const { one, admin } = await scene({ kind: 'database_unreachable' })
    await one.seat()
    const { status, html } = await admin.send(`${one.page}/disconnect`, { label: 'Webshop' })
    expect(status).toBe(503)
    expect(html).toContain('database_unreachable')
    expect(html).toContain(say.disconnect.action)
  })
})

describe('ending an integration', () => {
  it('takes it out of every list, and says so', async () => {
    const { one, admin } = await scene()
    const text = textOf((await admin.open(`${one.page}/end`)).html)
    for (const line of say.end.happens) expect(text).toContain(line)
    const sent = await admin.send(`${one.page}/end`, { label: 'Webshop' })
    expect(sent).toMatchObject({ status: 303, location: `/t/${one.home.id}` })
    expect((await http.call('GET', `${one.home.path}/integrations`)).body).toMatchObject({ data: [] })
    const log = await http.call('GET', `${one.home.path}/audit`)
    expect(log.text.match(/integration\.ended/g)).toHaveLength(1)
    expect((await admin.open(`${one.page}/end`)).status).toBe(404)
  })

  it('asks for its name', async () => {
    const { one, admin } = await scene()
    expect((await admin.send(`${one.page}/end`, { label: 'Webshop?' })).status).toBe(422)
    expect((await http.call('GET', `${one.home.path}/integrations/${one.id}`)).status).toBe(200)
  })

  it('says how many bookings still wait, and where they are', async () => {
    const { one, admin } = await scene()
    for (const state of ['held', 'uncertain'] as const) await one.transaction({ state })
    const { status, html } = await admin.send(`${one.page}/end`, { label: 'Webshop' })
    expect(status).toBe(409)
    expect(textOf(html)).toContain(
      en.problems.failures.integration_in_use({ kind: 'integration_in_use', waiting: 2 }, '').detail,
    )
    expect(html).toContain(`href="/t/${one.home.id}/transactions?integration_id=${one.id}"`)
  })

  it.each(['active', 'degraded', 'reconnect_required'] as const)(
    'asks to disconnect first while a user sits there: %s',
    async state => {
      const { one, admin } = await scene()
      await one.seat({ state })
      const sent = await admin.send(`${one.page}/end`, { label: 'Webshop' })
      expect(sent.status).toBe(409)
      for (const { html } of [sent, await admin.open(`${one.page}/end`)]) {
        expect(textOf(html)).toContain(say.end.seated)
        expect(html).toContain(`href="${one.page}/disconnect"`)
        expect(html).not.toContain('name="label"')
      }
      expect((await http.call('GET', `${one.home.path}/integrations/${one.id}`)).status).toBe(200)
    },
  )
})
