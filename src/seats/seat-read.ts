import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { integrations } from '../../db/schema/seats.ts'
import type { IntegrationId, ProviderAppId, TenantId } from '../id.ts'

/** A seat by what it is reached with. */
export type SeatOf = { tenant: TenantId; integration: IntegrationId }

const columns = { tenant: integrations.tenantId, integration: integrations.id }

/** Every seat of a tenant that has not ended. */
export const seatsOfTenant = (db: Db, tenant: TenantId): Promise<SeatOf[]> =>
  db
    .select(columns)
    .from(integrations)
    .where(and(eq(integrations.tenantId, tenant), isNull(integrations.endedAt)))

/** Every seat that has not ended and works through a provider app, of all tenants: the operator's alone. */
export const seatsOfApp = (db: Db, app: ProviderAppId): Promise<SeatOf[]> =>
  db
    .select(columns)
    .from(integrations)
    .where(and(eq(integrations.providerAppId, app), isNull(integrations.endedAt)))
