import { orUndoAll } from '../../db/compare-and-set.ts'
import { isTaken } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { isLive } from '../connections/connection.ts'
import { keepAliveAt } from '../connections/credential.ts'
import { ENDED, notConnected } from '../connections/disconnect.ts'
import { calm, clearJournal } from '../connections/journal.ts'
import { resumeRefresh } from '../connections/refresh.ts'
import { sealHeld } from '../connections/sealing.ts'
import { withoutRefresh } from '../connections/token.ts'
import type { Failure } from '../failure.ts'
import type { IntegrationId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { holdAllQueued } from '../transactions/queue-store.ts'
import { ACTIVE } from '../webhooks/event.ts'
import { type Desk, type Known, Outdated } from './desk.ts'
import type { Seat } from './seat.ts'
import { forgetRights, loadSeat, moveSeat, updateConnection } from './store.ts'

/**
 * Move a service account with its credential to another integration of the same tenant and provider app whose seat is
 * empty. One batch moves the seat, ends this connection and starts the other; the database refuses a taken seat. What a
 * refresh under way brings belongs to the credential that moves, so it is waited for and none begins meanwhile.
 */
export const transfer = (desk: Desk, known: Known, to: IntegrationId, actor: Actor): Promise<Result<null, Failure>> =>
  withoutRefresh(desk, known, () => move(desk, known, to, actor))

async function move(desk: Desk, known: Known, to: IntegrationId, actor: Actor): Promise<Result<null, Failure>> {
  const { tenant, integration, end, app } = known.seat
  const before = await desk.load(tenant.id)
  if (before !== null) await resumeRefresh(desk, before) // What a crash left in the journal moves too.
  const current = await desk.load(tenant.id)
  const target = to === integration.id ? null : await loadSeat(desk.ports.db, tenant.id, to, end)
  const refused = refusal(current ?? known, target, app.id)
  if (target === null || refused !== null) return fail(refused ?? { kind: 'not_found' })
  if (current?.held == null) return fail({ kind: 'not_connected' })
  const { db } = desk.ports
  const moved = await sealHeld(
    desk.ports.vault,
    { ...target, connection: { ...target.connection, rowVersion: target.connection.rowVersion + 1 } },
    current.held,
  )
  const { connection } = current.seat
  const theirs = {
    ...target.connection,
    ...moved,
    rowVersion: target.connection.rowVersion + 1,
    state: 'active' as const,
    trouble: null,
    warnings: [],
    providerUserId: connection.providerUserId,
    username: connection.username,
    email: connection.email,
    userKind: connection.userKind,
    reach: null,
    consentedScopes: connection.consentedScopes,
    connectedAt: desk.now(),
    accessExpiresAt: current.held.current.expiresAt,
    lastRefreshAt: connection.lastRefreshAt,
    lastProbeAt: null,
    dueAt: keepAliveAt(current.held.current, current.provider.definition.oauth),
  }
  try {
    await desk.change(tenant.id, now => ({
      held: null,
      connection: ENDED,
      also: [
        moveSeat(db, tenant.id, integration.id, to, end),
        updateConnection(
          db,
          { tenant: tenant.id, id: target.connection.id, version: target.connection.rowVersion },
          theirs,
        ),
        orUndoAll(db), // Else the credential would be nowhere.
        forgetRights(db, tenant.id, integration.id),
        ...holdAllQueued(db, tenant.id, integration.id, [notConnected(now)], desk.now()),
        ...desk.signal(now, 'transferred'),
        desk.tell(target, ACTIVE),
        desk.audit(now, actor, 'connection.transferred', { to_integration_id: to, username: connection.username }),
      ],
    }))
  } catch (error) {
    if (isTaken(error, 'seats.integration_id')) return fail({ kind: 'seat_taken' })
    if (error instanceof Outdated) return fail({ kind: 'changed_meanwhile' })
    throw error
  }
  desk.forget()
  await clearJournal(desk)
  await calm(desk)
  await desk.ports.seatOf(to).reload(tenant.id)
  return ok(null)
}

function refusal({ seat }: Known, target: Seat | null, app: Seat['app']['id']): Failure | null {
  if (!isLive(seat.connection.state)) return { kind: 'not_connected' }
  if (target === null || target.integration.endedAt !== null) return { kind: 'not_found' }
  if (target.app.id !== app) return { kind: 'other_provider_app' }
  return isLive(target.connection.state) || target.connection.state === 'reconnect_required'
    ? { kind: 'seat_taken' }
    : null
}
