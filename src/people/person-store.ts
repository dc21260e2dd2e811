import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db, Statement } from '../../db/open.ts'
import { invitations, members, people, signIns } from '../../db/schema/people.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { InvitationId, PersonId } from '../id.ts'
import type { Owner, Role } from './role.ts'

export type PersonRow = typeof people.$inferSelect
export type InvitationRow = typeof invitations.$inferSelect
export type SignInRow = typeof signIns.$inferSelect

/** Find a person by the issuer's own name for them. */
export async function personBySubject(db: Db, issuer: string, subject: string): Promise<PersonRow | null> {
  const [row] = await db
    .select()
    .from(people)
    .where(and(eq(people.issuer, issuer), eq(people.subject, subject)))
  return row ?? null
}

/** Keep a person as the issuer names them now. */
export const upsertPerson = (db: Db, person: typeof people.$inferInsert): Statement =>
  db
    .insert(people)
    .values(person)
    .onConflictDoUpdate({
      target: [people.issuer, people.subject],
      set: { name: person.name, email: person.email },
    })

export const insertSignIn = (db: Db, signIn: typeof signIns.$inferInsert): Promise<unknown> =>
  db.insert(signIns).values(signIn)

/** Take a sign-in by its `state`, once: whoever comes second finds nothing. */
export async function takeSignIn(
  db: Db,
  stateHash: string,
  browserHash: string,
  now: number,
): Promise<SignInRow | null> {
  const [row] = await db
    .delete(signIns)
    .where(and(eq(signIns.stateHash, stateHash), eq(signIns.browserHash, browserHash), gt(signIns.expiresAt, now)))
    .returning()
  return row ?? null
}

/** Make someone a member, or change what they are. */
export const upsertMember = (db: Db, owner: Owner, person: PersonId, role: Role, now: number): Statement =>
  db
    .insert(members)
    .values({ tenantId: owner, personId: person, role, createdAt: now })
    .onConflictDoUpdate({ target: [members.tenantId, members.personId], set: { role } })

/** Change what a member is; changes nothing for one who is none. */
export const updateMember = (db: Db, owner: Owner, person: PersonId, role: Role): Statement =>
  db
    .update(members)
    .set({ role })
    .where(and(eq(members.tenantId, owner), eq(members.personId, person)))

export const deleteMember = (db: Db, owner: Owner, person: PersonId): Statement =>
  db.delete(members).where(and(eq(members.tenantId, owner), eq(members.personId, person)))

export const listMembers = (db: Db, owner: Owner) =>
  db
    .select({ id: people.id, name: people.name, email: people.email, role: members.role, since: members.createdAt })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(eq(members.tenantId, owner))
    .orderBy(members.createdAt)

export const insertInvitation = (db: Db, owner: Owner, invitation: Omit<InvitationRow, 'tenantId'>): Statement =>
  db.insert(invitations).values({ tenantId: owner, ...invitation })

/** Invitations that can still be used. */
export const openInvitations = (db: Db, owner: Owner, now: number): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tenantId, owner), isNull(invitations.usedAt), gt(invitations.expiresAt, now)))
    .orderBy(invitations.id)

export const deleteInvitation = (db: Db, owner: Owner, id: InvitationId): Statement =>
  db.delete(invitations).where(and(eq(invitations.tenantId, owner), eq(invitations.id, id), isNull(invitations.usedAt)))

export type Invited = InvitationRow & { tenantName: string | null }

/** Find an invitation by its secret: the holder of the link is the only one who can. */
export async function invitationBySecret(db: Db, secretHash: string): Promise<Invited | null> {
  const [row] = await db
    .select({ invitation: invitations, tenantName: tenants.name })
    .from(invitations)
    .leftJoin(tenants, eq(tenants.id, invitations.tenantId))
    .where(eq(invitations.secretHash, secretHash))
  return row === undefined ? null : { ...row.invitation, tenantName: row.tenantName }
}

/** Use up an invitation, once; changes no row when it is used or too old. */
export const useInvitation = (
  db: Db,
  { tenantId, id }: Pick<InvitationRow, 'tenantId' | 'id'>,
  now: number,
): Statement =>
  db
    .update(invitations)
    .set({ usedAt: now })
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        eq(invitations.id, id),
        isNull(invitations.usedAt),
        gt(invitations.expiresAt, now),
      ),
    )
