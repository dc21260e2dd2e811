import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { audit } from '../../db/schema/health.ts'
import { newId } from '../../src/id.ts'
import { type Price, priceOn } from '../../src/prices/price.ts'
import { listPrices, pricesInForce, upsertPrice } from '../../src/prices/store.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../../src/providers/provider.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, addTenant } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

const full = { provider: 'exact-online', user_kind: 'full_user', valid_from: '2026-01-01', monthly_cents: 2_500 }

describe('prices', () => {
  it('are set, listed with the newest day first, and written down', async () => {
    const { id, key, path } = await addTenant(http)
    const set = await http.call('POST', `${path}/prices`, { key, body: full })
    expect(set).toMatchObject({ status: 200, body: { ...full, created_at: expect.any(String) } })
    const later = await http.call('POST', `${path}/prices`, { key, body: { ...full, valid_from: '2026-07-01' } })
    const list = await http.call('GET', `${path}/prices`, { key })
    expect(list.body).toEqual({ data: [later.body, set.body], next_cursor: null })
    const entries = await http.db.select().from(audit).where(eq(audit.tenantId, id))
    expect(entries.filter(({ action }) => action === 'price.set')).toMatchObject([
      { subject: id, detail: full, actor: expect.stringMatching(/^key:key_/) },
      { detail: { valid_from: '2026-07-01' } },
    ])
  })

  it('set again for the same day take the place of what was there', async () => {
    const { path } = await addTenant(http)
    await http.call('POST', `${path}/prices`, { body: full })
    await http.call('POST', `${path}/prices`, { body: { ...full, monthly_cents: 2_900 } })
    await http.call('POST', `${path}/prices`, { body: { ...full, user_kind: 'client_user', monthly_cents: 0 } })
    expect((await http.call('GET', `${path}/prices`)).body.data).toMatchObject([
      { user_kind: 'client_user', monthly_cents: 0 },
      { user_kind: 'full_user', monthly_cents: 2_900 },
    ])
  })

  it('are paged by cursor: each stands on one page, in the same order', async () => {
    const { path } = await addTenant(http)
    for (const day of ['01', '02'])
      for (const user_kind of USER_KINDS)
        await http.call('POST', `${path}/prices`, { body: { ...full, user_kind, valid_from: `2026-03-${day}` } })
    const all = (await http.call('GET', `${path}/prices`)).body.data
    const seen: unknown[] = []
    let cursor: unknown = null
    do {
      const at = cursor === null ? '' : `&cursor=${cursor}`
      const { body } = await http.call('GET', `${path}/prices?limit=3${at}`)
      seen.push(...(Array.isArray(body.data) ? body.data : []))
      cursor = body.next_cursor
    } while (cursor !== null)
    expect(seen).toHaveLength(10)
    expect(seen).toEqual(all)
    expect(await http.call('GET', `${path}/prices?cursor=nonsense`)).toMatchObject({ status: 422 })
  })

  it.each([
    [{ provider: 'yuki' }, '/provider'],
    [{ user_kind: 'admin' }, '/user_kind'],
    [{ valid_from: '2026-02-30' }, '/valid_from'],
    [{ valid_from: '31-01-2026' }, '/valid_from'],
    [{ valid_from: '2026-01-31T00:00:00Z' }, '/valid_from'],
    [{ monthly_cents: -1 }, '/monthly_cents'],
    [{ monthly_cents: 25.5 }, '/monthly_cents'],
    [{ monthly_cents: 100_000_001 }, '/monthly_cents'],
    [{ currency: 'EUR' }, '/currency'],
  ])('with %j are refused', async (deviation, pointer) => {
    const { path } = await addTenant(http)
    const refused = await http.call('POST', `${path}/prices`, { body: { ...full, ...deviation } })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
    expect((await http.call('GET', `${path}/prices`)).body.data).toEqual([])
  })

  it('are read with the scope for reading and set with that of an administrator alone', async () => {
    const { id, path } = await addTenant(http)
    const [reader, writer, admin] = [
      await http.key(id, ['read']),
      await http.key(id, ['read', 'write', 'transactions', 'token']),
      await http.key(id, ['admin']),
    ]
    expect((await http.call('GET', `${path}/prices`, { key: reader })).status).toBe(200)
    for (const key of [reader, writer])
      expect((await http.call('POST', `${path}/prices`, { key, body: full })).status).toBe(403)
    expect((await http.call('POST', `${path}/prices`, { key: admin, body: full })).status).toBe(200)
    expect((await http.call('GET', `${path}/prices`, { key: null })).status).toBe(401)
  })

  it('P34 of another tenant are as good as those of none', async () => {
    const [mine, theirs] = [await addTenant(http), await addTenant(http)]
    await http.call('POST', `${theirs.path}/prices`, { body: full })
    const nobody = `/v1/tenants/${newId('ten', http.clock, http.ports.random)}`
    for (const method of ['GET', 'POST']) {
      const ask = async (path: string) => {
        const asking = { key: mine.key, ...(method === 'POST' ? { body: full } : {}) }
        const { status, text } = await http.call(method, `${path}/prices`, asking)
        return { status, text }
      }
      expect(await ask(theirs.path)).toEqual(await ask(nobody))
      expect((await ask(theirs.path)).status).toBe(404)
    }
    expect((await http.call('GET', `${mine.path}/prices`, { key: mine.key })).body.data).toEqual([])
    expect((await http.call('GET', `${theirs.path}/prices`)).body.data).toHaveLength(1)
  })

  it('that the database gives for a day are the very ones that the rule chooses from all', async () => {
    const day = fc.integer({ min: 1, max: 9 }).map(at => `2026-05-0${at}`)
    const one = fc.record({ validFrom: day, userKind: fc.constantFrom(...USER_KINDS), monthlyCents: fc.nat(9_000) })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 15 }), day, async (some, on) => {
        const tenant = newId('ten', http.clock, http.ports.random)
        const prices = some.map((price): Price => ({ provider: 'exact-online', ...price }))
        await runBatch(
          http.db,
          prices.map(price => upsertPrice(http.db, tenant, { ...price, createdAt: 1 })),
        )
        const [all, inForce] = [await listPrices(http.db, tenant, null, 100), await pricesInForce(http.db, tenant, on)]
        for (const provider of PROVIDER_NAMES)
          for (const kind of USER_KINDS)
            expect(priceOn(inForce, provider, kind, on)?.monthlyCents).toBe(
              priceOn(all, provider, kind, on)?.monthlyCents,
            )
      }),
      { numRuns: 25 },
    )
  })
})

