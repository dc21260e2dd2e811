import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { TenantId, TransactionId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { insertAttempt, transactionById } from './store.ts'

/** Keep with a transaction what the provider's own screen said when a person did the same by hand (EOL-05). */
export async function recordByHand(
  api: Api,
  tenant: TenantId,
  id: TransactionId,
  words: string,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db, clock } = api.ports
  if ((await transactionById(db, tenant, id)) === null) return fail({ kind: 'not_found' })
  const attempt = { outcome: 'tried_by_hand', status: null, words } as const
  await runBatch(db, [
    insertAttempt(db, tenant, id, attempt, clock.now()),
    api.audit(tenant, actor, 'transaction.tried_by_hand', id),
  ])
  return ok(null)
}
