// An integration whose connection, queue, hours and signals are written straight into the database, and whose seat is played.
import { and, eq } from 'drizzle-orm'
import * as schema from '../../db/schema/schema.ts'
import { HOUR } from '../../src/clock.ts'
import type { SignalKind } from '../../src/health/signal.ts'
import { type IntegrationId, newId, type TransactionId } from '../../src/id.ts'
import { ok } from '../../src/result.ts'
import type { Meters } from '../../src/seats/rpc.ts'
import type { Http } from '../support/http.ts'
import { addFurnishedTenant } from '../support/tenancy.ts'

export type Furnished = Awaited<ReturnType<typeof addFurnishedTenant>>

export const calmMeters: Meters = {
  calls: { sent: 12, waiting: 0, perMinute: 60 },
  pausedUntil: null,
  errors: [],
  errorsPerHour: 10,
}

let count = 0

/** One integration of a tenant of its own, with its pages' address. */
export class Played {
  readonly http: Http
  readonly home: Furnished
  readonly id: IntegrationId
  readonly page: string

  private constructor(http: Http, home: Furnished) {
    this.http = http
    this.home = home
    this.id = home.integration
    this.page = `/t/${home.id}/integrations/${home.integration}`
  }

  static async make(http: Http): Promise<Played> {
    const played = new Played(http, await addFurnishedTenant(http))
    played.meters(calmMeters)
    return played
  }

  /** What the seat says of its budgets; null when it does not answer. */
  meters(meters: Meters | null): void {
    const answer = () => (meters === null ? Promise.reject(new Error('The seat sleeps')) : Promise.resolve(ok(meters)))
    this.http.seats.set(this.id, { ...this.http.seats.get(this.id), meters: answer })
  }

  /** Put the connection into a state. */
  async connection(change: Partial<typeof schema.connections.$inferInsert>): Promise<void> {
    await this.http.db
      .update(schema.connections)
      .set(change)
      .where(and(eq(schema.connections.tenantId, this.home.id), eq(schema.connections.integrationId, this.id)))
  }

  /** Change the integration without its version noticing. */
  async integration(change: Partial<typeof schema.integrations.$inferInsert>): Promise<void> {
    await this.http.db
      .update(schema.integrations)
      .set(change)
      .where(and(eq(schema.integrations.tenantId, this.home.id), eq(schema.integrations.id, this.id)))
  }

  /** Seat the tenant's service account, connected and probed ten minutes ago. */
  async seat(change: Partial<typeof schema.connections.$inferInsert> = {}): Promise<void> {
    const { db, clock } = this.http
    const now = clock.now()
    const user = `user-${++count}`
    await db.insert(schema.seats).values({
      providerAppId: this.home.app,
      providerUserId: user,
      tenantId: this.home.id,
      integrationId: this.id,
      end: 'target',
      serviceAccountId: this.home.account,
      takenAt: now,
    })
    await this.connection({
      state: 'active',
      providerUserId: user,
      username: 'till@shop.example',
      email: 'till@shop.example',
      userKind: 'full_user',
      reach: [await this.administration()],
      connectedAt: now - 24 * HOUR,
      accessExpiresAt: now + 420_000,
      lastRefreshAt: now - 180_000,
      lastProbeAt: now - 600_000,
      ...change,
    })
  }

  async administration(): Promise<string> {
    const [row] = await this.http.db
      .select({ number: schema.administrations.externalId })
      .from(schema.administrations)
      .where(eq(schema.administrations.tenantId, this.home.id))
    return row?.number ?? ''
  }

  async transaction(over: Partial<typeof schema.transactions.$inferInsert> = {}): Promise<TransactionId> {
    const { db, clock, ports } = this.http
    const id = newId('txn', clock, ports.random)
    const now = clock.now()
    await db.insert(schema.transactions).values({
      tenantId: this.home.id,
      id,
      integrationId: this.id,
      sequence: ++count,
      bookingKind: 'sales-entry',
      administration: '1001',
      reference: `R-${count}`,
      payload: {},
      state: 'delivered',
      missing: [],
      doubts: [],
      acceptance: { id, state: 'queued', verdict: 'allowed', missing: [], doubts: [] },
      idempotencyKey: id,
      requestHash: id,
      attempts: 0,
      notBefore: 0,
      acceptedAt: now,
      updatedAt: now,
      rowVersion: 1,
      ...over,
    })
    return id
  }

  async signal(kind: SignalKind, at: number, words: string | null = null): Promise<string> {
    const { db, ports } = this.http
    const id = newId('aud', { now: () => at }, ports.random)
    await db.insert(schema.signals).values({ tenantId: this.home.id, integrationId: this.id, id, at, kind, words })
    return id
  }

  /** Count something in an hour so many hours ago. */
  async hour(ago: number, counts: Partial<typeof schema.timeline.$inferInsert>): Promise<void> {
    const hour = Math.floor(this.http.clock.now() / HOUR) - ago
    const none = { delivered: 0, failed: 0, held: 0, troubles: 0 }
    await this.http.db
      .insert(schema.timeline)
      .values({ tenantId: this.home.id, integrationId: this.id, hour, ...none, ...counts })
  }
}

/** A page's text as people read it: without tags, its spaces as one. */
export const textOf = (html: string): string =>
  html
    .replace(/^[\s\S]*<main/, '<main')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
