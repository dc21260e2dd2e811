import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { runBatch, type Statement } from '../../db/open.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { newId, type OnboardingId, type PersonId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type Draft, NOTHING_YET } from './onboarding.ts'
import { insertOnboarding, type OnboardingChange, type OnboardingRow, updateOnboarding } from './onboarding-store.ts'

/** Begin a flow in which nothing is answered yet. */
export async function startOnboarding({ ports }: Api, tenant: TenantId, person: PersonId): Promise<OnboardingId> {
  const { clock, random, db } = ports
  const id = newId('onb', clock, random)
  const now = clock.now()
  const started = { id, draft: NOTHING_YET, startedBy: person, createdAt: now, updatedAt: now, rowVersion: 1 }
  await runBatch(db, [insertOnboarding(db, tenant, started)])
  return id
}

type Versioned = Pick<OnboardingRow, 'id' | 'rowVersion' | 'draft'>

/** Give the statements that change a flow if nobody else has meanwhile, and otherwise undo the batch they are in. */
export const changing = ({ ports }: Api, tenant: TenantId, flow: Versioned, change: OnboardingChange): Statement[] => [
  updateOnboarding(ports.db, tenant, flow, { ...change, updatedAt: ports.clock.now() }),
  orUndoAll(ports.db),
]

/** Change a flow, with what goes along with it; refused when somebody else has changed it meanwhile. */
export async function save(
  api: Api,
  tenant: TenantId,
  flow: Versioned,
  change: OnboardingChange,
  also: readonly Statement[] = [],
): Promise<Result<null, Failure>> {
  try {
    await runBatch(api.ports.db, [...changing(api, tenant, flow, change), ...also])
    return ok(null)
  } catch (error) {
    if (isOutdated(error)) return fail({ kind: 'changed_meanwhile' })
    throw error
  }
}

/** Answer questions of a flow. */
export const answer = (
  api: Api,
  tenant: TenantId,
  flow: Versioned,
  answers: Partial<Draft>,
): Promise<Result<null, Failure>> => save(api, tenant, flow, { draft: { ...flow.draft, ...answers } })
