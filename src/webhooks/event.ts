import { rfc3339 } from '../clock.ts'
import type { ConnectionState, Trouble } from '../connections/connection.ts'
import type { SignalKind } from '../health/signal.ts'
import type { TransactionState } from '../transactions/transaction.ts'

/** What the outside can be told of, by the names of the contract. */
export const EVENTS = [
  'connection.active',
  'connection.degraded',
  'connection.reconnect_required',
  'connection.ended',
  'connection.adopted',
  'rights.lost',
  'rights.restored',
  'transaction.held',
  'transaction.released',
  'transaction.delivered',
  'transaction.uncertain',
  'transaction.failed',
] as const
export type EventName = (typeof EVENTS)[number]

/** What the outside is told: which event, and of it what is more than whose it is. Never personal data. */
export type News = { event: EventName; data: Record<string, string | null> }

/** A connection works. */
export const ACTIVE: News = { event: 'connection.active', data: { state: 'active', cause: null } }

/** Say what is new of a connection that comes from one state into another; null when it stays, or has never been one. */
export const connectionNews = (
  before: ConnectionState,
  after: { state: ConnectionState; trouble: Trouble | null },
): News | null =>
  before === after.state || after.state === 'pending'
    ? null
    : { event: `connection.${after.state}`, data: { state: after.state, cause: after.trouble?.kind ?? null } }

/** Say what is new by a signal itself, whatever the state becomes: someone signed in anew, or a right came or went. */
export function signalNews(kind: SignalKind, state: ConnectionState): News | null {
  switch (kind) {
    case 'connected':
      return state === 'active' ? ACTIVE : null
    case 'adopted':
      return { ...ACTIVE, event: 'connection.adopted' }
    case 'rights_lost':
      return { event: 'rights.lost', data: {} }
    case 'rights_restored':
      return { event: 'rights.restored', data: {} }
    default:
      return null
  }
}

/** Name the event of a transaction that comes from one state into another; null when nobody needs to hear of it. */
export function transactionEvent(before: TransactionState, after: TransactionState): EventName | null {
  if (before === after) return null
  if (after === 'held' || after === 'delivered' || after === 'uncertain' || after === 'failed')
    return `transaction.${after}`
  return before === 'held' && after !== 'cancelled' ? 'transaction.released' : null
}

/** Write an event as it is signed and sent: its name, when it happened (Unix ms), and ids to ask further with. */
export const eventText = (type: EventName, at: number, data: News['data']): string =>
  JSON.stringify({ type, timestamp: rfc3339(at), data })
