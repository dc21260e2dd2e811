import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connections } from '../../db/schema/connections.ts'
import { audit } from '../../db/schema/health.ts'
import { integrations } from '../../db/schema/seats.ts'
import { newId } from '../../src/id.ts'
import { insertSeat } from '../../src/seats/store.ts'
import { insertTransaction } from '../../src/transactions/store.ts'
import { TRANSACTION_STATES, type TransactionState } from '../../src/transactions/transaction.ts'
import { type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, GUID, idIn, made, newIntegration } from '../support/tenancy.ts'

let http: Http
beforeAll(async () => {
  http = await startHttp()
})
afterAll(() => http.close())

type Furnished = Awaited<ReturnType<typeof addFurnishedTenant>>

const hand = (tenant: Furnished, state: TransactionState) => {
  const id = newId('txn', http.clock, http.ports.random)
  return insertTransaction(http.db, {
    tenantId: tenant.id,
    id,
    integrationId: tenant.integration,
    bookingKind: 'sales-entry',
    administration: '1',
    reference: 'r',
    payload: {},
    state,
    missing: [],
    doubts: [],
    acceptance: { id, state: 'queued', verdict: 'allowed', missing: [], doubts: [] },
    idempotencyKey: id,
    requestHash: '',
    notBefore: 0,
    acceptedAt: http.clock.at,
  })
}

const actionsOn = async (subject: string) =>
  (await http.db.select().from(audit).where(eq(audit.subject, subject))).map(({ action }) => action)

describe('integrations', () => {
  it('are made with a connection that waits for a first sign-in', async () => {
    const tenant = await addFurnishedTenant(http)
    const body = newIntegration(tenant.app, tenant.administration)
    const created = made(await http.call('POST', `${tenant.path}/integrations`, { key: tenant.key, body }))
    expect(created).toEqual({ ...body, id: expect.stringMatching(/^int_/), created_at: expect.any(String) })
    const id = idIn('int', created.id)
    const rows = await http.db.select().from(connections).where(eq(connections.integrationId, id))
    expect(rows).toMatchObject([{ state: 'pending', end: 'target', warnings: [], proven: false, rowVersion: 1 }])
    expect((await http.call('GET', `${tenant.path}/integrations/${id}`)).body).toEqual(created)
    expect(await actionsOn(id)).toEqual(['integration.created'])
  })

  it('keep VAT rates in one spelling, whichever was sent', async () => {
    const tenant = await addFurnishedTenant(http)
    const line = { vat_category: 'S', gl_account: GUID, vat_code: '2' }
    const rates = [21, '9.0', '0', 5.5, '100.00']
    const bookkeeping = { journal: '70', default_customer: GUID, lines: rates.map(vat_rate => ({ ...line, vat_rate })) }
    const body = { ...newIntegration(tenant.app, tenant.administration), bookkeeping }
    const created = made(await http.call('POST', `${tenant.path}/integrations`, { body }))
    expect(created.bookkeeping).toMatchObject({ lines: ['21', '9', '0', '5.5', '100'].map(vat_rate => ({ vat_rate })) })
  })

  const bookkeeping = { journal: '70', default_customer: GUID, lines: [] }
  const line = { vat_category: 'S', vat_rate: '21', gl_account: GUID, vat_code: '2' }
  it.each([
    [{ booking_kinds: [] }, '/booking_kinds'],
    [{ booking_kinds: ['sales-entry', 'payslip'] }, '/booking_kinds/1'],
    [{ booking_kinds: ['item', 'item'] }, '/booking_kinds'],
    [{ strict: 'yes' }, '/strict'],
    [{ source: { kind: 'fax' } }, '/source/kind'],
    [{ bookkeeping: { ...bookkeeping, default_customer: 'Jansen' } }, '/bookkeeping/default_customer'],
    [{ bookkeeping: { ...bookkeeping, lines: [{ ...line, gl_account: '8000' }] } }, '/bookkeeping/lines/0/gl_account'],
    [{ bookkeeping: { ...bookkeeping, lines: [{ ...line, vat_rate: '101' }] } }, '/bookkeeping/lines/0/vat_rate'],
    [{ bookkeeping: { ...bookkeeping, lines: [{ ...line, vat_rate: 1e-9 }] } }, '/bookkeeping/lines/0/vat_rate'],
    [{ bookkeeping: { ...bookkeeping, lines: [{ ...line, vat_rate: '-1' }] } }, '/bookkeeping/lines/0/vat_rate'],
    [{ bookkeeping: { ...bookkeeping, lines: [line, { ...line, vat_rate: 21 }] } }, '/bookkeeping/lines'],
    [{ bookkeeping: { ...bookkeeping, extra: 1 } }, '/bookkeeping/extra'],
    [{ id: 'int_x' }, '/id'],
  ])('with %j are refused, made or changed', async (deviation, pointer) => {
    const tenant = await addFurnishedTenant(http)
    const path = `${tenant.path}/integrations`
    const refused = { status: 422, body: { errors: [{ pointer }] } }
    const whole = newIntegration(tenant.app, tenant.administration)
    const source = 'source' in deviation ? { source: { provider: 'p', ref: 'r', ...deviation.source } } : {}
    expect(await http.call('POST', path, { body: { ...whole, ...deviation, ...source } })).toMatchObject(refused)
    expect(await http.call('PATCH', `${path}/${tenant.integration}`, { body: deviation })).toMatchObject(refused)
  })

  it('book into an app and an administration that exist', async () => {
    const tenant = await addFurnishedTenant(http)
    const body = newIntegration('app_x', 'adm_x')
    expect(await http.call('POST', `${tenant.path}/integrations`, { body })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/target/provider_app_id' }, { pointer: '/target/administration_id' }] },
    })
  })

  it('are changed field by field, and their seat reads them anew', async () => {
    const tenant = await addFurnishedTenant(http)
    const at = `${tenant.path}/integrations/${tenant.integration}`
    const before = (await http.call('GET', at)).body
    const patch = {
      label: 'Till',
      source: { kind: 'pos' },
      booking_kinds: ['cash-entry'],
      strict: true,
      bookkeeping: null,
    }
    const changed = await http.call('PATCH', at, { key: tenant.key, body: patch })
    const source = { kind: 'pos', provider: 'shopify', ref: 'shop.example' }
    expect(changed).toMatchObject({ status: 200, body: { ...before, ...patch, source } })
    expect((await http.call('GET', at)).body).toEqual(changed.body)
    expect(http.reloads.at(-1)).toBe(tenant.integration)
    expect(await actionsOn(tenant.integration)).toEqual(['integration.created', 'integration.changed'])
  })

  it('are changed even where their seat cannot be told; that is reported', async () => {
    const tenant = await addFurnishedTenant(http)
    http.seats.set(tenant.integration, { reload: () => Promise.reject(new Error('gone')) })
    const at = `${tenant.path}/integrations/${tenant.integration}`
    expect((await http.call('PATCH', at, { body: { label: 'New' } })).status).toBe(200)
    expect(http.reports.at(-1)?.what).toContain(tenant.integration)
  })

  it('changed by two at once lose neither change unseen, and write down what was done', async () => {
    const tenant = await addFurnishedTenant(http)
    const at = `${tenant.path}/integrations/${tenant.integration}`
    const labels = Array.from({ length: 8 }, (_, number) => `Label ${number}`)
    const answers = await Promise.all(labels.map(label => http.call('PATCH', at, { body: { label } })))
    const done = answers.filter(({ status }) => status === 200)
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(answer).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } })
    const [row] = await http.db.select().from(integrations).where(eq(integrations.id, tenant.integration))
    expect(row?.rowVersion).toBe(1 + done.length)
    expect((await actionsOn(tenant.integration)).length).toBe(1 + done.length)
  })
})

