import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Api } from '../http/api.ts'
import type { TenantId } from '../id.ts'
import type { Price } from './price.ts'
import { type PriceRow, upsertPrice } from './store.ts'

/** Set what a user of a kind costs from a day on; what was set for that very day is replaced. */
export async function setPrice(api: Api, tenant: TenantId, price: Price, actor: Actor): Promise<PriceRow> {
  const { clock, db } = api.ports
  const row = { tenantId: tenant, ...price, createdAt: clock.now() }
  await runBatch(db, [
    upsertPrice(db, tenant, row),
    api.audit(tenant, actor, 'price.set', tenant, {
      provider: price.provider,
      user_kind: price.userKind,
      valid_from: price.validFrom,
      monthly_cents: price.monthlyCents,
    }),
  ])
  return row
}
