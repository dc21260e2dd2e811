import { MINUTE } from '../clock.ts'
import { type Called, call } from '../connections/call.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { claimedIds } from './store.ts'
import {
  afterLooking,
  type LookOutcome,
  type Step,
  settledAt,
  type Transaction,
  type TransactionReason,
} from './transaction.ts'

/**
 * Look for a booking whose answer was lost by its reference, and decide what became of it. "Not there" is believed only
 * when the provider says now that the user may read what it looks for: Exact gives an empty list to who may not
 * (exact-online.md 3.1), and what was known of the right may be a day old.
 */
export async function look(desk: Desk, known: Known, transaction: Transaction): Promise<Step> {
  const { lookUpSettleSeconds } = desk.ports.settings
  const settle = lookUpSettleSeconds ?? known.provider.definition.lookUpSettleSeconds
  const reason = looking(transaction)
  const askedAt = desk.now()
  const outcome = await ask(desk, known, transaction)
  const notThere = outcome.kind === 'found' && outcome.ids.length === 0 && askedAt >= settledAt(reason, settle)
  const believed = notThere ? await believe(desk, known, transaction, outcome) : outcome
  return afterLooking(transaction, reason, believed, settle, askedAt)
}

/** What was made this long before our own sending is somebody else's, whatever the two clocks say. */
const CLOCKS_DIFFER = 10 * MINUTE

const looking = ({ reason, sendingAt }: Transaction): Extract<TransactionReason, { kind: 'looking' }> =>
  reason?.kind === 'looking' ? reason : { kind: 'looking', lostAt: sendingAt ?? 0, looks: 0, words: '' }

async function ask(
  desk: Desk,
  known: Known,
  { id, bookingKind, administration, lookUp, sendingAt }: Transaction,
): Promise<LookOutcome> {
  if (lookUp === null) return { kind: 'unproven', words: '' }
  const called = await call(desk, known, known.provider.lookUp(bookingKind, administration, lookUp), 'delivery')
  const ids = isFine(called)
    ? known.provider.readLookUp(bookingKind, called.answer, (sendingAt ?? 0) - CLOCKS_DIFFER)
    : null
  if (ids === null) return unanswered(desk, called)
  const claimed = await claimedIds(desk.ports.db, known.seat.tenant.id, id, ids)
  return { kind: 'found', ids: ids.filter(found => !claimed.has(found)) }
}

/** Believe that nothing is there when the user may read it; what the provider does not answer is asked again later. */
async function believe(
  desk: Desk,
  known: Known,
  { bookingKind, administration }: Transaction,
  nothing: LookOutcome,
): Promise<LookOutcome> {
  const { provider } = known
  const resource = provider.needs(bookingKind)?.find(need => need.action !== 'GET')?.resource
  if (resource === undefined) return { kind: 'unproven', words: '' }
  const called = await call(desk, known, provider.right({ resource, action: 'GET' }, administration), 'delivery')
  if (!isFine(called)) return unanswered(desk, called)
  return provider.readRight(called.answer) === 'yes' ? nothing : { kind: 'unproven', words: '' }
}

const isFine = (called: Called): called is Extract<Called, { kind: 'answered' }> =>
  called.kind === 'answered' && called.diagnosis.kind === 'fine'

/** A refusal will not go away by itself; anything else may be better in a while. */
function unanswered(desk: Desk, called: Called): LookOutcome {
  const until = desk.now() + MINUTE / 2
  if (called.kind === 'not_sent') return { kind: 'unclear', words: called.failure.kind, until }
  if (called.kind === 'lost') return { kind: 'unclear', words: called.words, until }
  const { diagnosis, answer } = called
  if (diagnosis.kind === 'denied' || diagnosis.kind === 'refused') return { kind: 'unproven', words: diagnosis.words }
  return { kind: 'unclear', words: answer.body.slice(0, 500), until }
}
