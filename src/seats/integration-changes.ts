import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { runBatch, type Statement } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure, InvalidField } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { invalid } from '../http/input.ts'
import { type AdministrationId, type IntegrationId, isId, newId, type ProviderAppId, type TenantId } from '../id.ts'
import { administrationById } from '../providers/administration-store.ts'
import { appById } from '../providers/app-store.ts'
import { providerNamed } from '../providers/catalog.ts'
import type { Bookkeeping } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { BookingKind } from '../rights/right.ts'
import { changeFrom, type Integration, type IntegrationPatch, type NewIntegration, shown } from './integration-form.ts'
import * as store from './integration-store.ts'

/**
 * Add an integration with the connection of its seat, which waits for a first sign-in. What goes with it (`also`) is written
 * in the same batch.
 */
export async function createIntegration(
  api: Api,
  tenant: TenantId,
  body: NewIntegration,
  actor: Actor,
  also: (id: IntegrationId) => readonly Statement[] = () => [],
): Promise<Result<Integration, Failure>> {
  const { clock, random, db } = api.ports
  const target = await findTarget(api, tenant, body.target)
  if (!target.ok) return target
  const errors = complaints(target.value.provider, body)
  if (errors.length > 0) return invalid(...errors)
  const integration = {
    id: newId('int', clock, random),
    label: body.label,
    sourceKind: body.source.kind,
    sourceProvider: body.source.provider,
    sourceRef: body.source.ref,
    providerAppId: target.value.app,
    administrationId: target.value.administration,
    bookingKinds: body.booking_kinds,
    strict: body.strict,
    bookkeeping: body.bookkeeping,
    createdAt: clock.now(),
    rowVersion: 1,
    endedAt: null,
  }
  await runBatch(db, [
    store.insertIntegration(db, tenant, integration),
    store.insertConnection(db, tenant, newId('con', clock, random), integration.id),
    api.audit(tenant, actor, 'integration.created', integration.id, { label: body.label }),
    ...also(integration.id),
  ])
  return ok(shown(integration))
}

/** Change the fields a patch names, if nobody else changed the integration meanwhile. */
export async function changeIntegration(
  api: Api,
  tenant: TenantId,
  id: IntegrationId,
  patch: IntegrationPatch,
  actor: Actor,
): Promise<Result<Integration, Failure>> {
  const { db } = api.ports
  const integration = await store.integrationById(db, tenant, id)
  if (integration === null) return fail({ kind: 'not_found' })
  const app = await appById(db, integration.providerAppId)
  const errors = complaints(app?.provider ?? '', patch)
  if (errors.length > 0) return invalid(...errors)
  const change = changeFrom(patch)
  if (Object.keys(change).length === 0) return ok(shown(integration))
  const changed = await save(api, tenant, id, [
    store.updateIntegration(db, tenant, integration, change),
    orUndoAll(db),
    api.audit(tenant, actor, 'integration.changed', id, { fields: Object.keys(patch).join(' ') }),
  ])
  return changed ? ok(shown({ ...integration, ...change })) : fail({ kind: 'changed_meanwhile' })
}

/** End an integration that nothing waits for and nobody sits on. */
export async function endIntegration(
  api: Api,
  tenant: TenantId,
  id: IntegrationId,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { clock, db } = api.ports
  const integration = await store.integrationById(db, tenant, id)
  if (integration === null) return fail({ kind: 'not_found' })
  const ended = await save(api, tenant, id, [
    store.endIntegration(db, tenant, id, clock.now()),
    orUndoAll(db),
    store.endConnections(db, tenant, id),
    api.audit(tenant, actor, 'integration.ended', id, { label: integration.label }),
  ])
  return ended ? ok(null) : fail({ kind: 'integration_in_use', waiting: await store.countWaiting(db, tenant, id) })
}

/** Write a change and let the seat know of it; false when its compare-and-set changed nothing. */
async function save({ ports }: Api, tenant: TenantId, id: IntegrationId, statements: Statement[]): Promise<boolean> {
  try {
    await runBatch(ports.db, statements)
  } catch (error) {
    if (isOutdated(error)) return false
    throw error
  }
  try {
    await ports.seatOf(id).reload(tenant)
  } catch (error) {
    ports.report(`The seat of ${id} did not hear of a change`, error)
  }
  return true
}

type Target = { provider: string; app: ProviderAppId; administration: AdministrationId }

/** Find what an integration books into: an app, and an administration of this tenant at the same provider. */
async function findTarget(
  { ports: { db } }: Api,
  tenant: TenantId,
  { provider_app_id, administration_id }: NewIntegration['target'],
): Promise<Result<Target, Failure>> {
  const [app, administration] = await Promise.all([
    isId('app', provider_app_id) ? appById(db, provider_app_id) : null,
    isId('adm', administration_id) ? administrationById(db, tenant, administration_id) : null,
  ])
  const missing = (field: string): InvalidField => ({
    pointer: `/target/${field}`,
    message: { kind: 'not_found_here' },
  })
  if (app === null && administration === null) return invalid(missing('provider_app_id'), missing('administration_id'))
  if (app === null) return invalid(missing('provider_app_id'))
  if (administration === null) return invalid(missing('administration_id'))
  if (app.provider !== administration.provider)
    return invalid({ pointer: '/target/administration_id', message: { kind: 'other_provider' } })
  return ok({ provider: app.provider, app: app.id, administration: administration.id })
}

type Asked = { booking_kinds?: readonly BookingKind[] | undefined; bookkeeping?: Bookkeeping | null | undefined }

/** What the provider of the target says against booking kinds and bookkeeping. */
function complaints(name: string, { booking_kinds = [], bookkeeping }: Asked): InvalidField[] {
  const provider = providerNamed(name)
  if (provider === null) throw new Error(`No provider named ${name}`)
  const kinds = booking_kinds.flatMap((kind, at): InvalidField[] =>
    provider.needs(kind) === null
      ? [{ pointer: `/booking_kinds/${at}`, message: { kind: 'not_a_booking_kind_here' } }]
      : [],
  )
  const fields = bookkeeping ? provider.checkBookkeeping(bookkeeping) : []
  return [...kinds, ...fields.map(({ pointer, message }) => ({ pointer: `/bookkeeping${pointer}`, message }))]
}