describe('the seat plan', () => {
  const costOf = async (path: string, body: unknown = {}) =>
    (await http.call('POST', `${path}/seat-plan`, { body })).body.monthly_cost

  it('EOL-10 counts what users cost: their own price, else that of their kind today, and for a new user that of a full one', async () => {
    const { path, account, app, administration } = await addFurnishedTenant(http)
    const wanted = { source_kind: 'webshop', booking_kinds: ['sales-entry'], administration_id: administration }
    const body = { integrations: ['A', 'B'].map(label => ({ ...wanted, label, provider_app_id: app })) }
    expect(await costOf(path, body)).toEqual({ currency: 'EUR', known_cents: 0, users_without_price: 2 })
    await http.call('POST', `${path}/prices`, { body: full })
    expect(await costOf(path, body)).toEqual({ currency: 'EUR', known_cents: 5_000, users_without_price: 0 })
    await http.call('PATCH', `${path}/service-accounts/${account}`, { body: { monthly_price_cents: 1_000 } })
    expect(await costOf(path, body)).toEqual({ currency: 'EUR', known_cents: 3_500, users_without_price: 0 })
  })

  it('does not count a price before its first day', async () => {
    const { path } = await addFurnishedTenant(http)
    const tomorrow = new Date(http.clock.at + 2 * 86_400_000).toISOString().slice(0, 10)
    await http.call('POST', `${path}/prices`, { body: { ...full, valid_from: tomorrow } })
    expect(await costOf(path)).toMatchObject({ known_cents: 0, users_without_price: 1 })
    http.clock.at += 3 * 86_400_000
    expect(await costOf(path)).toMatchObject({ known_cents: 2_500, users_without_price: 0 })
    http.clock.at -= 3 * 86_400_000
  })

  it('knows nothing of another tenant’s prices', async () => {
    const [mine, theirs] = [await addFurnishedTenant(http), await addFurnishedTenant(http)]
    await http.call('POST', `${theirs.path}/prices`, { body: full })
    expect(await costOf(mine.path)).toMatchObject({ known_cents: 0, users_without_price: 1 })
  })
})
