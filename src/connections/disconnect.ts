import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Missing } from '../rights/right.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { deleteSeat, forgetRights } from '../seats/store.ts'
import { holdAllQueued } from '../transactions/queue-store.ts'
import { calm, clearConsent, clearJournal } from './journal.ts'

/**
 * End a connection: the seat is free, the credential gone for good, and what was queued is held until someone sits here
 * again. The service account stays. A refresh or delivery under way finds nothing to go on with (P20).
 */
export async function disconnect(desk: Desk, known: Known, actor: Actor): Promise<Result<null, Failure>> {
  const { tenant, integration, end, connection } = known.seat
  if (connection.state === 'pending' || connection.state === 'ended') return fail({ kind: 'not_connected' })
  const { db } = desk.ports
  await desk.change(tenant.id, now => ({
    held: null,
    connection: ENDED,
    also: [
      deleteSeat(db, tenant.id, integration.id, end),
      forgetRights(db, tenant.id, integration.id),
      ...holdAllQueued(db, tenant.id, integration.id, [notConnected(now)], desk.now()),
      ...desk.signal(now, 'disconnected'),
      desk.audit(now, actor, 'connection.ended', { username: connection.username }),
    ],
  }))
  desk.forget()
  await clearJournal(desk)
  await clearConsent(desk)
  await calm(desk)
  return ok(null)
}

/** What stands in the way of every booking of a seat that nobody sits on. */
export const notConnected = ({ seat }: Known): Missing => ({
  layer: 'connection',
  resource: '*',
  action: 'POST',
  administration: seat.administration.externalId,
  cause: 'not_connected',
})

/** What an ended connection is left with. */
export const ENDED = {
  state: 'ended',
  trouble: null,
  warnings: [],
  providerUserId: null,
  reach: null,
  accessExpiresAt: null,
  dueAt: null,
} as const
