import { and, asc, count, eq, exists, gt, inArray, isNull, not } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { integrations, seats } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import type { Slice } from '../http/page.ts'
import type { ConnectionId, IntegrationId, TenantId } from '../id.ts'
import type { TransactionState } from '../transactions/transaction.ts'

export type IntegrationRow = typeof integrations.$inferSelect
export type IntegrationChange = Partial<
  Pick<
    IntegrationRow,
    'label' | 'sourceKind' | 'sourceProvider' | 'sourceRef' | 'bookingKinds' | 'strict' | 'bookkeeping'
  >
>

/** A transaction in one of these is not done with. */
const WAITING: TransactionState[] = ['held', 'queued', 'sending', 'uncertain']

const living = (tenant: TenantId) => and(eq(integrations.tenantId, tenant), isNull(integrations.endedAt))
const thisOne = (tenant: TenantId, id: IntegrationId) => and(living(tenant), eq(integrations.id, id))

export const insertIntegration = (
  db: Db,
  tenant: TenantId,
  integration: Omit<typeof integrations.$inferInsert, 'tenantId'>,
): Statement => db.insert(integrations).values({ tenantId: tenant, ...integration })

/** Give an integration its seat's connection, which waits for a first sign-in. */
export const insertConnection = (db: Db, tenant: TenantId, id: ConnectionId, integration: IntegrationId): Statement =>
  db.insert(connections).values({
    tenantId: tenant,
    id,
    integrationId: integration,
    end: 'target',
    state: 'pending',
    warnings: [],
    proven: false,
    rowVersion: 1,
  })

export const listIntegrations = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<IntegrationRow[]> =>
  db
    .select()
    .from(integrations)
    .where(and(living(tenant), after === null ? undefined : gt(integrations.id, after as IntegrationId)))
    .orderBy(asc(integrations.id))
    .limit(limit)

/** Find an integration that has not ended. */
export async function integrationById(db: Db, tenant: TenantId, id: IntegrationId): Promise<IntegrationRow | null> {
  const [row] = await db.select().from(integrations).where(thisOne(tenant, id))
  return row ?? null
}

/** Change an integration if it still is the version this was decided on. */
export const updateIntegration = (
  db: Db,
  tenant: TenantId,
  { id, rowVersion }: Pick<IntegrationRow, 'id' | 'rowVersion'>,
  change: IntegrationChange,
): Statement =>
  db
    .update(integrations)
    .set({ ...change, rowVersion: rowVersion + 1 })
    .where(and(thisOne(tenant, id), eq(integrations.rowVersion, rowVersion)))

const waiting = (tenant: TenantId, id: IntegrationId) =>
  and(eq(transactions.tenantId, tenant), eq(transactions.integrationId, id), inArray(transactions.state, WAITING))

/** End an integration that nothing waits for and nobody sits on; changes no row otherwise. */
export const endIntegration = (db: Db, tenant: TenantId, id: IntegrationId, at: number): Statement => {
  const inQueue = db.select({ id: transactions.id }).from(transactions).where(waiting(tenant, id))
  const seated = db
    .select({ id: seats.integrationId })
    .from(seats)
    .where(and(eq(seats.tenantId, tenant), eq(seats.integrationId, id)))
  const live = db
    .select({ id: connections.id })
    .from(connections)
    .where(and(ofIntegration(tenant, id), inArray(connections.state, ['active', 'degraded'])))
  return db
    .update(integrations)
    .set({ endedAt: at })
    .where(and(thisOne(tenant, id), not(exists(inQueue)), not(exists(seated)), not(exists(live))))
}

const ofIntegration = (tenant: TenantId, id: IntegrationId) =>
  and(eq(connections.tenantId, tenant), eq(connections.integrationId, id))

/** The connections of an integration that ends, end with it. */
export const endConnections = (db: Db, tenant: TenantId, id: IntegrationId): Statement =>
  db.update(connections).set({ state: 'ended', dueAt: null }).where(ofIntegration(tenant, id))

/** How many transactions an integration is not done with. */
export async function countWaiting(db: Db, tenant: TenantId, id: IntegrationId): Promise<number> {
  const [row] = await db.select({ waiting: count() }).from(transactions).where(waiting(tenant, id))
  return row?.waiting ?? 0
}
