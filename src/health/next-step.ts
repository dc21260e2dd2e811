import type { IntegrationId, TenantId } from '../id.ts'
import type { HealthReason } from './verdict.ts'

/** What a person does about a connection: connect it, look at what waits, or just look. */
export type StepKind = 'connect' | 'reconnect' | 'waiting' | 'look'

/** The one thing to do, and the page on which it is done. */
export type NextStep = { kind: StepKind; url: string }

type Where = { tenantId: TenantId; integrationId: IntegrationId }

/** Give the next step for a verdict's reason. */
export function nextStep({ tenantId, integrationId }: Where, reason: HealthReason): NextStep {
  const page = `/t/${tenantId}/integrations/${integrationId}`
  switch (reason.kind) {
    case 'not_connected':
    case 'ended':
      return { kind: 'connect', url: page }
    case 'reconnect_required':
      return { kind: 'reconnect', url: page }
    case 'held':
    case 'uncertain':
    case 'failed':
      return {
        kind: 'waiting',
        url: `/t/${tenantId}/transactions?state=${reason.kind}&integration_id=${integrationId}`,
      }
    case 'degraded':
    case 'rights_missing':
    case 'administration_not_granted':
    case 'client_user':
    case 'not_probed':
    case 'fine':
      return { kind: 'look', url: page }
  }
}
