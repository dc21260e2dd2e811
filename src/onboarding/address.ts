import type { OnboardingId, TenantId } from '../id.ts'
import type { Step } from './onboarding.ts'

export const LIST = '/t/{tenant}/onboarding'
export const ONE = '/t/{tenant}/onboarding/{onboarding}'

/** Write the address of all flows of a tenant. */
export const listUrl = (tenant: TenantId): string => `/t/${tenant}/onboarding`

/** Write the address of one question of a flow. */
export const stepUrl = (tenant: TenantId, id: OnboardingId, step: Step): string => `${listUrl(tenant)}/${id}/${step}`
