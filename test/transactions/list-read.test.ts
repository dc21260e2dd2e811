import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/id.ts'
import { filterOf, ListQuery } from '../../src/transactions/list-filter.ts'
import { listed, type Reading, readingOf, readList } from '../../src/transactions/list-read.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant } from '../support/tenancy.ts'
import { book, type Furnished, hold, RIGHT } from './booked.ts'

let http: Http
let tenant: Furnished
let oldest: string
beforeAll(async () => {
  http = await startHttp()
  tenant = await addFurnishedTenant(http)
  // Six thousand of one day, more than are put in order for a page; one of another kind among them, and the oldest failed.
  oldest = await book(http, tenant, { state: 'failed', reference: 'Z-1', acceptedAt: Date.UTC(2026, 0, 1) })
  await http.db.run(sql`
    insert into transactions
    with recursive counted(n) as (select 1 union all select n + 1 from counted where n < 6000)
    select tenant_id, 'txn_01kf8' || printf('%021d', n), integration_id, 10 + n, iif(n = 3000, 'item', booking_kind), administration,
      'A-' || n, payload, look_up, 'delivered', reason, missing, doubts, acceptance, 'many-' || n, request_hash, provider_id, attempts,
      not_before, ${Date.UTC(2026, 0, 18)} + n, sending_at, delivered_at, updated_at, row_version
    from transactions cross join counted where id = ${oldest}`)
})
afterAll(() => http.close())

const asked = (query: Record<string, string>) => filterOf(ListQuery.parse(query), 'UTC')
const SLICE = { after: null, limit: 51 }
const readings: Reading[] = ['by name', 'by state', 'newest first']
const read = (query: Record<string, string>, slice: { after: string | null; limit: number } = SLICE) =>
  readList(http.db, tenant.id, asked(query), slice, false)

describe('a page of very many transactions', () => {
  it.each([
    [{ reference: 'A-' }, 'newest first', 51],
    [{ reference: 'a-59' }, 'by name', 51],
    [{ reference: 'A-5999', exact: 'on' }, 'by name', 1],
    [{ state: 'failed' }, 'by state', 1],
    [{ state: 'delivered' }, 'newest first', 51],
    [{ state: 'delivered', reference: 'Z' }, 'by name', 0],
    [{ state: 'failed', reference: 'A' }, 'by state', 0],
    [{ booking_kind: 'item' }, 'newest first', 1],
    [{}, 'newest first', 51],
  ] as const)('%j is read %s', async (query, reading, count) => {
    expect(await readingOf(http.db, tenant.id, asked(query))).toBe(reading)
    expect((await read(query)).rows).toHaveLength(count)
  })

  it.each([
    {},
    { state: 'failed' },
    { reference: 'a-5' },
    { state: 'delivered', reference: 'A-12', since: '2026-01-18', until: '2026-01-18' },
    { booking_kind: 'item', since: '2026-01-01' },
    { until: '2026-01-01' },
    { since: '2026-01-19' },
  ])('%j gives the same however it is read', async query => {
    const slices = [SLICE, { after: 'txn_01kf8000000000000000005500', limit: 51 }]
    for (const slice of slices) {
      const answers = await Promise.all(
        readings.map(reading => listed(http.db, tenant.id, asked(query), slice, reading)),
      )
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
    }
  })

  it('never reads another tenant’s, however it is read', async () => {
    const other = await addFurnishedTenant(http)
    for (const reading of readings)
      expect(await listed(http.db, other.id, asked({ integration_id: tenant.integration }), SLICE, reading)).toEqual([])
    const { counts, waiting } = await readList(http.db, other.id, asked({}), SLICE, true)
    expect([...counts.values()].every(count => count === 0)).toBe(true)
    expect(waiting).toEqual([])
  })

  it('uses an index of its own for what is seldom met, and the order of the ids for what is not', async () => {
    const plan = async (query: Record<string, string>, reading: Reading) => {
      const select = listed(http.db, tenant.id, asked(query), SLICE, reading).getSQL()
      const steps = await http.db.all<{ detail: string }>(sql`explain query plan ${select satisfies SQL}`)
      return steps.map(step => step.detail).join('\n')
    }
    expect(await plan({ state: 'failed' }, 'by state')).toContain(
      'USING INDEX transactions_by_state (tenant_id=? AND integration_id=? AND state=?)',
    )
    for (const query of [{}, { state: 'delivered', reference: 'A' }, { since: '2026-01-18' }]) {
      const steps = await plan(query, 'newest first')
      expect(steps).toContain('USING INDEX sqlite_autoindex_transactions_1 (tenant_id=?')
      expect(steps).not.toContain('TEMP B-TREE')
    }
    expect(await plan({ since: '2026-01-18' }, 'newest first')).toContain('id>?')
  })
})

describe('what is held', () => {
  it('comes once for each text, with its number, and only when it is wanted', async () => {
    const own = await addFurnishedTenant(http)
    for (let nth = 0; nth < 3; nth++) await hold(http, own)
    await hold(http, own, [{ ...RIGHT, administration: '1002' }])
    const { waiting } = await readList(http.db, own.id, asked({}), SLICE, true)
    expect(waiting.map(row => row.count).toSorted()).toEqual([1, 3])
    expect(waiting.find(row => row.count === 3)?.missing).toEqual([RIGHT])
    const random = newId('int', http.clock, http.ports.random)
    for (const [query, wanted] of [
      [{}, false],
      [{ integration_id: random }, true],
    ] as const)
      expect((await readList(http.db, own.id, asked(query), SLICE, wanted)).waiting).toEqual([])
  })
})
