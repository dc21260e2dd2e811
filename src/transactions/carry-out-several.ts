import { isDatabaseDown } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { HttpPorts } from '../http/ports.ts'
import type { TenantId, TransactionId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import type { BookingKind } from '../rights/right.ts'
import { type NamedRow, transactionsByIds } from './one-read.ts'
import type { TransactionState } from './transaction.ts'

/** What is decided on several transactions at once; by whom, and how to name the request if something breaks. */
export type Several = { kind: 'retry' | 'cancel'; actor: Actor; requestId: string }

/** What became of one of them; null is that it was carried out. */
export type Outcome = { row: NamedRow; failure: Failure | null }

type Ports = Pick<HttpPorts, 'db' | 'seatOf' | 'report'>

/**
 * Carry out one decision on several transactions, each through its seat and in the order of its queue. One that is not
 * the tenant's refuses all of them before anything is done.
 */
export async function carryOutSeveral(
  ports: Ports,
  tenant: TenantId,
  ids: readonly TransactionId[],
  several: Several,
): Promise<Result<Outcome[], Failure>> {
  const rows = await transactionsByIds(ports.db, tenant, ids)
  if (rows.length < new Set(ids).size) return fail({ kind: 'not_found' })
  const bySeat = Map.groupBy(rows, row => row.integrationId)
  const done = await Promise.all([...bySeat.values()].map(own => inTurn(ports, tenant, own, several)))
  return ok(done.flat())
}

/** Those of one seat. A right that one lacks, the others of its kind lack too: the provider is not asked again for each. */
async function inTurn(ports: Ports, tenant: TenantId, rows: readonly NamedRow[], several: Several): Promise<Outcome[]> {
  const lacking = new Map<BookingKind, Failure>()
  const outcomes: Outcome[] = []
  for (const row of rows) {
    const known = row.state === 'held' && several.kind === 'retry' ? lacking.get(row.bookingKind) : undefined
    const failure = known ?? (await carryOutOne(ports, tenant, row, several))
    if (failure?.kind === 'rights_missing') lacking.set(row.bookingKind, failure)
    outcomes.push({ row, failure })
  }
  return outcomes
}

async function carryOutOne(
  { seatOf, report }: Ports,
  tenant: TenantId,
  row: NamedRow,
  { kind, actor, requestId }: Several,
): Promise<Failure | null> {
  try {
    const decided = await seatOf(row.integrationId).decide(tenant, row.id, { kind }, actor)
    return decided.ok || wentByItself(row, decided.failure) ? null : decided.failure
  } catch (error) {
    // The others go on, and what has been done is told.
    report(`${kind} of several ${requestId}`, error)
    return isDatabaseDown(error) ? { kind: 'database_unreachable' } : { kind: 'unexpected', requestId }
  }
}

const ON_ITS_WAY: readonly TransactionState[] = ['queued', 'sending', 'delivered', 'uncertain']

/** Looking at the rights for one held transaction releases all that may go: what was asked for the others has happened. */
const wentByItself = (row: NamedRow, failure: Failure): boolean =>
  row.state === 'held' &&
  failure.kind === 'transaction_state' &&
  failure.asked === 'retry' &&
  ON_ITS_WAY.includes(failure.state)
