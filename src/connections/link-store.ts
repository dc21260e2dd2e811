import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { connectLinks } from '../../db/schema/connections.ts'
import { serviceAccounts } from '../../db/schema/seats.ts'
import type { ConnectLinkId, IntegrationId, TenantId } from '../id.ts'

export type ConnectLink = typeof connectLinks.$inferSelect

/** A link as the seat needs it: which user was asked for, if any. */
export type WorkedLink = {
  id: ConnectLinkId
  expected: { providerUserId: string | null; username: string; email: string } | null
}

export const insertLink = (db: Db, link: typeof connectLinks.$inferInsert): Statement =>
  db.insert(connectLinks).values(link)

export async function linkOf(db: Db, tenant: TenantId, id: ConnectLinkId): Promise<WorkedLink | null> {
  const [row] = await db
    .select({
      id: connectLinks.id,
      account: {
        id: serviceAccounts.id,
        providerUserId: serviceAccounts.providerUserId,
        username: serviceAccounts.username,
        email: serviceAccounts.email,
      },
    })
    .from(connectLinks)
    .leftJoin(
      serviceAccounts,
      and(eq(serviceAccounts.tenantId, connectLinks.tenantId), eq(serviceAccounts.id, connectLinks.serviceAccountId)),
    )
    .where(and(eq(connectLinks.tenantId, tenant), eq(connectLinks.id, id)))
  return row === undefined ? null : { id: row.id, expected: row.account }
}

/** Find a link by its secret: the holder of the secret is the only one who can. */
export async function linkBySecret(db: Db, secretHash: string): Promise<ConnectLink | null> {
  const [row] = await db.select().from(connectLinks).where(eq(connectLinks.secretHash, secretHash))
  return row ?? null
}

/** Find a link by the `state` of a sign-in, whatever became of it. */
export async function linkByState(db: Db, stateHash: string): Promise<ConnectLink | null> {
  const [row] = await db.select().from(connectLinks).where(eq(connectLinks.stateHash, stateHash))
  return row ?? null
}

export type SignIn = { stateHash: string; browserHash: string; stateExpiresAt: number }

/** Begin a sign-in on a link that is still good; an earlier one on the same link is over. */
export const beginSignIn = (db: Db, tenant: TenantId, id: ConnectLinkId, signIn: SignIn): Statement =>
  db
    .update(connectLinks)
    .set({ ...signIn, stateUsedAt: null })
    .where(and(eq(connectLinks.tenantId, tenant), eq(connectLinks.id, id), isNull(connectLinks.usedAt)))

/** Use a `state`, once: true for the one caller who may go on (P12, P15). */
export async function spendState(db: Db, stateHash: string, browserHash: string, now: number): Promise<boolean> {
  const spent = await db
    .update(connectLinks)
    .set({ stateUsedAt: now, workingSince: now })
    .where(
      and(
        eq(connectLinks.stateHash, stateHash),
        eq(connectLinks.browserHash, browserHash),
        isNull(connectLinks.stateUsedAt),
        isNull(connectLinks.usedAt),
        gt(connectLinks.stateExpiresAt, now),
      ),
    )
  return spent.rowsAffected === 1
}

const thisLink = (tenant: TenantId, id: ConnectLinkId) =>
  and(eq(connectLinks.tenantId, tenant), eq(connectLinks.id, id))

export const finishLink = (db: Db, tenant: TenantId, id: ConnectLinkId, now: number): Statement =>
  db.update(connectLinks).set({ usedAt: now, workingSince: null }).where(thisLink(tenant, id))

export const restLink = (db: Db, tenant: TenantId, id: ConnectLinkId): Statement =>
  db.update(connectLinks).set({ workingSince: null }).where(thisLink(tenant, id))

/** Close what a crash left open before anything of it was written down: nothing is worked on any more. */
export const restLinks = (db: Db, tenant: TenantId, integration: IntegrationId, before: number): Promise<unknown> =>
  db
    .update(connectLinks)
    .set({ workingSince: null })
    .where(
      and(
        eq(connectLinks.tenantId, tenant),
        eq(connectLinks.integrationId, integration),
        lt(connectLinks.workingSince, before),
      ),
    )

/** Links whose consent has been worked on for too long: their seats are woken. */
export const stuckLinks = (
  db: Db,
  before: number,
  limit: number,
): Promise<{ tenantId: TenantId; integrationId: IntegrationId }[]> =>
  db
    .select({ tenantId: connectLinks.tenantId, integrationId: connectLinks.integrationId })
    .from(connectLinks)
    .where(lt(connectLinks.workingSince, before))
    .limit(limit)
