import { afterAll, beforeAll, expect, it } from 'vitest'
import { A_SHOP, B_SHOP, salesEntry } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterAll(() => seats.close())

it('connects, books, refuses the same user and adopts', async () => {
  const tenant = await seats.tenant()
  const app = await seats.app()
  const adm = await seats.administration(tenant)
  const a = await seats.integration(tenant, app, adm)
  const b = await seats.integration(tenant, app, adm, { label: 'B' })
  const connected = await seats.consent(tenant, a, A_SHOP)
  expect(connected).toMatchObject({ ok: true })
  console.log(JSON.stringify(connected))
  const submission = (key: string) => ({
    bookingKind: 'sales-entry' as const,
    reference: key,
    content: { payload: salesEntry() },
    idempotencyKey: key,
    requestHash: key,
    onDenied: 'hold' as const,
  })
  expect(await seats.keeper(a).submit(tenant, submission('k1'))).toMatchObject({
    ok: true,
    value: { acceptance: { state: 'queued' } },
  })
  await seats.ring(a)
  expect(seats.sandbox.control.ledger({ kind: 'booking' })).toHaveLength(1)
  const same = await seats.consent(tenant, b, A_SHOP)
  expect(same).toMatchObject({ ok: false, failure: { kind: 'user_already_seated', seatedAt: a } })
  await seats.keeper(a).submit(tenant, submission('k2'))
  await seats.ring(a)
  expect(seats.sandbox.control.ledger({ kind: 'booking' })).toHaveLength(2)
  const second = await seats.consent(tenant, b, B_SHOP)
  console.log(JSON.stringify(second))
  const held = await seats.keeper(b).submit(tenant, submission('k3'))
  expect(held).toMatchObject({ ok: true, value: { acceptance: { state: 'held' } } })
  seats.sandbox.control.rights({
    username: B_SHOP,
    division: 1001,
    endpoint: 'salesentry/SalesEntries',
    action: 'POST',
    allowed: true,
  })
  await seats.run(b, 60_000)
  expect(seats.sandbox.control.ledger({ kind: 'booking' })).toHaveLength(3)
  expect(seats.reports).toEqual([])
})
