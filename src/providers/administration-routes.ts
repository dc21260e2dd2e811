import { z } from '@hono/zod-openapi'
import { isTaken, runBatch } from '../../db/open.ts'
import { rfc3339 } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { id, line, moment } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import type { Call } from '../http/spec.ts'
import { newId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type AdministrationRow, insertAdministration, listAdministrations } from './administration-store.ts'
import { providerNamed } from './catalog.ts'
import { PROVIDER_NAMES } from './provider.ts'

const NewAdministration = z
  .strictObject({ provider: z.enum(PROVIDER_NAMES), external_id: line(100), name: line(200) })
  .openapi('NewAdministration')

const Administration = z
  .strictObject({
    id: id('adm'),
    provider: z.enum(PROVIDER_NAMES),
    external_id: z.string(),
    name: z.string(),
    created_at: moment,
  })
  .openapi('Administration')
type Administration = z.infer<typeof Administration>

const shown = (row: Omit<AdministrationRow, 'tenantId'>): Administration => ({
  id: row.id,
  provider: row.provider,
  external_id: row.externalId,
  name: row.name,
  created_at: rfc3339(row.createdAt),
})

const tag = 'Administrations'
const path = '/v1/tenants/{tenant}/administrations'

export function administrationRoutes(api: Api): void {
  const { db } = api.ports

  api.route(
    {
      method: 'post',
      path,
      scope: 'write',
      tag,
      summary: 'Add an administration',
      body: NewAdministration,
      answer: [201, Administration],
    },
    call => createAdministration(api, call),
  )

  api.route(
    {
      method: 'get',
      path,
      scope: 'read',
      tag,
      summary: 'List the administrations',
      query: PageQuery,
      answer: [200, listOf(Administration)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listAdministrations(db, tenant, slice), slice, shown))
    },
  )
}

async function createAdministration(
  api: Api,
  { params: { tenant }, body, actor }: Call<typeof path, z.infer<typeof NewAdministration>>,
): Promise<Result<Administration, Failure>> {
  const { clock, random, db } = api.ports
  if (!providerNamed(body.provider)?.definition.administrationForm.test(body.external_id))
    return invalid({ pointer: '/external_id', message: 'Not a number of an administration at this provider' })
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
  return ok(shown(administration))
}
