import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { providerApps } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import type { About } from './view.ts'

/** What is said of a seat nobody sits on. */
export const NOBODY: About = { registration: 'published', username: null }

/** What a remedy has to know of these integrations: who sits there, and what kind of app it is. */
export async function aboutSeats(
  db: Db,
  tenant: TenantId,
  ids: readonly IntegrationId[],
): Promise<Map<IntegrationId, About>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: integrations.id, registration: providerApps.registration, username: connections.username })
    .from(integrations)
    .innerJoin(providerApps, eq(providerApps.id, integrations.providerAppId))
    .innerJoin(
      connections,
      and(
        eq(connections.tenantId, integrations.tenantId),
        eq(connections.integrationId, integrations.id),
        eq(connections.end, 'target'),
      ),
    )
    .where(and(eq(integrations.tenantId, tenant), inArray(integrations.id, [...new Set(ids)])))
  return new Map(rows.map(({ id, ...about }) => [id, about]))
}
