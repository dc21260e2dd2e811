import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { DAY } from '../clock.ts'
import { randomText } from '../connections/random-text.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { type InvitationId, newId, type PersonId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { deleteInvitation, deleteMember, insertInvitation, listMembers, updateMember } from './person-store.ts'
import { OPERATOR_OWNER, type Owner, type Role } from './role.ts'

const INVITATION_LIVES = 7 * DAY

/** An invitation's link, which is shown once, and until when it is good (Unix ms). */
export type Invitation = { url: string; expiresAt: number }

/** Make a link that makes whoever signs in through it a member, once, within seven days. */
export async function invite(api: Api, owner: Owner, role: Role, label: string, actor: Actor): Promise<Invitation> {
  const { clock, random, db, hash, settings } = api.ports
  const secret = randomText(random)
  const id = newId('inv', clock, random)
  const now = clock.now()
  const expiresAt = now + INVITATION_LIVES
  const invitation = { id, role, label, secretHash: hash(secret), expiresAt, usedAt: null, createdAt: now }
  await runBatch(db, [
    insertInvitation(db, owner, invitation),
    api.audit(owner, actor, 'member.invited', id, { role, label }),
  ])
  return { url: `${settings.origin}/invite/${secret}`, expiresAt }
}

/** Take back an invitation that nobody has used; one that is used, or not there, is not found. */
export async function withdraw(api: Api, owner: Owner, id: InvitationId, actor: Actor): Promise<Result<null, Failure>> {
  const { db } = api.ports
  const audit = api.audit(owner, actor, 'invitation.withdrawn', id)
  try {
    await runBatch(db, [deleteInvitation(db, owner, id), orUndoAll(db), audit])
  } catch (error) {
    if (isOutdated(error)) return fail({ kind: 'not_found' })
    throw error
  }
  return ok(null)
}

/** Change what a member is. The last one who may manage stays so, else nobody could. */
export async function changeRole(
  api: Api,
  owner: Owner,
  person: PersonId,
  role: Role,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db } = api.ports
  const standing = await stand(api, owner, person)
  if (standing === 'nobody') return fail({ kind: 'not_found' })
  if (standing === 'last' && role === 'viewer') return fail({ kind: 'last_admin' })
  await runBatch(db, [
    updateMember(db, owner, person, role),
    api.audit(owner, actor, 'member.changed', person, { role }),
  ])
  return ok(null)
}

/** End a membership: from the next page on, the person is no longer let in there. */
export async function removeMember(
  api: Api,
  owner: Owner,
  person: PersonId,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db } = api.ports
  const standing = await stand(api, owner, person)
  if (standing === 'nobody') return fail({ kind: 'not_found' })
  if (standing === 'last') return fail({ kind: 'last_admin' })
  await runBatch(db, [deleteMember(db, owner, person), api.audit(owner, actor, 'member.removed', person)])
  return ok(null)
}

async function stand({ ports }: Api, owner: Owner, person: PersonId): Promise<'nobody' | 'last' | 'one of several'> {
  const members = await listMembers(ports.db, owner)
  const manager: Role = owner === OPERATOR_OWNER ? 'operator' : 'admin'
  const found = members.find(({ id }) => id === person)
  if (found === undefined) return 'nobody'
  const others = members.filter(({ id, role }) => id !== person && role === manager)
  return found.role === manager && others.length === 0 ? 'last' : 'one of several'
}
