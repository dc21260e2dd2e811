import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { TenantId } from '../id.ts'
import { fail, type Result } from '../result.ts'
import type { Flow } from './onboarding-store.ts'
import { save } from './save.ts'

/** Finish a flow whose last question has been answered: a booking was tried. */
export async function finish(api: Api, tenant: TenantId, flow: Flow): Promise<Result<null, Failure>> {
  if (!flow.draft.tried) return fail({ kind: 'changed_meanwhile' })
  return save(api, tenant, flow, { finishedAt: api.ports.clock.now() })
}
