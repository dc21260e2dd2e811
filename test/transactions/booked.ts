// Transactions put straight into the database, as if they had come there by themselves.
import { newId, type TenantId, type TransactionId } from '../../src/id.ts'
import type { Missing } from '../../src/rights/right.ts'
import { insertTransaction, type NewTransaction } from '../../src/transactions/store.ts'
import type { Http } from '../support/http.ts'
import type { addFurnishedTenant } from '../support/tenancy.ts'

export type Furnished = Awaited<ReturnType<typeof addFurnishedTenant>>

export const RIGHT: Missing = {
  layer: 'right',
  cause: 'right_missing',
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
}
export const SCOPE: Missing = { ...RIGHT, layer: 'administration', cause: 'division_out_of_scope' }

let count = 0

/** Book something for the tenant's integration: delivered, unless said otherwise. */
export async function book(
  http: Http,
  of: Pick<Furnished, 'id' | 'integration'>,
  over: Partial<NewTransaction> = {},
): Promise<TransactionId> {
  count += 1
  const acceptedAt = over.acceptedAt ?? http.clock.at
  const id = newId('txn', { now: () => acceptedAt }, http.ports.random)
  await insertTransaction(http.db, {
    tenantId: of.id,
    id,
    integrationId: of.integration,
    bookingKind: 'sales-entry',
    administration: '1001',
    reference: `F-${count}`,
    payload: { YourRef: `F-${count}` },
    state: 'delivered',
    missing: [],
    doubts: [],
    acceptance: { id, state: 'queued', verdict: 'allowed', missing: [], doubts: [] },
    idempotencyKey: `key-${count}`,
    requestHash: '0'.repeat(64),
    notBefore: 0,
    acceptedAt,
    ...over,
  })
  return id
}

export const hold = (
  http: Http,
  of: Pick<Furnished, 'id' | 'integration'>,
  missing: Missing[] = [RIGHT],
  over: Partial<NewTransaction> = {},
) => book(http, of, { state: 'held', missing, ...over })

/** The ids of transactions that a page leads to, in its order. */
export const linked = (html: string, tenant: TenantId): string[] =>
  [...html.matchAll(new RegExp(`href="/t/${tenant}/transactions/(txn_\\w+)"`, 'g'))].map(([, id = '']) => id)
