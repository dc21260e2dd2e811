import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { signals, timeline } from '../../db/schema/health.ts'
import { administrations } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { resolvedBy } from '../transactions/one-read.ts'
import type { TransactionState } from '../transactions/transaction.ts'
import { firstHourOf } from './timeline.ts'
import { countsAt } from './verdict-read.ts'

/** How many days of hours are read, transactions shown, and signals to a page. */
export const DAYS = 30
const RECENT = 10
const SIGNALS = 100

/** States in which a transaction is not done with. */
export const WAITING_STATES = ['queued', 'sending', 'held', 'uncertain'] as const satisfies readonly TransactionState[]

export type ConnectionRead = Awaited<ReturnType<typeof readConnection>>
export type WaitingRow = Awaited<ReturnType<typeof waitingByState>>[number]
export type RecentRow = Awaited<ReturnType<typeof recentTransactions>>[number]
export type SignalRow = Awaited<ReturnType<typeof signalsBefore>>[number]
export type EmptySeat = Awaited<ReturnType<typeof emptySeatsBeside>>[number]

/**
 * Read what a connection's page shows besides its seat, in one round trip: what waits, what failed lately, the hours of the last
 * days, the newest transactions, a page of signals before one of them (null: the newest), and where its user could move to.
 */
export async function readConnection(
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  { now, before }: { now: number; before: string | null },
) {
  const [waiting, failed, hours, recent, signals, emptySeats] = await db.batch([
    waitingByState(db, tenant, integration),
    failedLately(db, tenant, integration, now),
    hoursFrom(db, tenant, integration, firstHourOf(now, DAYS)),
    recentTransactions(db, tenant, integration),
    signalsBefore(db, tenant, integration, before),
    emptySeatsBeside(db, tenant, integration),
  ])
  const page = signals.slice(0, SIGNALS)
  const older = signals.length > SIGNALS ? (page.at(-1)?.id ?? null) : null
  return { waiting, failed: failed[0]?.failed ?? 0, hours, recent, signals: page, older, emptySeats }
}

/** How many transactions wait in each state, and since when (Unix ms) the oldest of them was accepted. */
export const waitingByState = (db: Db, tenant: TenantId, integration: IntegrationId) =>
  db
    .select({
      state: transactions.state,
      count: sql<number>`count(*)`,
      since: sql<number>`min(${transactions.acceptedAt})`,
    })
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, tenant),
        eq(transactions.integrationId, integration),
        inArray(transactions.state, [...WAITING_STATES]),
      ),
    )
    .groupBy(transactions.state)

const thisOne = (tenant: TenantId, integration: IntegrationId) =>
  and(eq(integrations.tenantId, tenant), eq(integrations.id, integration))

const failedLately = (db: Db, tenant: TenantId, integration: IntegrationId, now: number) =>
  db
    .select({ failed: countsAt(now).failed })
    .from(integrations)
    .where(thisOne(tenant, integration))

const hoursFrom = (db: Db, tenant: TenantId, integration: IntegrationId, hour: number) =>
  db
    .select({
      hour: timeline.hour,
      delivered: timeline.delivered,
      failed: timeline.failed,
      held: timeline.held,
      troubles: timeline.troubles,
    })
    .from(timeline)
    .where(and(eq(timeline.tenantId, tenant), eq(timeline.integrationId, integration), gte(timeline.hour, hour)))

const recentTransactions = (db: Db, tenant: TenantId, integration: IntegrationId) =>
  db
    .select({
      id: transactions.id,
      state: transactions.state,
      reference: transactions.reference,
      bookingKind: transactions.bookingKind,
      acceptedAt: transactions.acceptedAt,
      reason: transactions.reason,
      resolvedBy: resolvedBy(tenant),
      missing: transactions.missing,
    })
    .from(transactions)
    .where(and(eq(transactions.tenantId, tenant), eq(transactions.integrationId, integration)))
    .orderBy(desc(transactions.sequence))
    .limit(RECENT)

/** Ids of signals sort by the time they were made; one more than a page tells whether there are older ones. */
const signalsBefore = (db: Db, tenant: TenantId, integration: IntegrationId, before: string | null) =>
  db
    .select({ id: signals.id, at: signals.at, kind: signals.kind, words: signals.words })
    .from(signals)
    .where(
      and(
        eq(signals.tenantId, tenant),
        eq(signals.integrationId, integration),
        before === null ? undefined : lt(signals.id, before),
      ),
    )
    .orderBy(desc(signals.id))
    .limit(SIGNALS + 1)

/** The tenant's other integrations with an empty seat at the same provider app: where a service account can move to. */
export const emptySeatsBeside = (db: Db, tenant: TenantId, integration: IntegrationId) =>
  db
    .select({ id: integrations.id, label: integrations.label, administration: administrations.externalId })
    .from(integrations)
    .innerJoin(
      connections,
      and(
        eq(connections.tenantId, integrations.tenantId),
        eq(connections.integrationId, integrations.id),
        eq(connections.end, 'target'),
        inArray(connections.state, ['pending', 'ended']),
      ),
    )
    .innerJoin(
      administrations,
      and(eq(administrations.tenantId, integrations.tenantId), eq(administrations.id, integrations.administrationId)),
    )
    .where(
      and(
        eq(integrations.tenantId, tenant),
        ne(integrations.id, integration),
        isNull(integrations.endedAt),
        inArray(
          integrations.providerAppId,
          db.select({ app: integrations.providerAppId }).from(integrations).where(thisOne(tenant, integration)),
        ),
      ),
    )
    .orderBy(asc(integrations.label), asc(integrations.id))
    .limit(200)
