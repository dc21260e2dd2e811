import { eq, lt, sql } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { members, people, sessions, signIns } from '../../db/schema/people.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { PersonId, TenantId } from '../id.ts'
import type { TenantRow } from '../tenants/store.ts'
import type { Membership, Person } from './role.ts'
import type { SessionTimes } from './session.ts'

/** Who comes with a cookie, and the tenant they ask for; `names` are those of the tenants they belong to. */
export type Visit = {
  person: Person
  times: SessionTimes
  names: ReadonlyMap<TenantId, string>
  tenant: TenantRow | null
}

/** Find who comes with a cookie of this hash, and the tenant that the path names, in one round trip. */
export async function visitOf(db: Db, hash: string, tenant: TenantId | null): Promise<Visit | null> {
  const [found, memberships, named] = await db.batch([
    db
      .select({ id: people.id, name: people.name, email: people.email, session: sessions })
      .from(sessions)
      .innerJoin(people, eq(people.id, sessions.personId))
      .where(eq(sessions.hash, hash)),
    db
      .select({ owner: members.tenantId, role: members.role, name: tenants.name })
      .from(sessions)
      .innerJoin(members, eq(members.personId, sessions.personId))
      .leftJoin(tenants, eq(tenants.id, members.tenantId))
      .where(eq(sessions.hash, hash)),
    db
      .select()
      .from(tenants)
      .where(eq(tenants.id, tenant ?? ('' as TenantId))),
  ])
  const [row] = found
  if (row === undefined) return null
  const { session, ...person } = row
  return {
    person: { ...person, memberships: memberships.map(({ owner, role }): Membership => ({ owner, role })) },
    times: { createdAt: session.createdAt, seenAt: session.seenAt },
    names: new Map(
      memberships.flatMap(({ owner, name }) => (name === null ? [] : [[owner as TenantId, name] as const])),
    ),
    tenant: named[0] ?? null,
  }
}

export const insertSession = (db: Db, session: typeof sessions.$inferInsert): Statement =>
  db.insert(sessions).values(session)

export const noteSeen = (db: Db, hash: string, now: number): Promise<unknown> =>
  db.update(sessions).set({ seenAt: now }).where(eq(sessions.hash, hash))

export const endSession = (db: Db, hash: string): Promise<unknown> => db.delete(sessions).where(eq(sessions.hash, hash))

export const endSessionsOf = (db: Db, person: PersonId): Promise<unknown> =>
  db.delete(sessions).where(eq(sessions.personId, person))

/** How many browsers a person is signed in with, of those not too old (Unix ms). */
export async function countSessions(db: Db, person: PersonId, since: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(sessions)
    .where(sql`${sessions.personId} = ${person} and ${sessions.createdAt} >= ${since}`)
  return row?.count ?? 0
}

/** Forget sessions and sign-ins that are over: the sweep's. */
export const forgetSessions = (db: Db, createdBefore: number, now: number): Promise<unknown> =>
  db.batch([
    db.delete(sessions).where(lt(sessions.createdAt, createdBefore)),
    db.delete(signIns).where(lt(signIns.expiresAt, now)),
  ])
