import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { OnboardingId, TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { endIntegration } from '../seats/integration-changes.ts'
import { deleteOnboarding, endLink, flowOf } from './onboarding-store.ts'

/** Throw a flow away with the link it gave; the integration it made stays, unless that is to end as well. */
export async function discard(
  api: Api,
  tenant: TenantId,
  id: OnboardingId,
  alsoEnd: boolean,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db, clock } = api.ports
  const flow = await flowOf(db, tenant, id)
  if (flow === null) return fail({ kind: 'not_found' })
  const { integration, connectLinkId: link } = flow
  if (alsoEnd && integration !== null && integration.endedAt === null) {
    const ended = await endIntegration(api, tenant, integration.id, actor)
    if (!ended.ok) return ended
  }
  await runBatch(db, [
    deleteOnboarding(db, tenant, id),
    ...(link === null ? [] : [endLink(db, tenant, link, clock.now())]),
  ])
  return ok(null)
}
