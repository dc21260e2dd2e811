import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { administrations } from '../../db/schema/providers.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { IntegrationId, ProviderAppId, ServiceAccountId, TenantId } from '../id.ts'
import type { ProviderName } from '../providers/provider.ts'
import type { BookingKind, SourceKind } from '../rights/right.ts'
import type { Candidate, Wanted } from './plan.ts'

/** An integration to plan for, as the API asks or as it exists. */
export type Planned = Wanted & {
  bookingKinds: readonly BookingKind[]
  integrationId: IntegrationId | null
}

/** The tenant's integrations with who sits on their seats. */
export async function existingWanted(db: Db, tenant: TenantId): Promise<Planned[]> {
  const rows = await db
    .select({
      integration: integrations,
      number: administrations.externalId,
      provider: administrations.provider,
      seated: seats.serviceAccountId,
    })
    .from(integrations)
    .innerJoin(
      administrations,
      and(eq(administrations.tenantId, integrations.tenantId), eq(administrations.id, integrations.administrationId)),
    )
    .leftJoin(
      seats,
      and(eq(seats.tenantId, integrations.tenantId), eq(seats.integrationId, integrations.id), eq(seats.end, 'target')),
    )
    .where(and(eq(integrations.tenantId, tenant), isNull(integrations.endedAt)))
    .orderBy(integrations.id)
  return rows.map(({ integration, number, provider, seated }) => ({
    provider,
    integrationId: integration.id,
    label: integration.label,
    sourceKind: integration.sourceKind,
    bookingKinds: integration.bookingKinds,
    providerAppId: integration.providerAppId,
    administration: number,
    seatedAccountId: seated,
  }))
}

/**
 * The tenant's service accounts as candidates for seats. What a user reaches is what its connection has proven, else what
 * is said of it. A user may sit in another tenant: that it is taken is told, where it sits is not.
 */
export async function candidates(db: Db, tenant: TenantId): Promise<Candidate[]> {
  const [accounts, reaches] = await db.batch([
    db.select().from(serviceAccounts).where(eq(serviceAccounts.tenantId, tenant)).orderBy(serviceAccounts.id),
    db
      .select({ providerUserId: connections.providerUserId, reach: connections.reach })
      .from(connections)
      .where(eq(connections.tenantId, tenant)),
  ])
  const taken = await seatsOf(
    db,
    accounts.flatMap(account => account.providerUserId ?? []),
  )
  return accounts.map(account => {
    const proven =
      reaches.find(row => row.providerUserId !== null && row.providerUserId === account.providerUserId)?.reach ?? null
    return {
      id: account.id,
      provider: account.provider,
      username: account.username,
      kind: account.kind,
      administrations: proven ?? (account.administrations.length === 0 ? null : account.administrations),
      monthlyPriceCents: account.monthlyPriceCents,
      seatedAt: taken.filter(seat => seat.providerUserId === account.providerUserId).map(seat => seat.providerAppId),
    }
  })
}

const seatsOf = async (
  db: Db,
  users: readonly string[],
): Promise<{ providerAppId: ProviderAppId; providerUserId: string }[]> =>
  users.length === 0
    ? []
    : db
        .select({ providerAppId: seats.providerAppId, providerUserId: seats.providerUserId })
        .from(seats)
        .where(inArray(seats.providerUserId, [...users]))

export type AskedFor = {
  label: string
  sourceKind: SourceKind
  bookingKinds: readonly BookingKind[]
  administration: string
  provider: ProviderName
  providerAppId: ProviderAppId
}

/** What does not exist yet sits nowhere. */
export const notYetSeated = (asked: AskedFor): Planned => ({
  ...asked,
  integrationId: null,
  seatedAccountId: null as ServiceAccountId | null,
})
