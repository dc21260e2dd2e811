import PQueue from 'p-queue'
import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import type { Statement } from '../../db/open.ts'
import { runBatch } from '../../db/open.ts'
import type { Actor, AuditAction } from '../audit/audit.ts'
import type { AuditEntry } from '../audit/store.ts'
import { MINUTE } from '../clock.ts'
import type { ErrorBudget } from '../connections/budget.ts'
import type { Connection } from '../connections/connection.ts'
import type { Credential, Held } from '../connections/credential.ts'
import type { BackOff } from '../connections/journal.ts'
import { openHeld, sealHeld } from '../connections/sealing.ts'
import type { Failure } from '../failure.ts'
import type { SignalKind } from '../health/signal.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import type { Provider } from '../providers/provider.ts'
import type { Result } from '../result.ts'
import { learn, type RightObserved } from '../rights/standing.ts'
import { connectionNews, type News } from '../webhooks/event.ts'
import { hasTold } from '../webhooks/outbox-store.ts'
import type { SeatPorts } from './ports.ts'
import { audited, signalled, told } from './record.ts'
import type { End, Seat } from './seat.ts'
import { loadSeat, updateConnection, upsertRights } from './store.ts'

/** What a seat knows while it works: the database's record, its opened credential and its provider. */
export type Known = { seat: Seat; held: Held | null; provider: Provider }

/** A change decided on what is known; what is left out stays as it is. */
export type Change = {
  connection?: Partial<Omit<Connection, 'id' | 'rowVersion' | 'sealedCurrent' | 'sealedPrevious' | 'proven'>>
  held?: Held | null
  rights?: readonly RightObserved[]
  also?: readonly Statement[]
}

/** Another writer was first, again and again. */
export class Outdated extends Error {
  constructor(integration: IntegrationId) {
    super(`Seat ${integration} is written by someone else again and again`)
  }
}

/** Where a seat says which tenant's it is, once it has been used: alarms bring no caller. */
const HOME = 'home'

/**
 * The working memory of one seat. It loads what is known once, changes it one change at a time, database first and
 * memory second, and holds what only one run may have: the refresh in flight, the drain, the calls to the provider.
 */
export class Desk {
  readonly ports: SeatPorts
  readonly integrationId: IntegrationId
  readonly end: End
  /** The refresh in flight, shared by whoever waits for a token (P1). */
  refreshing: Promise<Result<Credential, Failure>> | null = null
  /** Consents being worked on by whoever brought them. */
  connecting = 0
  /** The end of the last of them: the journal holds one at a time. */
  consents: Promise<unknown> = Promise.resolve()
  /** The drain in progress. */
  draining: Promise<void> | null = null
  /** Somebody asked for a drain while one ran. */
  drainAgain = false
  /** Until when the token endpoint is left alone; null until it is read from the journal. */
  tokenBackOff: BackOff | null = null
  /** No call before this moment: the provider's rate limit. */
  pausedUntil = 0
  errors: ErrorBudget | null = null
  /** Events were written that nobody has been asked to send yet. */
  news = false
  /** When the calls of the last minute were sent, the oldest first. */
  readonly sent: number[] = []
  /** Access tokens that the provider did not honour, so that none is tried in turns. */
  readonly refusedTokens = new Set<string>()
  #calls: PQueue | null = null
  /** What is known, or being read, and for whom. */
  #reading: { by: TenantId; known: Promise<Known | null> } | null = null
  #changes: Promise<unknown> = Promise.resolve()
  /** How often what was known has been dropped: what was decided before that is not remembered after it. */
  #dropped = 0

  constructor(ports: SeatPorts, integrationId: IntegrationId, end: End) {
    this.ports = ports
    this.integrationId = integrationId
    this.end = end
  }

  now(): number {
    return this.ports.clock.now()
  }

  /** Give what is known, for this tenant only; null when the tenant has no such integration. */
  async load(tenant: TenantId): Promise<Known | null> {
    const reading = this.#reading ?? { by: tenant, known: this.#read(tenant) }
    this.#reading = reading
    const known = await this.#settled(reading)
    if (known?.seat.tenant.id === tenant) return known
    // Nothing was found, but for somebody else: this tenant's own question has not been asked yet.
    return known === null && reading.by !== tenant ? this.load(tenant) : null
  }

  /** Give what is known when no caller says for whom: an alarm or a sweep. */
  async loadHome(): Promise<Known | null> {
    const tenant = await this.ports.journal.get(HOME)
    return typeof tenant === 'string' ? this.load(tenant as TenantId) : null
  }

  /** Drop what is known: the next use reads it again. */
  forget(): void {
    this.#reading = null
    this.#dropped += 1
  }

