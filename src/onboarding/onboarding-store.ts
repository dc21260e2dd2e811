import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connections, connectLinks } from '../../db/schema/connections.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import { people } from '../../db/schema/people.ts'
import { integrations } from '../../db/schema/seats.ts'
import type { ConnectionState, Warning } from '../connections/connection.ts'
import type { Slice } from '../http/page.ts'
import type { ConnectLinkId, OnboardingId, TenantId } from '../id.ts'
import type { IntegrationRow } from '../seats/integration-store.ts'
import { answersNow } from './onboarding.ts'

export type OnboardingRow = typeof onboardings.$inferSelect

/** A flow with what has become of it; its answers are those of now. */
export type Flow = OnboardingRow & { integration: IntegrationRow | null; connection: FlowConnection | null }
export type FlowConnection = { state: ConnectionState; username: string | null; warnings: Warning[] }

const connection = { state: connections.state, username: connections.username, warnings: connections.warnings }
const ofOnboarding = and(
  eq(integrations.tenantId, onboardings.tenantId),
  eq(integrations.id, onboardings.integrationId),
)
const ofSeat = and(
  eq(connections.tenantId, onboardings.tenantId),
  eq(connections.integrationId, onboardings.integrationId),
  eq(connections.end, 'target'),
)
const thisOne = (tenant: TenantId, id: OnboardingId) => and(eq(onboardings.tenantId, tenant), eq(onboardings.id, id))

export async function flowOf(db: Db, tenant: TenantId, id: OnboardingId): Promise<Flow | null> {
  const [row] = await db
    .select({ onboarding: onboardings, integration: integrations, connection })
    .from(onboardings)
    .leftJoin(integrations, ofOnboarding)
    .leftJoin(connections, ofSeat)
    .where(thisOne(tenant, id))
  if (row === undefined) return null
  const { onboarding, integration } = row
  return { ...onboarding, draft: answersNow(onboarding.draft, integration), integration, connection: row.connection }
}

export type UnfinishedRow = Flow & { startedByName: string | null }

/** The flows that are not finished, the newest first. */
export async function listUnfinished(db: Db, tenant: TenantId, { after, limit }: Slice): Promise<UnfinishedRow[]> {
  const rows = await db
    .select({ onboarding: onboardings, integration: integrations, connection, name: people.name })
    .from(onboardings)
    .leftJoin(integrations, ofOnboarding)
    .leftJoin(connections, ofSeat)
    .leftJoin(people, eq(people.id, onboardings.startedBy))
    .where(
      and(
        eq(onboardings.tenantId, tenant),
        isNull(onboardings.finishedAt),
        after === null ? undefined : lt(onboardings.id, after as OnboardingId),
      ),
    )
    .orderBy(desc(onboardings.id))
    .limit(limit)
  return rows.map(({ onboarding, integration, name, ...row }) => ({
    ...onboarding,
    draft: answersNow(onboarding.draft, integration),
    integration,
    connection: row.connection,
    startedByName: name,
  }))
}

export const insertOnboarding = (
  db: Db,
  tenant: TenantId,
  onboarding: Omit<typeof onboardings.$inferInsert, 'tenantId'>,
): Statement => db.insert(onboardings).values({ tenantId: tenant, ...onboarding })

export type OnboardingChange = Partial<
  Pick<OnboardingRow, 'draft' | 'integrationId' | 'serviceAccountId' | 'connectLinkId' | 'finishedAt'>
>

/** Change a flow if it still is the version this was decided on. */
export const updateOnboarding = (
  db: Db,
  tenant: TenantId,
  { id, rowVersion }: Pick<OnboardingRow, 'id' | 'rowVersion'>,
  change: OnboardingChange & { updatedAt: number },
): Statement =>
  db
    .update(onboardings)
    .set({ ...change, rowVersion: rowVersion + 1 })
    .where(and(thisOne(tenant, id), eq(onboardings.rowVersion, rowVersion)))

export const deleteOnboarding = (db: Db, tenant: TenantId, id: OnboardingId): Statement =>
  db.delete(onboardings).where(thisOne(tenant, id))

/** End a link that nobody has used yet: a newer one takes its place. */
export const endLink = (db: Db, tenant: TenantId, id: ConnectLinkId, at: number): Statement =>
  db
    .update(connectLinks)
    .set({ expiresAt: at })
    .where(and(eq(connectLinks.tenantId, tenant), eq(connectLinks.id, id), isNull(connectLinks.usedAt)))
