import { and, asc, count, eq, getTableColumns, gt, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts'
import type { Slice } from '../http/page.ts'
import type { TenantId, WebhookId } from '../id.ts'

const { sealedSecret: _sealed, ...columns } = getTableColumns(webhookEndpoints)

/** An endpoint without its secret: all that is ever shown of one. */
export type EndpointRow = Omit<typeof webhookEndpoints.$inferSelect, 'sealedSecret'>

const thisEndpoint = (tenant: TenantId, id: WebhookId) =>
  and(eq(webhookEndpoints.tenantId, tenant), eq(webhookEndpoints.id, id))

const toEndpoint = (tenant: TenantId, id: WebhookId) =>
  and(eq(webhookDeliveries.tenantId, tenant), eq(webhookDeliveries.webhookId, id))

export const insertEndpoint = (
  db: Db,
  tenant: TenantId,
  endpoint: Omit<typeof webhookEndpoints.$inferInsert, 'tenantId'>,
): Statement =>
  db
    .insert(webhookEndpoints)
    .values({ ...endpoint, tenantId: tenant, sealedSecret: Buffer.from(endpoint.sealedSecret) })

export async function countEndpoints(db: Db, tenant: TenantId): Promise<number> {
  const [row] = await db.select({ count: count() }).from(webhookEndpoints).where(eq(webhookEndpoints.tenantId, tenant))
  return row?.count ?? 0
}

export const listEndpoints = (db: Db, tenant: TenantId, { after, limit }: Slice): Promise<EndpointRow[]> =>
  db
    .select(columns)
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.tenantId, tenant),
        after === null ? undefined : gt(webhookEndpoints.id, after as WebhookId),
      ),
    )
    .orderBy(asc(webhookEndpoints.id))
    .limit(limit)

export async function endpointById(db: Db, tenant: TenantId, id: WebhookId): Promise<EndpointRow | null> {
  const [row] = await db.select(columns).from(webhookEndpoints).where(thisEndpoint(tenant, id))
  return row ?? null
}

/** The newest of an endpoint's deliveries that was tried at all. */
const latest = sql`(select ${sql.identifier('d')}.id from ${webhookDeliveries} as d where d.tenant_id = ${webhookEndpoints.tenantId} and d.webhook_id = ${webhookEndpoints.id} and d.attempts > 0 order by d.id desc limit 1)`

/** Every endpoint with the newest delivery that was tried; null where none was. */
export const endpointsWithLatest = (db: Db, tenant: TenantId) =>
  db
    .select({ endpoint: columns, latest: webhookDeliveries })
    .from(webhookEndpoints)
    .leftJoin(
      webhookDeliveries,
      and(
        eq(webhookDeliveries.tenantId, webhookEndpoints.tenantId),
        eq(webhookDeliveries.webhookId, webhookEndpoints.id),
        eq(webhookDeliveries.id, latest as SQL<typeof webhookDeliveries.$inferSelect.id>),
      ),
    )
    .where(eq(webhookEndpoints.tenantId, tenant))
    .orderBy(asc(webhookEndpoints.id))

/** An endpoint goes with all that was ever told to it. */
export const deleteEndpoint = (db: Db, tenant: TenantId, id: WebhookId): Statement[] => [
  db.delete(webhookDeliveries).where(toEndpoint(tenant, id)),
  db.delete(webhookEndpoints).where(thisEndpoint(tenant, id)),
]

/** Send nothing there any more: what was waiting for it is given up. */
export const disableEndpoint = (db: Db, tenant: TenantId, id: WebhookId, now: number): Statement[] => [
  db.update(webhookEndpoints).set({ disabledAt: now }).where(thisEndpoint(tenant, id)),
  db
    .update(webhookDeliveries)
    .set({ dueAt: null })
    .where(and(toEndpoint(tenant, id), isNotNull(webhookDeliveries.dueAt))),
]
