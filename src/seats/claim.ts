import type { Statement } from '../../db/open.ts'
import { isTaken } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { unwarn, type Warning, warn } from '../connections/connection.ts'
import { type Credential, keepAliveAt, take } from '../connections/credential.ts'
import { calm } from '../connections/journal.ts'
import type { Failure } from '../failure.ts'
import { newId } from '../id.ts'
import type { Identity } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from './desk.ts'
import { accountOfUser, deleteSeat, forgetRights, insertSeat, type Sitting, upsertAccount, whoSits } from './store.ts'

/**
 * Let the identified user sit on this seat: one batch inserts the seat and saves the credential, and the database
 * decides (EOL-09, P16). Whoever sat here before leaves in the same batch; the same user again is an update in place.
 * Gives who else the user's seat is when it is taken, and `changed_meanwhile` when it was freed in that very moment.
 */
export async function claim(
  desk: Desk,
  known: Known,
  user: Identity,
  credential: Credential,
  actor: Actor,
  also: readonly Statement[],
  tries = 3,
): Promise<Result<'seated' | Sitting, Failure>> {
  const { seat } = known
  const { db, clock, random } = desk.ports
  const account = await accountOfUser(db, seat.tenant.id, seat.app.provider, user)
  const accountId = account?.id ?? newId('sva', clock, random)
  try {
    const changed = await desk.change(seat.tenant.id, now => ({
      held: take(sameUser(now, user) ? now.held : null, credential),
      connection: seated(desk, now, user, credential),
      also: [
        deleteSeat(db, seat.tenant.id, seat.integration.id, seat.end),
        insertSeat(db, {
          providerAppId: seat.app.id,
          providerUserId: user.userId,
          tenantId: seat.tenant.id,
          integrationId: seat.integration.id,
          end: seat.end,
          serviceAccountId: accountId,
          takenAt: desk.now(),
        }),
        upsertAccount(db, {
          tenantId: seat.tenant.id,
          id: accountId,
          provider: seat.app.provider,
          username: nameOf(user, tries),
          email: user.email,
          kind: user.kind,
          roles: [],
          administrations: [],
          providerUserId: user.userId,
          monthlyPriceCents: null,
          createdAt: desk.now(),
          rowVersion: 1,
        }),
        ...(sameUser(now, user) ? [] : [forgetRights(db, seat.tenant.id, seat.integration.id)]),
        ...desk.signal(now, 'connected', user.username),
        desk.audit(now, actor, 'connection.active', { username: user.username, provider_user_id: user.userId }),
        ...also,
      ],
    }))
    if (changed === null) return fail({ kind: 'not_found' })
    desk.forget() // The seat's service account is new: read it with the rest.
    await calm(desk)
    return ok('seated')
  } catch (error) {
    // Another integration's claim has just made this user's account: sit on that one.
    if (isTaken(error, 'service_accounts.username') && tries > 1)
      return claim(desk, known, user, credential, actor, also, tries - 1)
    if (!isTaken(error, 'seats.provider_user_id')) throw error
    const sitting = await whoSits(db, seat.app.id, user.userId)
    return sitting === null ? fail({ kind: 'changed_meanwhile' }) : ok(sitting)
  }
}

/** A name no other account of the tenant has: the provider may leave it out, or give it again to a user made anew. */
const nameOf = ({ username, email, userId }: Identity, tries: number): string => {
  const name = username || email || userId
  return tries > 1 ? name : `${name} (${userId})`
}

const sameUser = ({ seat }: Known, user: Identity): boolean => seat.connection.providerUserId === user.userId

function seated(desk: Desk, known: Known, user: Identity, credential: Credential) {
  const at = desk.now()
  const kept = sameUser(known, user) ? known.seat.connection.warnings : []
  const warnings = unwarn(kept, 'client_user', 'user_signed_in_elsewhere')
  const warning: Warning = { kind: 'client_user', at }
  return {
    state: 'active' as const,
    trouble: null,
    warnings: user.kind === 'client_user' ? warn(warnings, warning) : warnings,
    providerUserId: user.userId,
    username: user.username,
    email: user.email,
    userKind: user.kind,
    reach: null,
    consentedScopes: known.seat.app.scopes,
    connectedAt: at,
    accessExpiresAt: credential.expiresAt,
    lastRefreshAt: credential.receivedAt,
    lastProbeAt: null,
    dueAt: keepAliveAt(credential, known.provider.definition.oauth),
  }
}
