import { isTaken } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { isLive } from '../connections/connection.ts'
import { keepAliveAt } from '../connections/credential.ts'
import { ENDED } from '../connections/disconnect.ts'
import type { Failure } from '../failure.ts'
import type { IntegrationId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from './desk.ts'
import type { Seat } from './seat.ts'
import { forgetRights, loadSeat, moveSeat, updateConnection } from './store.ts'

/**
 * Move a service account with its credential to another integration of the same tenant and provider app whose seat is
 * empty. One batch moves the seat, ends this connection and starts the other; the database refuses a taken seat.
 */
export async function transfer(
  desk: Desk,
  known: Known,
  to: IntegrationId,
  actor: Actor,
): Promise<Result<null, Failure>> {
  await desk.refreshing // What a refresh under way brings belongs to the credential that moves.
  const { tenant, integration, end, app } = known.seat
  const target = to === integration.id ? null : await loadSeat(desk.ports.db, tenant.id, to, end)
  const refused = refusal(known, target, app.id)
  if (target === null || refused !== null) return fail(refused ?? { kind: 'not_found' })
  const current = await desk.load(tenant.id)
  if (current?.held == null) return fail({ kind: 'not_connected' })
  const { db } = desk.ports
  const moved = await desk.sealedFor(
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
        forgetRights(db, tenant.id, integration.id),
        ...desk.signal(now, 'transferred'),
        desk.audit(now, actor, 'connection.transferred', { to_integration_id: to, username: connection.username }),
      ],
    }))
  } catch (error) {
    if (isTaken(error, 'seats.integration_id')) return fail({ kind: 'seat_taken' })
    throw error
  }
  desk.forget()
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
