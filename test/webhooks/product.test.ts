import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { A_SHOP, salesEntry } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'
import { until } from '../support/until.ts'
import { Receiver } from './receiver.ts'

// The built bundle in workerd, told and sent as it will be where it is deployed.

let product: Product
let receiver: Receiver
let world: Setup
let integration: string
let secret: string
const base = () => `/v1/tenants/${world.tenant}`
const right = (allowed: boolean) =>
  product.sandbox.control.rights({
    username: A_SHOP,
    division: 1001,
    endpoint: 'salesentry/SalesEntries',
    action: 'POST',
    allowed,
  })
const book = (reference: string) =>
  product.ask<{ id: string; state: string }>(
    'POST',
    `${base()}/integrations/${integration}/transactions`,
    { booking_kind: 'sales-entry', reference, payload: salesEntry() },
    { idempotencyKey: reference },
  )
const stateOf = async (id: string) =>
  (await product.ask<{ state: string }>('GET', `${base()}/transactions/${id}`)).state

beforeAll(async () => {
  product = await Product.start()
  receiver = await Receiver.start()
  world = await product.setup()
  integration = await product.integration(world, 'Webshop A')
  const made = await product.ask<{ secret: string }>('POST', `${base()}/webhooks`, { url: receiver.url })
  secret = made.secret
})
afterAll(async () => {
  await product.close()
  await receiver.close()
})

describe('a webshop that connects, holds, is given the right and delivers', () => {
  it('makes exactly these messages, each once, sent promptly and signed as Standard Webhooks says', async () => {
    right(false)
    await product.connect(world.tenant, integration, A_SHOP)
    const { id, state } = await book('A-1')
    expect(state).toBe('held')
    right(true)
    await product.ask('POST', `${base()}/transactions/${id}/retry`, {})
    await until(async () => (await stateOf(id)) === 'delivered')
    await until(() => receiver.got.length >= 6)
    for (let nth = 0; nth < 3; nth++) await product.sweep()
    expect(receiver.events().toSorted()).toEqual([
      'connection.active',
      'rights.lost',
      'rights.restored',
      'transaction.delivered',
      'transaction.held',
      'transaction.released',
    ])
    const verifier = new Webhook(secret)
    for (const got of receiver.got) {
      expect(verifier.verify(got.body.toString('utf8'), got.headers)).toEqual(got.event)
      expect(got.event.data).toMatchObject({ tenant_id: world.tenant, integration_id: integration })
    }
    const booked = receiver.got.filter(({ event }) => event.type.startsWith('transaction.'))
    for (const { event } of booked) expect(event.data).toMatchObject({ transaction_id: id, reference: 'A-1' })
  })

  it('P60 goes on where it was after a kill, and no message is lost', async () => {
    receiver.got.length = 0
    receiver.reply = () => 'hang up'
    const ids = await Promise.all(['B-1', 'B-2', 'B-3'].map(async reference => (await book(reference)).id))
    for (const id of ids) await until(async () => (await stateOf(id)) === 'delivered')
    await until(() => receiver.got.length > 0)
    await product.kill()
    const before = receiver.got.length
    receiver.reply = () => ({ status: 204 })
    await product.revive()
    const arrived = () =>
      new Set(
        receiver.got
          .slice(before)
          .flatMap(({ event }) => (ids.includes(event.data.transaction_id ?? '') ? event.data.transaction_id : [])),
      )
    await until(async () => {
      await product.sweep()
      return arrived().size === ids.length
    }, 90_000)
    for (const got of receiver.got) expect(got.event.type).toBe('transaction.delivered')
  })

  it('follows no redirect out of workerd either', async () => {
    const elsewhere = await Receiver.start()
    receiver.got.length = 0
    receiver.reply = () => ({ status: 307, headers: { location: elsewhere.url } })
    await book('C-1')
    await until(() => receiver.got.length > 0)
    const [webhook] = (await product.ask<{ data: { id: string }[] }>('GET', `${base()}/webhooks`)).data
    const newest = async () => {
      const path = `${base()}/webhooks/${webhook?.id}/deliveries?limit=1`
      return (await product.ask<{ data: { state: string; last_status: number | null }[] }>('GET', path)).data[0]
    }
    await until(async () => (await newest())?.last_status === 307)
    expect(await newest()).toMatchObject({ state: 'due' })
    expect(elsewhere.got).toEqual([])
    await elsewhere.close()
  })
})
