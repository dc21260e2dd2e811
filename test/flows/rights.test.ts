import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { newId } from '../../src/id.ts'
import { salesEntry } from '../support/exact.ts'
import { random, Seats } from '../support/seats.ts'
import { calm, Till, unfindable } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const MISSING_POST = {
  layer: 'right',
  cause: 'right_missing',
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
}

/** Hold every write but these scopes, as an app registered too narrowly. */
const SCOPES = [
  'organization.administration',
  'financial.generalledgers',
  'financial.accounting:read',
  'crm.accounts',
  'logistics.items',
]

describe('a right that is not there', () => {
  it('EOL-03 holds a booking, names every missing right, and never asks the provider to book it', async () => {
    const till = await Till.make(seats)
    till.right(false)
    till.right(false, 'vat/VATCodes', 'GET')
    await till.signIn()
    const held = await till.submit('EOL-03')
    const both = [MISSING_POST, { ...MISSING_POST, resource: 'vat/VATCodes', action: 'GET' }]
    expect(held).toMatchObject({ ok: true, value: { acceptance: { state: 'held', verdict: 'denied', missing: both } } })
    await till.run(HOUR)
    expect((await till.rows())[0]).toMatchObject({ state: 'held', missing: both })
    expect(till.posts()).toEqual([])
    expect((await till.connection()).warnings).toMatchObject([{ kind: 'rights_missing' }])
  })

  it('EOL-03 lets it go by itself once the rights are given, and says meanwhile what is still missing', async () => {
    const till = await Till.make(seats)
    till.right(false)
    till.right(false, 'vat/VATCodes', 'GET')
    await till.signIn()
    const id = await till.book('EOL-03 later')
    till.right(true)
    await till.run(MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'held', missing: [{ resource: 'vat/VATCodes' }] })
    till.right(true, 'vat/VATCodes', 'GET')
    await till.keeper.probe(till.tenant)
    expect(await till.row(id)).toMatchObject({ state: 'queued', missing: [] })
    await till.run(MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered', missing: [] })
    expect((await till.connection()).warnings).toEqual([])
  })

  it('EOL-04 meets a bare Forbidden, derives the right from what was attempted, asks, and names what it is', async () => {
    const till = await Till.open(seats)
    till.right(false)
    const [first, second] = [await till.book('bare'), await till.book('bare 2')]
    await till.ring()
    expect(await till.row(first)).toMatchObject({ state: 'held', missing: [MISSING_POST] })
    expect(await till.row(second)).toMatchObject({ state: 'held', missing: [MISSING_POST] })
    expect(await till.attempts(first)).toMatchObject([{ outcome: 'denied', status: 403, words: 'Forbidden' }])
    expect(till.posts()).toHaveLength(1)
    expect(await till.submit('bare 3')).toMatchObject({ value: { acceptance: { state: 'held' } } })
    till.right(true)
    await till.run(2 * MINUTE)
    expect(till.references()).toEqual(['bare', 'bare 2', 'bare 3'])
  })

  it("EOL-04 calls it derived, with the provider's words, where the provider cannot be asked", async () => {
    const till = await Till.open(seats)
    till.right(false)
    seats.sandbox.control.settings({ user_has_rights_shape: 'error' })
    const id = await till.book('derived')
    await till.ring()
    expect(await till.row(id)).toMatchObject({
      state: 'held',
      missing: [{ ...MISSING_POST, cause: 'right_derived', words: 'Forbidden' }],
    })
  })

  it('EOL-05 a licence module in the way is told from a missing right, and tried once more each hour', async () => {
    const till = await Till.open(seats, { bookingKinds: ['sales-order'] })
    seats.sandbox.control.modules({ modules: ['financial', 'crm', 'logistics'] })
    const payload = {
      OrderedBy: '00001001-0002-4000-8000-000000000001',
      SalesOrderLines: [{ Item: '00001001-0003-4000-8000-000000000001', Quantity: 1 }],
    }
    const id = await till.book('module', { bookingKind: 'sales-order', content: { payload } })
    await till.ring()
    expect(await till.row(id)).toMatchObject({
      state: 'held',
      missing: [{ layer: 'licence', cause: 'licence_module', resource: 'salesorder/SalesOrders', action: 'POST' }],
    })
    await till.run(50 * MINUTE)
    expect(till.posts()).toHaveLength(1)
    await till.run(2 * HOUR)
    expect(till.posts().length).toBeGreaterThanOrEqual(2)
    expect(till.posts().length).toBeLessThanOrEqual(4)
    seats.sandbox.control.modules({ modules: ['financial', 'crm', 'sales', 'logistics'] })
    await till.run(2 * HOUR)
    expect(await till.row(id)).toMatchObject({ state: 'delivered' })
  })

  it('EOL-02 tells lost access to the administration from a lost right, and takes up the work once it is given back', async () => {
    const till = await Till.open(seats, { divisions: [1001, 1002] })
    seats.sandbox.control.divisionsAccess({ username: till.username, division: 1001, allowed: false })
    const id = await till.book('no access')
    await till.ring()
    const { missing } = await till.row(id)
    expect(missing.map(one => one.layer)).toContain('administration')
    expect(missing.map(one => one.cause)).not.toContain('right_missing')
    seats.sandbox.control.divisionsAccess({ username: till.username, division: 1001, allowed: true })
    await till.run(2 * MINUTE)
    expect(await till.row(id)).toMatchObject({ state: 'delivered' })
  })

  it('EOL-06 doubts a client user that holds the right, and denies one that does not', async () => {
    const able = await Till.make(seats, { kind: 'client' })
    for (const endpoint of [
      'financial/Journals',
      'vat/VATCodes',
      'financial/GLAccounts',
      'crm/Accounts',
      'salesentry/SalesEntries',
    ])
      able.right(true, endpoint, 'GET')
    able.right(true)
    await able.signIn()
    expect(await able.submit('client')).toMatchObject({
      value: {
        acceptance: {
          state: 'queued',
          verdict: 'unknown',
          missing: [],
          doubts: [{ layer: 'user_kind', cause: 'client_user' }],
        },
      },
    })
    expect((await able.connection()).warnings).toMatchObject([{ kind: 'client_user' }])
    const poor = await Till.open(seats, { kind: 'client' })
    const held = await poor.submit('client')
    expect(held).toMatchObject({
      value: {
        acceptance: {
          state: 'held',
          missing: [{ layer: 'user_kind', cause: 'client_user' }, MISSING_POST, {}, {}, {}, {}, {}],
        },
      },
    })
    expect(poor.posts()).toEqual([])
  })
})

