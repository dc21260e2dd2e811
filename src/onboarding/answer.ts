import { z } from '@hono/zod-openapi'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { invalid } from '../http/input.ts'
import type { TenantId } from '../id.ts'
import type { Provider } from '../providers/provider.ts'
import { ok, type Result } from '../result.ts'
import { changeIntegration } from '../seats/integration-changes.ts'
import { type IntegrationPatch, NewIntegration } from '../seats/integration-form.ts'
import type { Draft } from './onboarding.ts'
import type { Flow } from './onboarding-store.ts'
import { answer } from './save.ts'

const { label, source, booking_kinds: kinds } = NewIntegration.shape

/** What is asked of the source: the fields of an integration's source, side by side. */
export const SourceForm = z.strictObject({ ...source.shape, label })

/** What is asked of the bookings; a box that is ticked is sent as `on`. */
export const BookingsForm = z.strictObject({ kinds, strict: z.literal('on').optional() })

/** Answer what is to be connected. */
export const answerSource = (
  api: Api,
  tenant: TenantId,
  flow: Flow,
  given: z.infer<typeof SourceForm>,
  actor: Actor,
): Promise<Result<null, Failure>> => {
  const { label, ...source } = given
  return answerOrChange(api, tenant, flow, { source: given }, { label, source }, actor)
}

/** Answer what will be booked: only what the provider knows. Other bookings need other rights, so those are read again. */
export async function answerBookings(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  { kinds, strict: ticked }: z.infer<typeof BookingsForm>,
  provider: Provider,
  actor: Actor,
): Promise<Result<null, Failure>> {
  if (kinds.some(kind => provider.needs(kind) === null))
    return invalid({ pointer: '/kinds', message: { kind: 'not_a_booking_kind_here' } })
  const strict = ticked === 'on'
  const answers = { bookings: { kinds, strict }, rightsRead: false }
  return answerOrChange(api, tenant, flow, answers, { booking_kinds: kinds, strict }, actor)
}

/** Once there is an integration, it is what is changed. */
async function answerOrChange(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  answers: Partial<Draft>,
  patch: IntegrationPatch,
  actor: Actor,
): Promise<Result<null, Failure>> {
  if (flow.integrationId === null) return answer(api, tenant, flow, answers)
  const changed = await changeIntegration(api, tenant, flow.integrationId, patch, actor)
  return changed.ok ? ok(null) : changed
}
