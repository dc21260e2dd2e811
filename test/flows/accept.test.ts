import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { salesEntry } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

/** A sales entry needs six rights. */
const SIX_UNPROVEN = Array.from({ length: 6 }, () => ({ cause: 'right_unproven' }))

describe('accepting a booking', () => {
  it('P42 delivers what was accepted when the keeper dies right after its answer, 20 times', async () => {
    const till = await Till.open(seats)
    for (let nth = 0; nth < 20; nth++) {
      await till.book(`P42-${nth}`)
      seats.kill(till.integration)
      await till.ring()
    }
    expect(till.references()).toEqual(Array.from({ length: 20 }, (_, nth) => `P42-${nth}`))
  })

  it('P42 delivers what was kept when the keeper died before it could set its alarm, as soon as the sweep wakes it', async () => {
    const till = await Till.open(seats)
    seats.alarms.delete(till.integration)
    const died = await till.dieAt(
      ({ what, when, about }) => what === 'db' && when === 'after' && about.includes('insert into \\"transactions\\"'),
      () => till.submit('P42-kept'),
    )
    expect(died).toBe(true)
    expect(await till.rows()).toHaveLength(1)
    seats.alarms.delete(till.integration)
    await till.keeper.wake(till.tenant)
    expect(till.references()).toEqual(['P42-kept'])
  })

  it('P43 takes the same key and payload 100 times at once as one job, with one and the same answer', async () => {
    const till = await Till.open(seats)
    const answers = await Promise.all(Array.from({ length: 100 }, () => till.submit('P43')))
    const ids = answers.map(answer => (answer.ok ? answer.value.acceptance : answer.failure))
    expect(new Set(ids.map(id => JSON.stringify(id))).size).toBe(1)
    expect(await till.rows()).toHaveLength(1)
    await till.ring()
    expect(till.references()).toEqual(['P43'])
    expect(await till.submit('P43')).toEqual(answers[0])
    await till.ring()
    expect(till.posts()).toHaveLength(1)
  })

  it('P43 refuses the same key with another payload, also when that payload is invalid or would be denied', async () => {
    const till = await Till.open(seats)
    await till.book('P43-other')
    const reused = { ok: false, failure: { kind: 'idempotency_key_reused' } }
    expect(await till.submit('P43-other', { requestHash: 'other', content: { payload: salesEntry(1) } })).toEqual(
      reused,
    )
    expect(await till.submit('P43-other', { requestHash: 'other', content: { payload: {} } })).toEqual(reused)
    till.right(false)
    await till.keeper.probe(till.tenant)
    expect(await till.submit('P43-other', { requestHash: 'other', onDenied: 'reject' })).toEqual(reused)
    expect(await till.submit('P43-other', { onDenied: 'reject' })).toMatchObject({
      ok: true,
      value: { acceptance: { state: 'queued' } },
    })
    expect(await till.rows()).toHaveLength(1)
  })

  it('P43 keeps the keys of two tenants apart', async () => {
    const [a, b] = [await Till.open(seats), await Till.open(seats)]
    const [first, second] = [await a.book('P43-shared'), await b.book('P43-shared', { requestHash: 'another' })]
    expect(first).not.toBe(second)
    await Promise.all([a.ring(), b.ring()])
    expect([a.references(), b.references()]).toEqual([['P43-shared'], ['P43-shared']])
  })

  it('P43 takes one key once for all integrations of a tenant', async () => {
    const a = await Till.open(seats)
    const b = await Till.open(seats, {
      tenant: a.tenant,
      app: a.app,
      administrationId: await seats.administration(a.tenant, '1002'),
      administration: '1002',
    })
    await a.book('P43-tenant')
    expect(await b.submit('P43-tenant', { requestHash: 'another' })).toMatchObject({
      ok: false,
      failure: { kind: 'idempotency_key_reused' },
    })
    expect(await b.rows()).toEqual([])
  })

  it('stores nothing and names what is missing when a denied booking is to be rejected', async () => {
    const till = await Till.open(seats)
    till.right(false)
    await till.keeper.probe(till.tenant)
    expect(await till.submit('reject', { onDenied: 'reject' })).toMatchObject({
      ok: false,
      failure: {
        kind: 'rights_missing',
        missing: [{ layer: 'right', cause: 'right_missing', resource: 'salesentry/SalesEntries' }],
      },
    })
    expect(await till.rows()).toEqual([])
    till.right(true)
    await till.keeper.probe(till.tenant)
    expect(await till.submit('reject', { onDenied: 'reject' })).toMatchObject({
      ok: true,
      value: { acceptance: { state: 'queued' } },
    })
  })

  it('queues what cannot be proven with the doubt recorded, and holds it for a strict integration', async () => {
    seats.sandbox.control.settings({ user_has_rights_shape: 'html' })
    const [easy, strict] = [await Till.open(seats), await Till.open(seats, { strict: true })]
    expect(await easy.submit('doubt')).toMatchObject({
      value: { acceptance: { state: 'queued', verdict: 'unknown', missing: [] } },
    })
    expect((await easy.rows())[0]?.doubts).toMatchObject(SIX_UNPROVEN)
    const held = await strict.book('doubt')
    expect(await strict.row(held)).toMatchObject({
      state: 'held',
      missing: SIX_UNPROVEN,
    })
    expect(strict.posts()).toEqual([])
    seats.sandbox.control.settings({ user_has_rights_shape: 'bare' })
    await strict.run(60_000)
    expect(await strict.row(held)).toMatchObject({ state: 'delivered' })
  })

  it('names every wrong field at once and keeps nothing', async () => {
    const till = await Till.open(seats)
    const wrong = await till.submit('wrong', {
      content: { payload: { Journal: '70', SalesEntryLines: [{ AmountFC: '1' }] } },
    })
    expect(wrong).toMatchObject({
      failure: {
        kind: 'invalid',
        errors: [
          { pointer: '/payload/Customer' },
          { pointer: '/payload/SalesEntryLines/0/AmountFC' },
          { pointer: '/payload/SalesEntryLines/0/GLAccount' },
        ],
      },
    })
    expect(await till.submit('wrong', { bookingKind: 'cash-entry' })).toMatchObject({
      failure: { kind: 'invalid', errors: [{ pointer: '/booking_kind' }] },
    })
    expect(await till.rows()).toEqual([])
  })

  it('holds what comes in before anyone signed in, and delivers it in its order once someone has', async () => {
    const till = await Till.make(seats)
    await till.book('early-1')
    await till.book('early-2')
    expect((await till.rows()).map(row => [row.state, row.missing[0]?.cause])).toEqual([
      ['held', 'not_connected'],
      ['held', 'not_connected'],
    ])
    await till.signIn()
    await till.book('late')
    await till.ring()
    expect(till.references()).toEqual(['early-1', 'early-2', 'late'])
  })

  it('answers another tenant that there is no such integration', async () => {
    const [a, b] = [await Till.open(seats), await Till.make(seats)]
    expect(await a.keeper.submit(b.tenant, a.submission('stolen'))).toEqual({
      ok: false,
      failure: { kind: 'not_found' },
    })
    expect(await seats.db.select().from(schema.transactions).where(eq(schema.transactions.tenantId, b.tenant))).toEqual(
      [],
    )
  })
})
