import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../src/words/en.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { type Http, startHttp } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { GUID, newIntegration } from '../support/tenancy.ts'
import { Played, textOf } from './played.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

type Sent = Record<string, string | string[]>

/** What a browser would send of the form as it stands. */
function fieldsIn(html: string): Sent {
  const [, form = ''] = /<form method="post" action="[^"]*\/edit"[^>]*>([\s\S]*?)<\/form>/.exec(html) ?? []
  const sent: Record<string, string[]> = {}
  const add = (name: string, value: string) => {
    sent[name] = [...(sent[name] ?? []), value]
  }
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const of = (attribute: string) => new RegExp(`\\s${attribute}="([^"]*)"`).exec(input)?.[1] ?? ''
    if (of('type') !== 'checkbox' || /\schecked/.test(input)) add(of('name'), of('value'))
  }
  for (const [, name = '', options = ''] of form.matchAll(
    /<select id="[^"]*" name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    add(name, /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '')
  return sent
}

const scene = async () => {
  const one = await Played.make(http)
  const admin = (await signIn(http, 'admin', one.home.id)).prefer('locale', 'en')
  const page = `${one.page}/edit`
  const fields = fieldsIn((await admin.open(page)).html)
  const shown = async () => (await http.call('GET', `${one.home.path}/integrations/${one.id}`)).body
  return { one, admin, page, fields, shown }
}
const line = (at: number, [category, rate, account, code]: [string, string, string, string]): Sent => ({
  [`bookkeeping.lines.${at}.vat_category`]: category,
  [`bookkeeping.lines.${at}.vat_rate`]: rate,
  [`bookkeeping.lines.${at}.gl_account`]: account,
  [`bookkeeping.lines.${at}.vat_code`]: code,
})
const EMPTY: [string, string, string, string] = ['', '', '', '']