describe('layers above the right', () => {
  it('DIV-07 names division scope when the company is taken from the app, holds what follows, and never blames the right', async () => {
    const till = await Till.open(seats, { divisions: [1001, 1002] })
    seats.sandbox.control.grantScope({ username: till.username, client_id: till.client, divisions: [1002] })
    const ids = [await till.book('scope 1'), await till.book('scope 2')]
    await till.ring()
    for (const id of ids)
      expect(await till.row(id)).toMatchObject({
        state: 'held',
        missing: [{ layer: 'administration', cause: 'division_out_of_scope' }],
      })
    expect(await till.attempts(ids[0] ?? newId('txn', seats.clock, random))).toMatchObject([
      { outcome: 'denied', status: 403, words: 'Forbidden - User division is not within division scope.' },
    ])
    expect(till.posts()).toHaveLength(1)
    seats.sandbox.control.grantScope({ username: till.username, client_id: till.client, divisions: [1002, 1001] })
    await till.run(2 * MINUTE)
    expect(till.references()).toEqual(['scope 1', 'scope 2'])
  })

  it('DIV-05 DIV-13 holds what is for a company the user did not pick, names it, and never reaches the provider with it', async () => {
    const till = await Till.open(seats, { divisions: [1001, 1002], granted: [1002] })
    const asked = till.log().length
    expect(await till.submit('not picked')).toMatchObject({
      value: {
        acceptance: {
          state: 'held',
          missing: [{ layer: 'administration', cause: 'division_out_of_scope', administration: '1001' }],
        },
      },
    })
    expect(till.log()).toHaveLength(asked)
    await till.run(2 * HOUR)
    expect(till.posts()).toEqual([])
    expect(till.log().every(entry => !entry.path.includes('SalesEntries'))).toBe(true)
  })

  it('DIV-03 takes every company of the user for a self-registered app, whatever was picked, and no other', async () => {
    const own = await Till.open(seats, { registration: 'self_registered', divisions: [1001, 1002], granted: [1002] })
    await own.book('own app')
    await own.ring()
    expect(own.references()).toEqual(['own app'])
    const away = await Till.open(seats, { registration: 'self_registered', divisions: [1002] })
    expect(await away.submit('away')).toMatchObject({
      value: {
        acceptance: { state: 'held', missing: [{ layer: 'administration', cause: 'administration_out_of_reach' }] },
      },
    })
    expect(away.posts()).toEqual([])
  })

  it('keeps one doubt for a list of companies that cannot be read, and books', async () => {
    const till = await Till.make(seats)
    seats.sandbox.control.faults({
      match: { path: 'system/Divisions', client_id: till.client },
      kind: 'html_502',
      times: 50,
    })
    await till.signIn()
    expect(await till.submit('unread')).toMatchObject({
      value: {
        acceptance: {
          state: 'queued',
          verdict: 'unknown',
          doubts: [{ layer: 'administration', cause: 'administration_unproven' }],
        },
      },
    })
    await till.ring()
    expect(till.references()).toEqual(['unread'])
  })

  it('takes a list of companies without end for no answer, and not for a list without this one', async () => {
    const till = await Till.make(seats)
    const { fetch } = seats
    const page = JSON.stringify({
      d: { results: [{ Code: 2044 }], __next: `${seats.sandbox.url}/api/v1/1001/system/Divisions?$skiptoken=1` },
    })
    seats.fetch = async (url, init) =>
      url.includes('system/Divisions')
        ? new Response(page, { headers: { 'content-type': 'application/json' } })
        : fetch(url, init)
    await till.signIn()
    seats.fetch = fetch
    expect((await till.connection()).reach).toBeNull()
    expect(await till.submit('endless')).toMatchObject({
      value: { acceptance: { state: 'queued', verdict: 'unknown' } },
    })
  })

  it('DIV-10 reports companies the user should have and the app lacks, until the app has them', async () => {
    const till = await Till.make(seats, { divisions: [1001, 1002] })
    await seats.db.insert(schema.serviceAccounts).values({
      tenantId: till.tenant,
      id: newId('sva', seats.clock, random),
      provider: 'exact-online',
      username: till.username,
      email: till.username,
      kind: 'full_user',
      roles: [],
      administrations: ['1001', '1002'],
      createdAt: seats.clock.now(),
      rowVersion: 1,
    })
    await till.signIn([1001])
    expect((await till.connection()).warnings).toMatchObject([
      { kind: 'administration_not_granted', administration: '1002' },
      { kind: 'administrations_picked_by_hand' },
    ])
    await till.book('DIV-10')
    await till.ring()
    expect(till.references()).toEqual(['DIV-10'])
    seats.sandbox.control.grantScope({ username: till.username, client_id: till.client, divisions: 'all' })
    await till.keeper.probe(till.tenant)
    expect((await till.connection()).warnings).toEqual([])
  })

  it("names an app scope that the registration lacks, in the provider's words", async () => {
    const till = await Till.make(seats)
    seats.sandbox.control.clients({ client_id: till.client, scopes: SCOPES })
    await till.signIn()
    const id = await till.book('app scope')
    await till.ring()
    expect(await till.row(id)).toMatchObject({
      state: 'held',
      missing: [
        {
          layer: 'app_scope',
          cause: 'app_scope_missing',
          words: "Forbidden - Application Scope Violated. Cannot write 'financial.accounting' scope.",
        },
      ],
    })
    expect(till.posts()).toHaveLength(1)
  })

  it('doubts beforehand an app whose own registration says that the scope is not there', async () => {
    const till = await Till.open(seats, { scopes: ['crm.accounts'] })
    expect(await till.submit('said')).toMatchObject({
      value: { acceptance: { state: 'queued', doubts: [{ layer: 'app_scope', cause: 'app_scope_doubtful' }] } },
    })
  })

  it.each([
    ['LicenseExpired', 'licence', 'licence_expired'],
    ['BlockedUser', 'connection', 'user_blocked'],
    ['InactiveUser', 'connection', 'user_blocked'],
    ['BlockedCustomer', 'licence', 'licence_expired'],
  ])(
    'names %s as %s: %s, stops trying, and goes on when a person says that it is mended',
    async (reason, layer, cause) => {
      const till = await Till.open(seats)
      seats.sandbox.control.block({ username: till.username, reason })
      const id = await till.book('blocked')
      await till.run(30 * MINUTE)
      expect(await till.row(id)).toMatchObject({ state: 'held', missing: [{ layer, cause }] })
      expect(till.posts()).toHaveLength(1)
      expect(await till.submit('blocked too')).toMatchObject({ value: { acceptance: { state: 'held' } } })
      seats.sandbox.control.block({ username: till.username, reason: null })
      expect(await till.decide(id, { kind: 'retry' })).toMatchObject({ ok: true })
      await till.run(MINUTE)
      expect(till.references()).toEqual(['blocked', 'blocked too'])
    },
  )

  it('lets go by itself, at the latest after an hour or two, what a blocked user held up', async () => {
    const till = await Till.open(seats)
    seats.sandbox.control.block({ username: till.username, reason: 'BlockedUser' })
    await till.book('by itself')
    await till.run(20 * MINUTE)
    seats.sandbox.control.block({ username: till.username, reason: null })
    await till.run(2 * HOUR)
    expect(till.references()).toEqual(['by itself'])
  })

  it('holds only what the missing right is for', async () => {
    const till = await Till.open(seats, { bookingKinds: ['sales-entry', 'cash-entry'] })
    till.right(false)
    await till.book('held')
    const cash = await till.book('cash', { bookingKind: 'cash-entry', content: { payload: unfindable['cash-entry'] } })
    await till.ring()
    expect(await till.row(cash)).toMatchObject({ state: 'delivered' })
    expect((await till.rows()).map(row => row.state)).toEqual(['held', 'delivered'])
  })
})

