import type { Statement } from '../../db/open.ts'
import type { Actor, AuditAction } from '../audit/audit.ts'
import { type AuditEntry, insertAudit } from '../audit/store.ts'
import type { SignalKind } from '../health/signal.ts'
import { countInHour, insertSignal } from '../health/store.ts'
import { newId } from '../id.ts'
import { eventText, type News, signalNews } from '../webhooks/event.ts'
import { tell } from '../webhooks/outbox-store.ts'
import type { SeatPorts } from './ports.ts'
import type { Seat } from './seat.ts'

// What a seat writes down beside what it changes, in the same batch.

const TROUBLES: readonly SignalKind[] = [
  'refresh_unclear',
  'access_refused',
  'app_refused',
  'reconnect_required',
  'rights_lost',
]

/** Add to the history of a connection what happened to it, and tell the outside when that is news by itself. */
export function signalled(ports: SeatPorts, seat: Seat, kind: SignalKind, words: string | null): Statement[] {
  const { db, clock, random } = ports
  const { tenant, integration, connection } = seat
  const at = clock.now()
  const news = signalNews(kind, connection.state)
  return [
    insertSignal(db, tenant.id, integration.id, { id: newId('aud', clock, random), at, kind, words }),
    ...(TROUBLES.includes(kind) ? [countInHour(db, tenant.id, integration.id, at, { troubles: 1 })] : []),
    ...(news === null ? [] : [told(ports, seat, news)]),
  ]
}

/** Tell the tenant's endpoints of something about a connection. */
export function told(
  { db, clock, random }: SeatPorts,
  { tenant, integration }: Seat,
  { event, data }: News,
): Statement {
  const at = clock.now()
  const payload = eventText(event, at, { tenant_id: tenant.id, integration_id: integration.id, ...data })
  return tell(db, tenant.id, { id: newId('msg', clock, random), event, payload, at })
}

/** Write down who did what to an integration. */
export function audited(
  { db, clock, random }: SeatPorts,
  { tenant, integration }: Seat,
  actor: Actor,
  action: AuditAction,
  detail: AuditEntry['detail'],
): Statement {
  const entry = { id: newId('aud', clock, random), at: clock.now(), actor, action, subject: integration.id, detail }
  return insertAudit(db, tenant.id, entry)
}
