import { sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { signals, timeline } from '../../db/schema/health.ts'
import { HOUR } from '../clock.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import type { SignalKind } from './signal.ts'

export const insertSignal = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  signal: { id: string; at: number; kind: SignalKind; words: string | null },
): Statement => db.insert(signals).values({ tenantId: tenant, integrationId: integration, ...signal })

export type HourCounts = { delivered?: number; failed?: number; held?: number; troubles?: number }

/** Add to the counts of the hour in which this happened. */
export const countInHour = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  at: number,
  counts: HourCounts,
): Statement => {
  const { delivered = 0, failed = 0, held = 0, troubles = 0 } = counts
  return db
    .insert(timeline)
    .values({
      tenantId: tenant,
      integrationId: integration,
      hour: Math.floor(at / HOUR),
      delivered,
      failed,
      held,
      troubles,
    })
    .onConflictDoUpdate({
      target: [timeline.tenantId, timeline.integrationId, timeline.hour],
      set: {
        delivered: sql`${timeline.delivered} + ${delivered}`,
        failed: sql`${timeline.failed} + ${failed}`,
        held: sql`${timeline.held} + ${held}`,
        troubles: sql`${timeline.troubles} + ${troubles}`,
      },
    })
}