describe('the errors that the provider allows in an hour', () => {
  const errorsByHour = (till: Till): number[] => {
    const failed = till.log().filter(entry => [400, 401, 403, 404].includes(entry.status ?? 0))
    const keys = failed.map(entry => `${entry.path} ${Math.floor(Date.parse(entry.at) / HOUR)}`)
    return [...Map.groupBy(keys, key => key).values()].map(same => same.length)
  }
  const blocked = (till: Till) => till.log().filter(entry => entry.status === 429)

  it('are not spent by a person who retries 30 times against a missing module', async () => {
    const till = await Till.open(seats, { bookingKinds: ['sales-order'] })
    seats.sandbox.control.modules({ modules: ['financial', 'crm', 'logistics'] })
    const payload = {
      OrderedBy: '00001001-0002-4000-8000-000000000001',
      SalesOrderLines: [{ Item: '00001001-0003-4000-8000-000000000001', Quantity: 1 }],
    }
    const id = await till.book('again', { bookingKind: 'sales-order', content: { payload } })
    await till.ring()
    for (let nth = 0; nth < 30; nth++) {
      await till.decide(id, { kind: 'retry' })
      await till.run(5 * SECOND)
    }
    expect(Math.max(...errorsByHour(till))).toBeLessThanOrEqual(10)
    expect(blocked(till)).toEqual([])
  })

  it('are not spent by 40 bookings that the provider refuses with 400, and all are refused in the end', async () => {
    const till = await Till.open(seats)
    const payload = { ...salesEntry(), Nonsense: 1 }
    for (let nth = 0; nth < 40; nth++) await till.book(`bad-${nth}`, { content: { payload } })
    await till.run(8 * HOUR)
    expect((await till.rows()).map(row => row.state)).toEqual(Array.from({ length: 40 }, () => 'failed'))
    expect(Math.max(...errorsByHour(till))).toBeLessThanOrEqual(10)
    expect(blocked(till)).toEqual([])
    expect(till.posts()).toHaveLength(40)
  })

  it('are not spent by looking for hours whether a blocked user or a company taken away has come back', async () => {
    seats.sandbox.control.settings({ divisions_url_checked: true })
    const [a, b] = [await Till.open(seats), await Till.open(seats, { divisions: [1001, 1002] })]
    seats.sandbox.control.block({ username: a.username, reason: 'BlockedUser' })
    seats.sandbox.control.grantScope({ username: b.username, client_id: b.client, divisions: [1002] })
    await a.book('blocked')
    await b.book('taken away')
    await a.run(3 * HOUR)
    await b.run(3 * HOUR)
    for (const till of [a, b]) {
      expect(Math.max(...errorsByHour(till))).toBeLessThanOrEqual(10)
      expect(blocked(till)).toEqual([])
      expect((await till.rows())[0]?.state).toBe('held')
    }
  })

  it('survive the death of the keeper', async () => {
    const till = await Till.open(seats)
    const payload = { ...salesEntry(), Nonsense: 1 }
    for (let nth = 0; nth < 20; nth++) {
      await till.book(`dead-${nth}`, { content: { payload } })
      await till.ring()
      seats.kill(till.integration)
    }
    expect(Math.max(...errorsByHour(till))).toBeLessThanOrEqual(10)
    expect(blocked(till)).toEqual([])
  })
})

it("keeps no trace of another tenant's rights", async () => {
  const [a, b] = [await Till.open(seats), await Till.open(seats)]
  a.right(false)
  await a.keeper.probe(a.tenant)
  const rights = await seats.db.select().from(schema.rights).where(eq(schema.rights.tenantId, b.tenant))
  expect(rights.every(right => right.observation.by === 'probe' && right.observation.answer === 'yes')).toBe(true)
  expect(await b.submit('mine')).toMatchObject({ value: { acceptance: { state: 'queued' } } })
})
