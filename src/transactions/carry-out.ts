import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { HttpPorts } from '../http/ports.ts'
import type { TenantId, TransactionId } from '../id.ts'
import { fail, type Result } from '../result.ts'
import type { Decision } from '../seats/rpc.ts'
import { transactionById } from './store.ts'

/** Have the seat that keeps a transaction carry out what a person decided on it; the seat writes down who did. */
export async function carryOut(
  { db, seatOf }: Pick<HttpPorts, 'db' | 'seatOf'>,
  tenant: TenantId,
  id: TransactionId,
  decision: Decision,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const row = await transactionById(db, tenant, id)
  return row === null ? fail({ kind: 'not_found' }) : seatOf(row.integrationId).decide(tenant, id, decision, actor)
}