  /** Calls to the provider go one at a time and within its minute (Exact asks for synchronous calls). */
  calls({ seat, provider }: Known): PQueue {
    this.#calls ??= new PQueue({
      concurrency: 1,
      interval: MINUTE,
      intervalCap: seat.app.callsPerMinute ?? provider.definition.limits.perMinute,
      strict: true,
    })
    return this.#calls
  }

  /**
   * Change what is known: decide on the newest knowledge, write it as one batch, then remember it. Changes run one after
   * another; when another writer was first, the knowledge is read again and the decision made anew (P2).
   */
  change(tenant: TenantId, decide: (known: Known) => Change | null): Promise<Known | null> {
    const run = this.#changes.then(() => this.#attempt(tenant, decide, 3))
    this.#changes = run.catch(() => undefined) // The caller hears of it; the next change must run all the same.
    return run
  }

  /** Remember a credential that could not be saved yet; the journal has it. */
  assume(known: Known, held: Held): void {
    this.#remember({ ...known, held })
  }

  signal({ seat }: Known, kind: SignalKind, words: string | null = null): Statement[] {
    return signalled(this.ports, seat, kind, words)
  }

  /** Write a batch, and notice when it tells somebody of something; gives how many rows each statement changed. */
  async write(statements: readonly Statement[]): Promise<number[]> {
    const changed = await runBatch(this.ports.db, statements)
    if (hasTold(statements, changed)) this.news = true
    return changed
  }

  /** Tell the tenant's endpoints of something, in the batch that makes it so. */
  tell(seat: Seat, news: News): Statement {
    return told(this.ports, seat, news)
  }

  audit({ seat }: Known, actor: Actor, action: AuditAction, detail: AuditEntry['detail'] = {}): Statement {
    return audited(this.ports, seat, actor, action, detail)
  }

  /** Wake this seat at a moment, unless it wakes earlier anyway. */
  async wakeAt(at: number): Promise<void> {
    const set = await this.ports.alarm.get()
    if (set === null || set > at) await this.ports.alarm.set(Math.max(at, this.now()))
  }

  #remember(known: Known): void {
    this.#reading = { by: known.seat.tenant.id, known: Promise.resolve(known) }
  }

  /** A reading that failed, or found nothing, is not kept. */
  async #settled(reading: { known: Promise<Known | null> }): Promise<Known | null> {
    let known: Known | null = null
    try {
      known = await reading.known
      return known
    } finally {
      if (known === null && this.#reading === reading) this.forget()
    }
  }

  async #read(tenant: TenantId): Promise<Known | null> {
    const seat = await loadSeat(this.ports.db, tenant, this.integrationId, this.end)
    if (seat === null) return null
    const provider = providerNamed(seat.app.provider)
    if (provider === null) throw new Error(`No provider named ${seat.app.provider}`)
    await this.ports.journal.put(HOME, tenant)
    return { seat, held: await openHeld(this.ports.vault, seat), provider }
  }

  async #attempt(tenant: TenantId, decide: (known: Known) => Change | null, tries: number): Promise<Known | null> {
    const dropped = this.#dropped
    const known = await this.load(tenant)
    const change = known === null ? null : decide(known)
    if (known === null || change === null) return known
    const next = await this.#next(known, change)
    const { db } = this.ports
    const { connection } = known.seat
    const news = connectionNews(connection.state, next.seat.connection)
    try {
      await this.write([
        updateConnection(db, { tenant, id: connection.id, version: connection.rowVersion }, next.seat.connection),
        orUndoAll(db),
        ...upsertRights(db, tenant, this.integrationId, change.rights ?? []),
        ...(news === null ? [] : [this.tell(known.seat, news)]),
        ...(change.also ?? []),
      ])
    } catch (error) {
      if (!isOutdated(error)) throw error
      this.forget()
      if (tries <= 1) throw new Outdated(this.integrationId)
      return this.#attempt(tenant, decide, tries - 1)
    }
    // Dropped meanwhile: somebody changed what this seat knows, and the next use reads it all again.
    if (dropped === this.#dropped) this.#remember(next)
    return next
  }

  async #next(known: Known, change: Change): Promise<Known> {
    const { seat } = known
    const connection = { ...seat.connection, ...change.connection }
    const rights = change.rights === undefined ? seat.rights : learn(seat.rights, change.rights)
    if (change.held === undefined || change.held === known.held)
      return { ...known, seat: { ...seat, connection, rights } }
    const rowVersion = seat.connection.rowVersion + 1
    const sealed = await sealHeld(this.ports.vault, { ...seat, connection: { ...connection, rowVersion } }, change.held)
    return {
      ...known,
      held: change.held,
      seat: { ...seat, rights, connection: { ...connection, ...sealed, rowVersion } },
    }
  }
}
