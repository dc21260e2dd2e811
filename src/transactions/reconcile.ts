import { MINUTE } from '../clock.ts'
import { call } from '../connections/call.ts'
import { observed } from '../rights/standing.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { claimedIds } from './store.ts'
import { afterLooking, type LookOutcome, type Step, type Transaction, type TransactionReason } from './transaction.ts'

/**
 * Look for a booking whose answer was lost by its reference, and decide what became of it. "Not there" is believed only
 * when the user may read what it looks for: Exact gives an empty list to who may not (exact-online.md 3.1).
 */
export async function look(desk: Desk, known: Known, transaction: Transaction): Promise<Step> {
  const outcome = await ask(desk, known, transaction)
  const { lookUpSettleSeconds } = desk.ports.settings
  const settle = lookUpSettleSeconds ?? known.provider.definition.lookUpSettleSeconds
  return afterLooking(transaction, looking(transaction), outcome, settle, desk.now())
}

const looking = ({ reason, sendingAt }: Transaction): Extract<TransactionReason, { kind: 'looking' }> =>
  reason?.kind === 'looking' ? reason : { kind: 'looking', lostAt: sendingAt ?? 0, looks: 0, words: '' }

async function ask(
  desk: Desk,
  known: Known,
  { id, bookingKind, administration, lookUp }: Transaction,
): Promise<LookOutcome> {
  const later = desk.now() + MINUTE / 2
  if (lookUp === null) return { kind: 'unclear', words: '', until: later }
  const called = await call(desk, known, known.provider.lookUp(bookingKind, administration, lookUp), 'delivery')
  if (called.kind === 'not_sent') return { kind: 'unclear', words: called.failure.kind, until: later }
  if (called.kind === 'lost') return { kind: 'unclear', words: called.words, until: later }
  const ids = called.diagnosis.kind === 'fine' ? known.provider.readLookUp(bookingKind, called.answer) : null
  if (ids === null) return { kind: 'unclear', words: called.answer.body.slice(0, 500), until: later }
  const claimed = await claimedIds(desk.ports.db, known.seat.tenant.id, id, ids)
  const free = ids.filter(found => !claimed.has(found))
  if (free.length > 0 || mayRead(known, bookingKind)) return { kind: 'found', ids: free }
  return { kind: 'unclear', words: '', until: later }
}

function mayRead({ seat, provider }: Known, kind: Transaction['bookingKind']): boolean {
  const needs = provider.needs(kind) ?? []
  const resource = needs.find(need => need.action !== 'GET')?.resource
  if (resource === undefined) return false
  const known = observed(seat.rights, seat.administration.externalId, { resource, action: 'GET' })
  return known?.observation.by === 'probe' && known.observation.answer === 'yes'
}
