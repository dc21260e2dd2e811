import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { MINUTE } from '../../src/clock.ts'
import type { Decision } from '../../src/seats/rpc.ts'
import { TRANSACTION_STATES, type TransactionState } from '../../src/transactions/transaction.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'

let seats: Seats
let till: Till
beforeAll(async () => {
  seats = await Seats.start()
  till = await Till.open(seats)
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const RETRY: Decision = { kind: 'retry' }
const CANCEL: Decision = { kind: 'cancel' }
const THERE: Decision = { kind: 'resolve', delivered: true, providerId: 'P9' }
const GONE: Decision = { kind: 'resolve', delivered: false, providerId: null }

/** What each decision makes of each state; what is not named is refused. */
const MAKES: Record<string, Partial<Record<TransactionState, TransactionState>>> = {
  retry: { held: 'queued', uncertain: 'uncertain', failed: 'queued' },
  cancel: { held: 'cancelled', queued: 'cancelled', failed: 'cancelled' },
  'resolve there': { uncertain: 'delivered' },
  'resolve gone': { uncertain: 'queued' },
}
const decisions = { retry: RETRY, cancel: CANCEL, 'resolve there': THERE, 'resolve gone': GONE }
const cases = Object.entries(decisions).flatMap(([name, decision]) =>
  TRANSACTION_STATES.map(state => ({ name, decision, state, makes: MAKES[name]?.[state] ?? null })),
)

let nth = 0

describe('what a person decides', () => {
  it.each(cases)('$name makes $makes of $state', async ({ decision, state, makes }) => {
    nth += 1
    const id = await till.book(`decide-${nth}`)
    const reason = state === 'uncertain' ? { kind: 'several_found' as const, ids: ['P1', 'P2'] } : null
    await till.force(id, { state, reason, rowVersion: 5, missing: [] })
    const decided = await till.decide(id, decision)
    const row = await till.row(id)
    if (makes === null) {
      expect(decided).toEqual({ ok: false, failure: { kind: 'transaction_state', state, asked: decision.kind } })
      expect(row).toMatchObject({ state, rowVersion: 5 })
    } else {
      expect(decided).toEqual({ ok: true, value: null })
      expect(row.state).toBe(makes)
      expect(row.rowVersion).toBeGreaterThan(5)
    }
    const said = await seats.db
      .select()
      .from(schema.audit)
      .where(and(eq(schema.audit.tenantId, till.tenant), eq(schema.audit.actor, 'key:test')))
    const mine = said.filter(entry => JSON.stringify(entry.detail).includes(id))
    if (makes === null) expect(mine).toEqual([])
    await till.force(id, { state: 'cancelled' })
  })

  it('P67 writes down who decided what', async () => {
    const id = await till.book('audited')
    await till.decide(id, CANCEL)
    const said = await seats.db.select().from(schema.audit).where(eq(schema.audit.tenantId, till.tenant))
    expect(said.filter(entry => JSON.stringify(entry.detail).includes(id))).toMatchObject([
      { action: 'transaction.cancelled', actor: 'key:test', subject: till.integration },
    ])
  })

  it('P20 never sends what was cancelled while it waited', async () => {
    const own = await Till.open(seats)
    const id = await own.book('never')
    await own.decide(id, CANCEL)
    await own.run(MINUTE)
    expect(own.posts()).toEqual([])
  })

  it('retries what failed, in its old place in the queue', async () => {
    const own = await Till.open(seats)
    own.fault('status_500_business')
    const first = await own.book('first')
    await own.ring()
    await own.book('second')
    await own.decide(first, RETRY)
    await own.ring()
    expect(own.references()).toEqual(['first', 'second'])
  })

  it('refuses to retry what is held while the right is still missing, and names it', async () => {
    const own = await Till.make(seats)
    own.right(false)
    await own.signIn()
    const id = await own.book('held')
    expect(await own.decide(id, RETRY)).toMatchObject({
      ok: false,
      failure: { kind: 'rights_missing', missing: [{ cause: 'right_missing', resource: 'salesentry/SalesEntries' }] },
    })
    expect(await own.row(id)).toMatchObject({ state: 'held' })
    own.right(true)
    expect(await own.decide(id, RETRY)).toEqual({ ok: true, value: null })
    await own.ring()
    expect(own.references()).toEqual(['held'])
  })

  it('looks again, and does not send, when a person retries what is parked', async () => {
    const own = await Till.open(seats)
    own.fault('drop_after')
    const id = await own.book('parked')
    await own.ring()
    await own.force(id, { state: 'uncertain', reason: { kind: 'too_many_attempts', attempts: 10, words: '' } })
    await own.decide(id, RETRY)
    await own.run(5 * MINUTE)
    expect(own.posts()).toHaveLength(1)
    expect(await own.row(id)).toMatchObject({ state: 'delivered', providerId: own.ledger()[0]?.id })
  })

  it('knows no transaction of another integration or tenant', async () => {
    const [a, b] = [await Till.open(seats), await Till.open(seats)]
    const c = await Till.make(seats, {
      tenant: a.tenant,
      app: a.app,
      administrationId: await seats.administration(a.tenant, '1002'),
      administration: '1002',
    })
    const id = await a.book('mine')
    for (const other of [b, c])
      expect(await other.decide(id, CANCEL)).toEqual({ ok: false, failure: { kind: 'not_found' } })
    expect(await a.row(id)).toMatchObject({ state: 'queued' })
  })
})