describe('ending an integration', () => {
  const end = (tenant: Furnished) =>
    http.call('DELETE', `${tenant.path}/integrations/${tenant.integration}`, { key: tenant.key })

  it('makes it as if it had never been, and ends its connection', async () => {
    const tenant = await addFurnishedTenant(http)
    expect((await end(tenant)).status).toBe(204)
    expect((await end(tenant)).status).toBe(404)
    const at = `${tenant.path}/integrations`
    expect((await http.call('GET', `${at}/${tenant.integration}`)).status).toBe(404)
    expect((await http.call('PATCH', `${at}/${tenant.integration}`, { body: { label: 'x' } })).status).toBe(404)
    expect((await http.call('GET', at)).body.data).toEqual([])
    const [row] = await http.db.select().from(connections).where(eq(connections.integrationId, tenant.integration))
    expect(row?.state).toBe('ended')
    expect(http.reloads.at(-1)).toBe(tenant.integration)
    expect(await actionsOn(tenant.integration)).toEqual(['integration.created', 'integration.ended'])
  })

  it.each(TRANSACTION_STATES)('with a transaction that is %s', async state => {
    const tenant = await addFurnishedTenant(http)
    await hand(tenant, state)
    const done = ['delivered', 'failed', 'cancelled'].includes(state)
    expect((await end(tenant)).status).toBe(done ? 204 : 409)
    expect(await actionsOn(tenant.integration)).toHaveLength(done ? 2 : 1)
  })

  it.each(['active', 'degraded'] as const)('is refused while its connection is %s', async state => {
    const tenant = await addFurnishedTenant(http)
    await http.db.update(connections).set({ state }).where(eq(connections.integrationId, tenant.integration))
    expect(await end(tenant)).toMatchObject({ status: 409, body: { code: 'integration_in_use' } })
  })

  it('is refused while somebody sits on its seat, for that user could sit nowhere else', async () => {
    const tenant = await addFurnishedTenant(http)
    await insertSeat(http.db, {
      providerAppId: tenant.app,
      providerUserId: 'u1',
      tenantId: tenant.id,
      integrationId: tenant.integration,
      end: 'target',
      serviceAccountId: tenant.account,
      takenAt: 0,
    })
    expect((await end(tenant)).status).toBe(409)
  })
})

describe('requirements', () => {
  it('name every right that the booking kinds need, each once, and for which kinds', async () => {
    const tenant = await addFurnishedTenant(http)
    const at = `${tenant.path}/integrations/${tenant.integration}`
    await http.call('PATCH', at, { body: { booking_kinds: ['sales-entry', 'customer'] } })
    const { body } = await http.call('GET', `${at}/requirements`, { key: tenant.key })
    expect(body.data).toContainEqual({
      resource: 'salesentry/SalesEntries',
      action: 'POST',
      purpose: 'sales_entry',
      booking_kinds: ['sales-entry'],
      scopes: expect.any(Array),
    })
    expect(body.data).toContainEqual(
      expect.objectContaining({ resource: 'crm/Accounts', action: 'GET', booking_kinds: ['sales-entry', 'customer'] }),
    )
    const rights = (Array.isArray(body.data) ? body.data : []).map(need => JSON.stringify(need))
    expect(new Set(rights).size).toBe(rights.length)
  })
})
