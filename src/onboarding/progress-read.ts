import { and, desc, eq, gte, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections, connectLinks } from '../../db/schema/connections.ts'
import { audit } from '../../db/schema/health.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { TenantId } from '../id.ts'
import { type ConsentProgress, consentProgress, type RefusalSeen } from './consent-progress.ts'
import type { Flow } from './onboarding-store.ts'

/** Look how far the sign-in is that a flow's newest link was made for. `now` is Unix ms. */
export async function readProgress(db: Db, tenant: TenantId, flow: Flow, now: number): Promise<ConsentProgress> {
  const seen = flow.connectLinkId === null ? null : await linkSeen(db, tenant, flow)
  if (seen === null) return consentProgress(null, flow.connection, null, now)
  const { account, refusedUsername, refusedAt, ...link } = seen
  const isOfThisTry = refusedAt !== null && refusedAt >= (link.stateUsedAt ?? 0)
  const refusal = refusedUsername !== null && isOfThisTry ? await refusalOf(db, tenant, flow, refusedUsername) : null
  return consentProgress({ ...link, expected: account }, flow.connection, refusal, now)
}

/** The newest link, and who was last turned away with it. */
async function linkSeen(db: Db, tenant: TenantId, { connectLinkId, integrationId }: Flow) {
  if (connectLinkId === null || integrationId === null) return null
  const [row] = await db
    .select({
      expiresAt: connectLinks.expiresAt,
      usedAt: connectLinks.usedAt,
      stateHash: connectLinks.stateHash,
      stateExpiresAt: connectLinks.stateExpiresAt,
      stateUsedAt: connectLinks.stateUsedAt,
      workingSince: connectLinks.workingSince,
      account: { username: serviceAccounts.username, email: serviceAccounts.email },
      refusedUsername: sql<string | null>`${audit.detail} ->> 'username'`,
      refusedAt: audit.at,
    })
    .from(connectLinks)
    .leftJoin(
      serviceAccounts,
      and(eq(serviceAccounts.tenantId, connectLinks.tenantId), eq(serviceAccounts.id, connectLinks.serviceAccountId)),
    )
    .leftJoin(
      audit,
      and(
        eq(audit.tenantId, connectLinks.tenantId),
        gte(audit.at, connectLinks.createdAt),
        eq(audit.action, 'connection.refused'),
        eq(audit.subject, integrationId),
        eq(audit.actor, `link:${connectLinkId}`),
      ),
    )
    .where(and(eq(connectLinks.tenantId, tenant), eq(connectLinks.id, connectLinkId)))
    .orderBy(desc(audit.at))
    .limit(1)
  return row ?? null
}

/** Find where a user that was turned away sits, within the tenant. */
async function refusalOf(db: Db, tenant: TenantId, flow: Flow, username: string): Promise<RefusalSeen> {
  if (flow.integration === null) return { username, sitsOn: null }
  const { id, providerAppId } = flow.integration
  const [row] = await db
    .select({ id: integrations.id, label: integrations.label })
    .from(seats)
    .innerJoin(
      connections,
      and(
        eq(connections.tenantId, seats.tenantId),
        eq(connections.integrationId, seats.integrationId),
        eq(connections.end, seats.end),
      ),
    )
    .innerJoin(integrations, and(eq(integrations.tenantId, seats.tenantId), eq(integrations.id, seats.integrationId)))
    .where(
      and(
        eq(seats.tenantId, tenant),
        eq(seats.providerAppId, providerAppId),
        eq(connections.username, username),
        ne(seats.integrationId, id),
      ),
    )
    .limit(1)
  return { username, sitsOn: row ?? null }
}
