import { setTimeout as delay } from 'node:timers/promises'
import { A_SHOP, salesEntry } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'

/** A product with one connected webshop, to be killed at chosen instants and started again on the same disk. */
export class Crashing {
  readonly product: Product
  readonly world: Setup
  readonly integration: string

  private constructor(product: Product, world: Setup, integration: string) {
    this.product = product
    this.world = world
    this.integration = integration
  }

  static async start(settings: Record<string, string> = {}): Promise<Crashing> {
    const product = await Product.start({ ZETEL_LOOK_UP_SETTLE_SECONDS: '1', ...settings })
    const world = await product.setup()
    const integration = await product.integration(world, 'Webshop A')
    const crashing = new Crashing(product, world, integration)
    await crashing.consent()
    return crashing
  }

  get base(): string {
    return `/v1/tenants/${this.world.tenant}/integrations/${this.integration}`
  }

  async consent(): Promise<void> {
    const page = await this.product.connect(this.world.tenant, this.integration, A_SHOP)
    if (page.status !== 200) throw new Error(`Consent gave ${page.status}`)
  }

  token() {
    return this.product.call('GET', `${this.base}/token`)
  }

  async state(): Promise<{ state: string; trouble: { code: string } | null }> {
    return this.product.ask('GET', `${this.base}/connection`)
  }

  submit(reference: string) {
    const body = { booking_kind: 'sales-entry', reference, payload: salesEntry() }
    return this.product.call('POST', `${this.base}/transactions`, body, { idempotencyKey: reference })
  }

  /** Start something, kill workerd so many milliseconds later whatever it is doing, and start it again. */
  async killDuring(work: () => Promise<unknown>, afterMs: number): Promise<void> {
    const done = work().catch(() => undefined) // Its connection dies with the runtime.
    await delay(afterMs)
    await this.restart()
    await done
  }

  async restart(): Promise<void> {
    await this.product.kill()
    await this.product.revive()
  }

  /** The references booked at the provider, in its order. */
  booked(): string[] {
    return this.product.sandbox.control.ledger({ kind: 'booking' }).map(row => row.your_ref ?? '')
  }

  async states(): Promise<Record<string, string>> {
    const all: Record<string, string> = {}
    let cursor = ''
    do {
      const page = await this.product.ask<{ data: { reference: string; state: string }[]; next_cursor: string | null }>(
        'GET',
        `/v1/tenants/${this.world.tenant}/transactions?limit=200${cursor}`,
      )
      for (const one of page.data) all[one.reference] = one.state
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    return all
  }
}
