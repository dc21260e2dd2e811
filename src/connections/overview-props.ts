import type { FormState } from '../http/attempt.ts'
import type { Visit } from '../http/visit.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import type { TenantRow } from '../tenants/store.ts'
import type { TransactionState } from '../transactions/transaction.ts'
import type { Overview } from './load-overview.ts'

/** A visit below a tenant, as far as these pages need it. */
export type Here = Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role' | 'actor'> & { tenant: TenantRow }

/** The forms that stand on the page itself. */
export type FormName = 'probe' | 'connect' | 'transfer'

/** What the page of an integration is made of. */
export type OverviewProps = {
  visit: Here
  overview: Overview
  /** The day whose hours are shown, `2026-11-25`; null for none. */
  day: string | null
  /** The history does not begin at its newest. */
  paged: boolean
  /** Forms that were refused, as they were sent. */
  attempts: Partial<Record<FormName, FormState>>
}

/** Where the pages of an integration stand. */
export const pathOf = (tenant: TenantId, integration: IntegrationId): string =>
  `/t/${tenant}/integrations/${integration}`

/** Where the transactions of an integration are listed, all or those in one state. */
export const transactionsOf = (
  tenant: TenantId,
  integration: IntegrationId,
  state: TransactionState | null = null,
): string => `/t/${tenant}/transactions?integration_id=${integration}${state === null ? '' : `&state=${state}`}`
