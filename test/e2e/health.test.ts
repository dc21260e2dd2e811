import { afterAll, beforeAll, expect, it } from 'vitest'
import { A_SHOP } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'

type Page = {
  counts: Record<string, number>
  connections: { label: string; verdict: string; reason: string; next_step: string; timeline: unknown[] }[]
  next_cursor: string | null
}

let product: Product
let world: Setup

beforeAll(async () => {
  product = await Product.start()
  world = await product.setup()
  const first = await product.integration(world, 'Webshop A')
  for (const label of ['Webshop B', 'Webshop C']) await product.integration(world, label)
  await product.connect(world.tenant, first, A_SHOP)
})
afterAll(() => product.close())

it('counts all connections by verdict, and shows a page of them with the reason and the next step', async () => {
  const page = await product.ask<Page>('GET', `/v1/tenants/${world.tenant}/health?limit=2`)
  expect(page.counts).toEqual({ healthy: 1, attention: 0, broken: 0, unknown: 2 })
  expect(page.connections.map(one => [one.label, one.verdict])).toEqual([
    ['Webshop B', 'unknown'],
    ['Webshop A', 'healthy'],
  ])
  expect(page.connections.every(one => one.reason !== '' && one.next_step !== '')).toBe(true)
  const next = await product.ask<Page>('GET', `/v1/tenants/${world.tenant}/health?limit=2&cursor=${page.next_cursor}`)
  expect(next.connections.map(one => one.label)).toEqual(['Webshop C'])
  expect(next.next_cursor).toBeNull()
})

it('shows the operator every tenant’s', async () => {
  const other = await product.setup('Bakkerij Smit')
  await product.integration(other, 'Kassa')
  const page = await product.ask<Page>('GET', '/v1/health')
  expect(page.counts).toEqual({ healthy: 1, attention: 0, broken: 0, unknown: 3 })
})
