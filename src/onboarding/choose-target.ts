import { z } from '@hono/zod-openapi'
import type { Actor } from '../audit/audit.ts'
import type { Failure, InvalidField } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { line, reference } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { type AdministrationId, isId, type TenantId } from '../id.ts'
import { createAdministration } from '../providers/administration-changes.ts'
import { administrationById } from '../providers/administration-store.ts'
import { type AppRow, appById } from '../providers/app-store.ts'
import { fail, ok, type Result } from '../result.ts'
import type { OnboardingWords } from '../words/onboarding-words.ts'
import type { Flow } from './onboarding-store.ts'
import { answer } from './save.ts'

/** An administration that is there, or the number and name of one to add. */
export const TargetForm = z.strictObject({
  provider_app_id: reference('app'),
  administration_id: reference('adm').optional(),
  external_id: line(100).optional(),
  name: line(200).optional(),
})
export type TargetAsked = z.infer<typeof TargetForm>

const notFound = (pointer: string): InvalidField => ({ pointer, message: { kind: 'not_found_here' } })
const mandatory = (pointer: string): InvalidField => ({ pointer, message: { kind: 'mandatory' } })

/** Answer where the bookings go, adding the administration if it is a new one. An integration's target stays what it is. */
export async function chooseTarget(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  asked: TargetAsked,
  actor: Actor,
  words: OnboardingWords,
): Promise<Result<null, Failure>> {
  if (flow.integrationId !== null) return fail({ kind: 'changed_meanwhile' })
  const { provider_app_id: appId } = asked
  const app = isId('app', appId) ? await appById(api.ports.db, appId) : null
  if (app === null) return invalid(notFound('/provider_app_id'))
  const isNew = asked.external_id !== undefined || asked.name !== undefined
  if (isNew && asked.administration_id !== undefined)
    return invalid({ pointer: '/external_id', message: words.target.notBoth })
  const found = isNew ? await add(api, tenant, app, asked, actor) : await find(api, tenant, app, asked)
  if (!found.ok) return found
  return answer(api, tenant, flow, {
    target: { providerAppId: app.id, administrationId: found.value },
    rightsRead: false,
  })
}

async function add(
  api: Api,
  tenant: TenantId,
  { provider }: AppRow,
  { external_id, name }: TargetAsked,
  actor: Actor,
): Promise<Result<AdministrationId, Failure>> {
  if (external_id === undefined) return invalid(mandatory('/external_id'))
  if (name === undefined) return invalid(mandatory('/name'))
  const added = await createAdministration(api, tenant, { provider, external_id, name }, actor)
  return added.ok ? ok(added.value.id) : added
}

async function find(
  { ports }: Api,
  tenant: TenantId,
  { provider }: AppRow,
  { administration_id: id }: TargetAsked,
): Promise<Result<AdministrationId, Failure>> {
  if (id === undefined) return invalid(mandatory('/administration_id'))
  const administration = isId('adm', id) ? await administrationById(ports.db, tenant, id) : null
  return administration?.provider === provider ? ok(administration.id) : invalid(notFound('/administration_id'))
}
