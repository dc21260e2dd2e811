import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, runBatch } from '../../db/open.ts'
import { timeline } from '../../db/schema/health.ts'
import { HOUR } from '../../src/clock.ts'
import { today } from '../../src/health/today-read.ts'
import type { Missing } from '../../src/rights/right.ts'
import { integrationAt, NOW, queued, startDatabase, tenantAt, well, write } from './overview-database.ts'

let db: Db
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await startDatabase())
})
afterAll(() => close())

describe('today', () => {
  const since = NOW - 5 * HOUR
  const hour = Math.floor(since / HOUR)
  const right = (resource: string, more: Partial<Missing> = {}): Missing => ({
    layer: 'right',
    resource,
    action: 'POST',
    administration: '1001',
    cause: 'right_missing',
    ...more,
  })
  const held = (missing: Missing[], more = {}) => queued('held', { missing, ...more })

  it('sums the hours from the one of the moment on, of one tenant or of all', async () => {
    await write(db, [well, { ...well, tenant: 1 }, { ...well, ended: true }])
    const counts = (at: number, tenant: number, on: number) => ({
      tenantId: tenantAt(tenant),
      integrationId: integrationAt(at),
      hour: on,
      delivered: 1000,
      failed: 100,
      held: 10,
      troubles: 1,
    })
    const hours = [counts(0, 0, hour - 1), counts(0, 0, hour), counts(0, 0, hour + 5), counts(2, 0, hour)]
    await runBatch(db, [db.insert(timeline).values([...hours, counts(1, 1, hour)])])
    const none = { rightsMissing: 0 }
    expect(await today(db, null, since)).toEqual({ delivered: 4000, failed: 400, held: 40, troubles: 4, ...none })
    expect(await today(db, tenantAt(0), since)).toMatchObject({ delivered: 3000, troubles: 3 })
    expect(await today(db, tenantAt(2), since)).toEqual({ delivered: 0, failed: 0, held: 0, troubles: 0, ...none })
  })

  it('counts each right once per integration, however many transactions and kinds wait for it', async () => {
    const [entries, journals, accounts] = [
      right('SalesEntries'),
      right('Journals', { action: 'GET' }),
      right('Accounts'),
    ]
    const customer = { kind: 'customer' } as const
    await write(db, [
      { ...well, queue: [held([entries, journals]), held([entries, journals]), held([journals, accounts], customer)] },
      { ...well, queue: [held([entries])] },
      { ...well, tenant: 1, queue: [held([entries])] },
    ])
    expect(await today(db, null, since)).toMatchObject({ rightsMissing: 5 })
    expect(await today(db, tenantAt(0), since)).toMatchObject({ rightsMissing: 4 })
    expect(await today(db, tenantAt(1), since)).toMatchObject({ rightsMissing: 1 })
  })

  it('counts no right for what is not held, for a seat that nobody sits on, and for an integration that has ended', async () => {
    const nobody = right('SalesEntries', { layer: 'connection', cause: 'not_connected' })
    await write(db, [
      { ...well, queue: [queued('uncertain', { missing: [right('SalesEntries')] })] },
      { ...well, state: 'pending', queue: [held([nobody])] },
      { ...well, ended: true, queue: [held([right('SalesEntries')])] },
    ])
    expect(await today(db, null, since)).toMatchObject({ rightsMissing: 0 })
  })
})
