import { and, asc, desc, eq, isNull, lt, lte } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts'
import type { Slice } from '../http/page.ts'
import type { TenantId, WebhookDeliveryId, WebhookId } from '../id.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect

/** A delivery that is due, with where it goes and the sealed secret it is signed with. */
export type Due = DeliveryRow & { url: string; sealedSecret: Uint8Array; dueAt: number }

const thisDelivery = (tenant: TenantId, webhook: WebhookId, id: WebhookDeliveryId) =>
  and(eq(webhookDeliveries.tenantId, tenant), eq(webhookDeliveries.webhookId, webhook), eq(webhookDeliveries.id, id))

/** What is due by now, the longest due first; of one tenant, or for the sweep (null) of all. */
export async function dueDeliveries(db: Db, tenant: TenantId | null, now: number, limit: number): Promise<Due[]> {
  const rows = await db
    .select({ delivery: webhookDeliveries, url: webhookEndpoints.url, sealedSecret: webhookEndpoints.sealedSecret })
    .from(webhookDeliveries)
    .innerJoin(
      webhookEndpoints,
      and(
        eq(webhookEndpoints.tenantId, webhookDeliveries.tenantId),
        eq(webhookEndpoints.id, webhookDeliveries.webhookId),
      ),
    )
    .where(
      and(
        lte(webhookDeliveries.dueAt, now),
        tenant === null ? undefined : eq(webhookDeliveries.tenantId, tenant),
        isNull(webhookEndpoints.disabledAt),
      ),
    )
    .orderBy(asc(webhookDeliveries.dueAt))
    .limit(limit)
  return rows.map(({ delivery, ...endpoint }) => ({ ...delivery, ...endpoint, dueAt: delivery.dueAt ?? now }))
}

/** Take a due delivery for one attempt, until when it is nobody else's; false when somebody was first. */
export async function claimDelivery(db: Db, tenant: TenantId, due: Due, until: number): Promise<boolean> {
  const claimed = await db
    .update(webhookDeliveries)
    .set({ attempts: due.attempts + 1, dueAt: until })
    .where(
      and(
        thisDelivery(tenant, due.webhookId, due.id),
        eq(webhookDeliveries.attempts, due.attempts),
        eq(webhookDeliveries.dueAt, due.dueAt),
      ),
    )
  return claimed.rowsAffected === 1
}

/** Write what became of an attempt, unless the delivery is another's meanwhile: `claimed` names the attempt and its term. */
export const writeAttempt = (
  db: Db,
  tenant: TenantId,
  due: Due,
  claimed: { attempts: number; until: number },
  change: Pick<DeliveryRow, 'dueAt' | 'deliveredAt' | 'lastStatus'>,
): Statement =>
  db
    .update(webhookDeliveries)
    .set(change)
    .where(
      and(
        thisDelivery(tenant, due.webhookId, due.id),
        eq(webhookDeliveries.attempts, claimed.attempts),
        eq(webhookDeliveries.dueAt, claimed.until),
      ),
    )

/** What was told to an endpoint, newest first. */
export const listDeliveries = (
  db: Db,
  tenant: TenantId,
  webhook: WebhookId,
  { after, limit }: Slice,
): Promise<DeliveryRow[]> =>
  db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.tenantId, tenant),
        eq(webhookDeliveries.webhookId, webhook),
        after === null ? undefined : lt(webhookDeliveries.id, after as WebhookDeliveryId),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit)

/** Make a delivery due as if it had never gone, under its old id; null when there is none. */
export async function replayDelivery(
  db: Db,
  tenant: TenantId,
  webhook: WebhookId,
  id: WebhookDeliveryId,
  now: number,
): Promise<DeliveryRow | null> {
  const [row] = await db
    .update(webhookDeliveries)
    .set({ attempts: 0, dueAt: now, deliveredAt: null })
    .where(thisDelivery(tenant, webhook, id))
    .returning()
  return row ?? null
}
