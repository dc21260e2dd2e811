import { and, eq, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { administrations, providerApps } from '../../db/schema/providers.ts'
import { rights } from '../../db/schema/rights.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { Connection } from '../connections/connection.ts'
import type { ConnectionId, IntegrationId, ProviderAppId, TenantId } from '../id.ts'
import type { RightObserved } from '../rights/standing.ts'
import type { End, Integration, Seat } from './seat.ts'

/** Load all that is known of a seat, in one round trip; null when this tenant has no such integration. */
export async function loadSeat(db: Db, tenant: TenantId, integration: IntegrationId, end: End): Promise<Seat | null> {
  const [rows, known] = await db.batch([
    db
      .select({
        tenant: { id: tenants.id, locale: tenants.locale },
        integration: integrations,
        app: providerApps,
        administration: administrations,
        connection: connections,
        account: serviceAccounts,
      })
      .from(integrations)
      .innerJoin(tenants, eq(tenants.id, integrations.tenantId))
      .innerJoin(providerApps, eq(providerApps.id, integrations.providerAppId))
      .innerJoin(
        administrations,
        and(eq(administrations.tenantId, integrations.tenantId), eq(administrations.id, integrations.administrationId)),
      )
      .innerJoin(
        connections,
        and(
          eq(connections.tenantId, integrations.tenantId),
          eq(connections.integrationId, integrations.id),
          eq(connections.end, end),
        ),
      )
      .leftJoin(
        seats,
        and(eq(seats.tenantId, integrations.tenantId), eq(seats.integrationId, integrations.id), eq(seats.end, end)),
      )
      .leftJoin(
        serviceAccounts,
        and(eq(serviceAccounts.tenantId, integrations.tenantId), eq(serviceAccounts.id, seats.serviceAccountId)),
      )
      .where(and(eq(integrations.tenantId, tenant), eq(integrations.id, integration))),
    db
      .select()
      .from(rights)
      .where(and(eq(rights.tenantId, tenant), eq(rights.integrationId, integration))),
  ])
  const row = rows[0]
  if (row === undefined) return null
  return {
    tenant: row.tenant,
    integration: integrationFrom(row.integration),
    end,
    app: row.app,
    administration: row.administration,
    serviceAccount: row.account,
    connection: row.connection,
    rights: known,
  }
}

export const integrationFrom = (row: typeof integrations.$inferSelect): Integration => ({
  id: row.id,
  label: row.label,
  source: { kind: row.sourceKind, provider: row.sourceProvider, ref: row.sourceRef },
  bookingKinds: row.bookingKinds,
  strict: row.strict,
  bookkeeping: row.bookkeeping,
  endedAt: row.endedAt,
})

type Identified = { tenant: TenantId; id: ConnectionId; version: number }

/** Write a connection as a whole but for its last delivery, if its sealed credential is still the version this was decided on. */
export const updateConnection = (db: Db, where: Identified, next: Omit<Connection, 'id'>): Statement => {
  const { warnings, reach, consentedScopes, lastDeliveryAt: _kept, ...fields } = next
  return db
    .update(connections)
    .set({
      ...fields,
      warnings: [...warnings],
      reach: reach === null ? null : [...reach],
      consentedScopes: consentedScopes === null ? null : [...consentedScopes],
      sealedCurrent: buffer(next.sealedCurrent),
      sealedPrevious: buffer(next.sealedPrevious),
    })
    .where(
      and(
        eq(connections.tenantId, where.tenant),
        eq(connections.id, where.id),
        eq(connections.rowVersion, where.version),
      ),
    )
}

/** The driver binds Node's Buffer type; in a Worker it is a plain view of the same bytes. */
const buffer = (bytes: Uint8Array | null): Buffer | null => (bytes === null ? null : Buffer.from(bytes))

export const upsertRights = (
  db: Db,
  tenant: TenantId,
  integration: IntegrationId,
  fresh: readonly RightObserved[],
): Statement[] =>
  fresh.map(right =>
    db
      .insert(rights)
      .values({ tenantId: tenant, integrationId: integration, ...columns(right) })
      .onConflictDoUpdate({
        target: [rights.tenantId, rights.integrationId, rights.administration, rights.resource, rights.action],
        set: { observation: right.observation, observedAt: right.observedAt },
      }),
  )

const columns = (right: RightObserved): RightObserved => ({
  administration: right.administration,
  resource: right.resource,
  action: right.action,
  observation: right.observation,
  observedAt: right.observedAt,
})

export const forgetRights = (db: Db, tenant: TenantId, integration: IntegrationId): Statement =>
  db.delete(rights).where(and(eq(rights.tenantId, tenant), eq(rights.integrationId, integration)))

export type Sitting = { tenantId: TenantId; integrationId: IntegrationId }

/** Who sits at a provider app under this user, in any tenant: the one look across tenants that the seat rule needs. */
export async function whoSits(db: Db, app: ProviderAppId, providerUserId: string): Promise<Sitting | null> {
  const [row] = await db
    .select({ tenantId: seats.tenantId, integrationId: seats.integrationId })
    .from(seats)
    .where(and(eq(seats.providerAppId, app), eq(seats.providerUserId, providerUserId)))
  return row ?? null
}

export const insertSeat = (db: Db, seat: typeof seats.$inferInsert): Statement => db.insert(seats).values(seat)

export const deleteSeat = (db: Db, tenant: TenantId, integration: IntegrationId, end: End): Statement =>
  db.delete(seats).where(and(eq(seats.tenantId, tenant), eq(seats.integrationId, integration), eq(seats.end, end)))

/** Move a taken seat's user to another integration of the same tenant. */
export const moveSeat = (db: Db, tenant: TenantId, from: IntegrationId, to: IntegrationId, end: End): Statement =>
  db
    .update(seats)
    .set({ integrationId: to })
    .where(and(eq(seats.tenantId, tenant), eq(seats.integrationId, from), eq(seats.end, end)))

export async function accountOfUser(
  db: Db,
  tenant: TenantId,
  provider: typeof serviceAccounts.$inferSelect.provider,
  user: { userId: string; username: string; email: string },
): Promise<typeof serviceAccounts.$inferSelect | null> {
  const rows = await db
    .select()
    .from(serviceAccounts)
    .where(and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.provider, provider)))
  const same = (a: string, b: string) => a !== '' && a.toLowerCase() === b.toLowerCase()
  return (
    rows.find(row => row.providerUserId === user.userId) ??
    rows.find(
      row => row.providerUserId === null && (same(row.username, user.username) || same(row.email, user.email)),
    ) ??
    null
  )
}

export const upsertAccount = (db: Db, account: typeof serviceAccounts.$inferInsert): Statement =>
  db
    .insert(serviceAccounts)
    .values(account)
    .onConflictDoUpdate({
      target: [serviceAccounts.tenantId, serviceAccounts.id],
      set: {
        providerUserId: account.providerUserId,
        kind: account.kind,
        rowVersion: sql`${serviceAccounts.rowVersion} + 1`,
      },
    })
