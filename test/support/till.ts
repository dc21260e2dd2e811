import { and, asc, eq } from 'drizzle-orm'
import * as schema from '../../db/schema/schema.ts'
import { defaultSettings } from '../../local/sandbox/exact-online/settings.ts'
import type { LogEntry } from '../../local/sandbox/exact-online.ts'
import type { AdministrationId, IntegrationId, ProviderAppId, TenantId, TransactionId } from '../../src/id.ts'
import type { Bookkeeping, JsonObject } from '../../src/providers/provider.ts'
import type { Action, BookingKind } from '../../src/rights/right.ts'
import type { Decision } from '../../src/seats/rpc.ts'
import type { Submission } from '../../src/transactions/submit.ts'
import type { TransactionState } from '../../src/transactions/transaction.ts'
import { salesEntry } from './exact.ts'
import type { Seats, Touch } from './seats.ts'

export type TillInput = {
  bookingKinds?: BookingKind[]
  strict?: boolean
  bookkeeping?: Bookkeeping | null
  tenant?: TenantId
  app?: ProviderAppId
  administrationId?: AdministrationId
  administration?: string
  kind?: 'full' | 'client'
  language?: 'nl' | 'en'
  /** Companies the user has access to. */
  divisions?: number[]
  /** Companies the app is granted. */
  granted?: 'all' | number[]
  registration?: 'published' | 'self_registered'
  scopes?: string[]
}

export const WRITES: Record<BookingKind, string> = {
  'sales-entry': 'salesentry/SalesEntries',
  'sales-invoice': 'salesinvoice/SalesInvoices',
  'sales-order': 'salesorder/SalesOrders',
  'cash-entry': 'financialtransaction/CashEntries',
  'bank-entry': 'financialtransaction/BankEntries',
  'general-journal-entry': 'generaljournalentry/GeneralJournalEntries',
  customer: 'crm/Accounts',
  item: 'logistics/Items',
}

const account = (code: number) => `00001001-0001-4000-8000-00000000${code}`

/** A payload that administration 1001 takes, of each kind that cannot be looked up. */
export const unfindable = {
  'cash-entry': { JournalCode: '10', CashEntryLines: [{ AmountFC: 12.5, GLAccount: account(8000) }] },
  'bank-entry': { JournalCode: '20', BankEntryLines: [{ AmountFC: 12.5, GLAccount: account(2010) }] },
  'general-journal-entry': {
    JournalCode: '90',
    GeneralJournalEntryLines: [
      { AmountFC: 10, GLAccount: account(1000) },
      { AmountFC: -10, GLAccount: account(2000) },
    ],
  },
} satisfies Partial<Record<BookingKind, JsonObject>>

/** Put the played provider back as it started, but for what it knows. */
export function calm(seats: Seats): void {
  seats.watch = null
  seats.settle = 120
  seats.sandbox.control.clearFaults()
  seats.sandbox.control.modules({ modules: ['financial', 'crm', 'sales', 'logistics'] })
  seats.sandbox.control.settings({ ...defaultSettings, minute_limit: null, day_limit: null })
}

let made = 0

/** One connected integration with an app and a user of its own, so that tests do not meet in the played provider. */
export class Till {
  readonly seats: Seats
  readonly tenant: TenantId
  readonly app: ProviderAppId
  readonly client: string
  readonly integration: IntegrationId
  readonly username: string
  readonly division: number

  private constructor(
    parts: Pick<Till, 'seats' | 'tenant' | 'app' | 'client' | 'integration' | 'username' | 'division'>,
  ) {
    this.seats = parts.seats
    this.tenant = parts.tenant
    this.app = parts.app
    this.client = parts.client
    this.integration = parts.integration
    this.username = parts.username
    this.division = parts.division
  }

  /** Make a till that nobody has signed in for yet. */
  static async make(seats: Seats, input: TillInput = {}): Promise<Till> {
    made += 1
    const { administration = '1001', registration = 'published', language = 'en' } = input
    const username = `till${made}@fietsenwinkel.example`
    const { control } = seats.sandbox
    const { divisions = [Number(administration)], kind = 'full' } = input
    control.users({ username, kind, divisions, language, current_division: divisions[0] ?? 1001 })
    const tenant = input.tenant ?? (await seats.tenant())
    const app = input.app ?? (await seats.app({ registration, scopes: input.scopes ?? [] }))
    const client = `zetel-${app}`
    if (input.app === undefined) control.clients({ client_id: client, registration })
    const numbered = input.administrationId ?? (await seats.administration(tenant, administration))
    const { bookingKinds = ['sales-entry'], strict = false } = input
    const integration = await seats.integration(tenant, app, numbered, {
      bookingKinds,
      strict,
      ...(input.bookkeeping === undefined ? {} : { bookkeeping: input.bookkeeping }),
    })
    return new Till({ seats, tenant, app, client, integration, username, division: Number(administration) })
  }

  /** Make a till and sign its user in. */
  static async open(seats: Seats, input: TillInput = {}): Promise<Till> {
    const till = await Till.make(seats, input)
    await till.signIn(input.granted)
    await till.ring()
    return till
  }

