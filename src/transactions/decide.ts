import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { TransactionId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { preflight } from '../rights/preflight.ts'
import { probe, standingOf } from '../rights/probe.ts'
import type { Desk, Known } from '../seats/desk.ts'
import type { Decision } from '../seats/rpc.ts'
import { mayGo, standsInTheWay } from './release.ts'
import { decideTransaction, type TransactionRow, transactionById } from './store.ts'
import type { TransactionState } from './transaction.ts'

/**
 * Carry out what a person decided on a transaction. A retry never sends anything unseen: what is held is checked anew,
 * what is uncertain is looked for again; only `resolve` may say that an uncertain one is not there.
 */
export async function decide(
  desk: Desk,
  known: Known,
  id: TransactionId,
  decision: Decision,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const row = await transactionById(desk.ports.db, known.seat.tenant.id, id)
  if (row === null || row.integrationId !== known.seat.integration.id) return fail({ kind: 'not_found' })
  const decided = await decisions[decision.kind](desk, known, row, decision, actor)
  if (decided.ok) await desk.wakeAt(desk.now())
  return decided
}

type Carry = (
  desk: Desk,
  known: Known,
  row: TransactionRow,
  decision: Decision,
  actor: Actor,
) => Promise<Result<null, Failure>>

const decisions: Record<Decision['kind'], Carry> = {
  async retry(desk, known, row, _decision, actor) {
    if (row.state === 'uncertain')
      return row.reason?.kind === 'no_look_up'
        ? fail({ kind: 'look_up_impossible' })
        : write(
            desk,
            known,
            row,
            actor,
            ['uncertain'],
            {
              reason: { kind: 'looking', lostAt: lostAt(row), looks: 0, words: '' },
              notBefore: desk.now(),
            },
            'retry',
          )
    if (row.state !== 'held')
      return write(desk, known, row, actor, ['failed'], { state: 'queued', reason: null, notBefore: 0 }, 'retry')
    const fresh = await probe(desk, known, 'missing', known.provider.needs(row.bookingKind) ?? [])
    const now = fresh ?? known
    const verdict = preflight(standingOf(now), now.provider.needs(row.bookingKind), row.administration)
    if (!mayGo(verdict, now.seat.integration.strict))
      return fail({ kind: 'rights_missing', missing: standsInTheWay(verdict) })
    const after = await transactionById(desk.ports.db, known.seat.tenant.id, row.id)
    if (after?.state !== 'held') return ok(null) // The probe has released it by itself.
    return write(desk, known, row, actor, ['held'], { state: 'queued', missing: [], notBefore: 0 }, 'retry')
  },

  cancel: (desk, known, row, _decision, actor) =>
    write(
      desk,
      known,
      row,
      actor,
      ['held', 'queued', 'failed'],
      { state: 'cancelled', reason: null, missing: [] },
      'cancel',
    ),

  resolve(desk, known, row, decision, actor) {
    const said = decision.kind === 'resolve' ? decision : { delivered: false, providerId: null }
    const reason = { kind: 'resolved', by: actor } as const
    const change = said.delivered
      ? { state: 'delivered' as const, reason, providerId: said.providerId, deliveredAt: desk.now() }
      : { state: 'queued' as const, reason, notBefore: 0 }
    return write(desk, known, row, actor, ['uncertain'], change, 'resolve')
  },
}

/** When an answer was lost, or any moment after it: the wait before "not there" is believed must never get shorter (P46). */
const lostAt = ({ reason, updatedAt }: TransactionRow): number =>
  reason?.kind === 'looking' ? reason.lostAt : updatedAt

const ACTIONS = {
  retry: 'transaction.retried',
  cancel: 'transaction.cancelled',
  resolve: 'transaction.resolved',
} as const

async function write(
  desk: Desk,
  known: Known,
  row: TransactionRow,
  actor: Actor,
  from: readonly TransactionState[],
  change: Parameters<typeof decideTransaction>[4],
  asked: Decision['kind'],
): Promise<Result<null, Failure>> {
  if (!from.includes(row.state)) return fail({ kind: 'transaction_state', state: row.state, asked })
  const { db } = desk.ports
  const decided = decideTransaction(db, known.seat.tenant.id, row, from, change, desk.now())
  const changed = await desk.write([...decided, desk.audit(known, actor, ACTIONS[asked], { transaction_id: row.id })])
  return changed[decided.length - 1] === 1 ? ok(null) : fail({ kind: 'changed_meanwhile' })
}
