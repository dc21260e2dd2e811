import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { newId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { reloadSeats } from '../seats/reload-seats.ts'
import { seatsOfTenant } from '../seats/seat-read.ts'
import { insertTenant, type TenantRow, tenantById, updateTenant } from './store.ts'
import type { NewTenant, TenantPatch } from './tenant-form.ts'

/** Add a tenant. */
export async function createTenant(api: Api, body: NewTenant, actor: Actor): Promise<TenantRow> {
  const { clock, random, db } = api.ports
  const tenant = { id: newId('ten', clock, random), ...body, createdAt: clock.now() }
  await runBatch(db, [
    insertTenant(db, tenant),
    api.audit(tenant.id, actor, 'tenant.created', tenant.id, { name: body.name }),
  ])
  return tenant
}

/** Change what a patch names and says otherwise than it is; seats explain refusals in the tenant's language, so they hear of it. */
export async function changeTenant(
  api: Api,
  id: TenantId,
  { name, locale }: TenantPatch,
  actor: Actor,
): Promise<Result<TenantRow, Failure>> {
  const { db } = api.ports
  const tenant = await tenantById(db, id)
  if (tenant === null) return fail({ kind: 'not_found' })
  const change = {
    ...(name === undefined || name === tenant.name ? {} : { name }),
    ...(locale === undefined || locale === tenant.locale ? {} : { locale }),
  }
  const fields = Object.keys(change)
  if (fields.length === 0) return ok(tenant)
  await runBatch(db, [
    updateTenant(db, id, change),
    api.audit(id, actor, 'tenant.changed', id, { fields: fields.join(' ') }),
  ])
  if (fields.includes('locale')) await reloadSeats(api.ports, () => seatsOfTenant(db, id))
  return ok({ ...tenant, ...change })
}
