import { z } from '@hono/zod-openapi'
import { isTaken, runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { line } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { newId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type AdministrationRow, insertAdministration } from './administration-store.ts'
import { providerNamed } from './catalog.ts'
import { PROVIDER_NAMES } from './provider.ts'

export const NewAdministration = z
  .strictObject({ provider: z.enum(PROVIDER_NAMES), external_id: line(100), name: line(200) })
  .openapi('NewAdministration')

/** Add an administration by its number at the provider; a number is taken once in a tenant. */
export async function createAdministration(
  api: Api,
  tenant: TenantId,
  body: z.infer<typeof NewAdministration>,
  actor: Actor,
): Promise<Result<Omit<AdministrationRow, 'tenantId'>, Failure>> {
  const { clock, random, db } = api.ports
  if (!providerNamed(body.provider)?.definition.administrationForm.test(body.external_id))
    return invalid({ pointer: '/external_id', message: { kind: 'not_an_administration_number' } })
  const { external_id: externalId, ...named } = body
  const administration = { id: newId('adm', clock, random), ...named, externalId, createdAt: clock.now() }
  const audit = api.audit(tenant, actor, 'administration.created', administration.id, {
    external_id: externalId,
    name: body.name,
  })
  try {
    await runBatch(db, [insertAdministration(db, tenant, administration), audit])
  } catch (error) {
    if (isTaken(error, 'administrations.external_id')) return fail({ kind: 'already_exists', what: 'administration' })
    throw error
  }
  return ok(administration)
}