  async signIn(granted: 'all' | number[] = 'all'): Promise<void> {
    const connected = await this.seats.consent(this.tenant, this.integration, this.username, granted)
    if (!connected.ok) throw new Error(`not signed in: ${connected.failure.kind}`)
  }

  get keeper() {
    return this.seats.keeper(this.integration)
  }

  submission(key: string, over: Partial<Submission> = {}): Submission {
    return {
      bookingKind: 'sales-entry',
      reference: key,
      content: { payload: salesEntry() },
      idempotencyKey: key,
      requestHash: key,
      onDenied: 'hold',
      ...over,
    }
  }

  submit(key: string, over: Partial<Submission> = {}) {
    return this.keeper.submit(this.tenant, this.submission(key, over))
  }

  /** Hand in a booking that must be taken; gives its id. */
  async book(key: string, over: Partial<Submission> = {}): Promise<TransactionId> {
    const accepted = await this.submit(key, over)
    if (!accepted.ok) throw new Error(`not accepted: ${JSON.stringify(accepted.failure)}`)
    return accepted.value.acceptance.id
  }

  decide(id: TransactionId, decision: Decision) {
    return this.keeper.decide(this.tenant, id, decision, 'key:test')
  }

  ring(): Promise<void> {
    return this.seats.ring(this.integration)
  }

  run(ms: number): Promise<void> {
    return this.seats.run(this.integration, ms)
  }

  rows() {
    return this.seats.db
      .select()
      .from(schema.transactions)
      .where(eq(schema.transactions.integrationId, this.integration))
      .orderBy(asc(schema.transactions.sequence))
  }

  async row(id: TransactionId) {
    const [row] = await this.seats.db
      .select()
      .from(schema.transactions)
      .where(and(eq(schema.transactions.tenantId, this.tenant), eq(schema.transactions.id, id)))
    if (row === undefined) throw new Error('no such transaction')
    return row
  }

  /** Put a transaction into a state directly, as if it had come there by itself. */
  force(id: TransactionId, change: Partial<typeof schema.transactions.$inferInsert> & { state: TransactionState }) {
    return this.seats.db.update(schema.transactions).set(change).where(eq(schema.transactions.id, id))
  }

  async attempts(id: TransactionId) {
    return this.seats.db
      .select()
      .from(schema.attempts)
      .where(eq(schema.attempts.transactionId, id))
      .orderBy(asc(schema.attempts.number))
  }

  async connection() {
    const [row] = await this.seats.db
      .select()
      .from(schema.connections)
      .where(eq(schema.connections.integrationId, this.integration))
    if (row === undefined) throw new Error('no connection')
    return row
  }

  /** What this till's app has in the provider's ledger, in the order of writing. */
  ledger(kind: 'booking' | 'all' = 'booking') {
    return this.seats.sandbox.control.ledger({ kind }).filter(row => row.client_id === this.client)
  }

  references(): (string | null)[] {
    return this.ledger().map(row => row.your_ref)
  }

  /** Everything this till's app asked the provider's API. */
  log(): LogEntry[] {
    return this.seats.sandbox.control
      .log()
      .filter(entry => entry.client === this.client && entry.path.startsWith('/api/v1/'))
  }

  posts(): LogEntry[] {
    return this.log().filter(entry => entry.method === 'POST')
  }

  looks(): LogEntry[] {
    return this.log().filter(entry => entry.method === 'GET' && entry.query.includes('$filter'))
  }

  /** Give or take a right at the provider. */
  right(allowed: boolean, endpoint = 'salesentry/SalesEntries', action: Action = 'POST'): void {
    this.seats.sandbox.control.rights({ username: this.username, division: this.division, endpoint, action, allowed })
  }

  /** Make the provider fail on this app's writes; what is left out matches every write. */
  fault(
    kind: Parameters<Seats['sandbox']['control']['faults']>[0]['kind'],
    over: { times?: number; body?: string; before?: boolean } = {},
  ) {
    const { times = 1, body, before } = over
    return this.seats.sandbox.control.faults({
      match: { method: 'POST', path: '/api/v1/', client_id: this.client, ...(body === undefined ? {} : { body }) },
      kind,
      times,
      ...(before === undefined ? {} : { before }),
    })
  }

  /** Work until the keeper does what `point` names, and kill it there; gives whether it came so far. Then it may be woken. */
  async dieAt(point: (touch: Touch) => boolean, work: () => Promise<unknown> = () => this.ring()): Promise<boolean> {
    const died = Promise.withResolvers<boolean>()
    let dead = false
    this.seats.watch = touch => {
      if (dead || touch.integration !== this.integration || !point(touch)) return
      dead = true
      this.seats.kill(this.integration)
      died.resolve(true)
    }
    const result = await Promise.race([work().then(() => false), died.promise])
    this.seats.watch = null
    if (result) this.seats.alarms.set(this.integration, this.seats.clock.now()) // An alarm that did not end rings again.
    return result
  }
}