describe('the form of an integration', () => {
  it.each(LOCALES)('shows in %s what there is, with three empty lines to fill in', async locale => {
    const { one, admin, page, fields } = await scene()
    const { edit } = wordsIn(locale).connection
    const { html } = await admin.prefer('locale', locale).open(page)
    for (const said of [edit.heading('Webshop'), edit.text, edit.line(4), edit.save])
      expect(textOf(html)).toContain(said)
    expect(textOf(html)).not.toContain(edit.line(5))
    expect(fields).toMatchObject({
      label: ['Webshop'],
      'source.kind': ['webshop'],
      'source.ref': ['shop.example'],
      'booking_kinds[]': ['sales-entry', 'customer'],
      'bookkeeping.journal': ['70'],
      'bookkeeping.lines.0.vat_rate': ['21'],
      'bookkeeping.lines.3.vat_rate': [''],
    })
    expect(fields).not.toHaveProperty('strict')
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(html).toContain(`action="${one.page}/edit"`)
  })

  it('sent as it stands changes nothing, and is no entry in the audit log', async () => {
    const { one, admin, page, fields, shown } = await scene()
    await one.integration({ bookingKinds: ['customer', 'sales-entry'] })
    const before = await shown()
    expect(await admin.send(page, fields)).toMatchObject({ status: 303, location: one.page })
    expect(await shown()).toEqual(before)
    expect((await http.call('GET', `${one.home.path}/audit`)).text).not.toContain('integration.changed')
  })

  it('changes what was changed, tells the seat, and logs no more than that', async () => {
    const { one, admin, page, fields, shown } = await scene()
    const changes = {
      label: 'Webshop NL',
      'source.kind': 'pos',
      'booking_kinds[]': ['cash-entry'],
      strict: 'on',
      ...line(2, ['Z', '0.0', GUID, '0']),
    }
    expect((await admin.send(page, { ...fields, ...changes })).status).toBe(303)
    expect(await shown()).toMatchObject({
      label: 'Webshop NL',
      source: { kind: 'pos', provider: 'shopify', ref: 'shop.example' },
      booking_kinds: ['cash-entry'],
      strict: true,
      bookkeeping: {
        journal: '70',
        lines: [
          { vat_category: 'S', vat_rate: '21' },
          { vat_category: 'Z', vat_rate: '0', gl_account: GUID, vat_code: '0' },
        ],
      },
    })
    expect(http.reloads).toContain(one.id)
    const again = fieldsIn((await admin.open(page)).html)
    expect((await admin.send(page, { ...again, label: 'Webshop BE' })).status).toBe(303)
    expect((await http.call('GET', `${one.home.path}/audit`)).text).toContain('"fields":"label"')
  })

  it('takes the bookkeeping away when all of it is emptied', async () => {
    const { admin, page, fields, shown } = await scene()
    const nothing = { 'bookkeeping.journal': '', 'bookkeeping.default_customer': '', ...line(0, EMPTY) }
    expect((await admin.send(page, { ...fields, ...nothing })).status).toBe(303)
    expect(await shown()).toMatchObject({ bookkeeping: null })
  })

  it.each<[string, Sent, string[]]>([
    ['an empty name', { label: ' ' }, ['label']],
    ['a source without its reference', { 'source.ref': '' }, ['source-ref']],
    ['no bookings at all', { 'booking_kinds[]': [] }, ['booking_kinds']],
    [
      'a line that is not whole',
      line(1, ['Z', '', GUID, '']),
      ['bookkeeping-lines-1-vat_rate', 'bookkeeping-lines-1-vat_code'],
    ],
    ['an account the provider does not take', line(1, ['Z', '0', '8000', '0']), ['bookkeeping-lines-1-gl_account']],
    [
      'a customer the provider does not take',
      { 'bookkeeping.default_customer': '12' },
      ['bookkeeping-default_customer'],
    ],
    ['one kind of VAT twice', line(1, ['S', '21.0', GUID, '2']), ['bookkeeping-lines']],
  ])('says beside the field what is wrong, and keeps what was typed: %s', async (_, change, names) => {
    const { admin, page, fields, shown } = await scene()
    const before = await shown()
    const { status, html } = await admin.send(page, { ...fields, 'source.provider': 'My shop', ...change })
    expect(status).toBe(422)
    for (const name of names) expect(html).toContain(`<a href="#f-${name}">`)
    for (const name of names) expect(html).toContain(`id="f-${name}"`)
    expect(html).toContain('value="My shop"')
    expect(await shown()).toEqual(before)
  })

  it('keeps each fault with its line when lines before it were left empty', async () => {
    const { admin, page, fields } = await scene()
    const { html } = await admin.send(page, {
      ...fields,
      ...line(0, EMPTY),
      ...line(2, ['Z', '0', GUID, '0']),
      ...line(3, ['E', '0', 'not a guid', '0']),
    })
    expect(html).toContain('id="f-bookkeeping-lines-1-gl_account-error"')
    expect(html).toMatch(/name="bookkeeping\.lines\.1\.gl_account"[^>]*value="not a guid"/)
    expect(html).toMatch(/name="bookkeeping\.lines\.0\.vat_category"[^>]*value="Z"/)
    expect(textOf(html)).toContain(en.connection.edit.line(5))
    expect(textOf(html)).not.toContain(en.connection.edit.line(6))
  })

  it('does not undo what somebody else changed meanwhile', async () => {
    const { one, admin, page, fields, shown } = await scene()
    await http.call('PATCH', `${one.home.path}/integrations/${one.id}`, { body: { strict: true } })
    for (const _ of [1, 2]) {
      const { status, html } = await admin.send(page, { ...fields, label: 'Mine' })
      expect(status).toBe(409)
      expect(html).toContain('changed_meanwhile')
      expect(html).toContain('value="Mine"')
    }
    expect(await shown()).toMatchObject({ label: 'Webshop', strict: true })
  })

  it('cannot move an integration to another administration or app', async () => {
    const { admin, page, fields, one, shown } = await scene()
    const before = await shown()
    const target = newIntegration(one.home.app, one.home.administration).target as Record<string, string>
    const moved = { 'target.administration_id': target.administration_id ?? '' }
    expect((await admin.send(page, { ...fields, ...moved })).status).toBe(422)
    expect(await shown()).toEqual(before)
  })

  it('is gone with the integration', async () => {
    const { one, admin, page, fields } = await scene()
    await http.call('DELETE', `${one.home.path}/integrations/${one.id}`)
    expect((await admin.open(page)).status).toBe(404)
    expect((await admin.send(page, fields)).status).toBe(404)
  })
})
