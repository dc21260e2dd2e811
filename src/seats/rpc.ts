import type { Actor } from '../audit/audit.ts'
import type { Credential } from '../connections/credential.ts'
import type { Failure } from '../failure.ts'
import type { ConnectLinkId, IntegrationId, TenantId, TransactionId } from '../id.ts'
import type { Result } from '../result.ts'
import type { Action, BookingKind, Verdict } from '../rights/right.ts'
import type { Submission } from '../transactions/submit.ts'
import type { Acceptance } from '../transactions/transaction.ts'
import type { Locale } from '../words/words.ts'

/** What is needed to say a verdict to a person: where, for whom, in which language. */
export type Judged = Verdict & {
  administration: string
  registration: 'published' | 'self_registered'
  username: string | null
  locale: Locale
}

export type ProxyRequest = { method: Action; path: string; contentType: string | null; body: string | null }
export type ProxyReply = {
  status: number
  contentType: string | null
  body: string
  diagnosis: string
  retryAt: number | null
}

/** How much of its budgets a seat has used, as far as it remembers. Times in Unix ms. */
export type Meters = {
  /** Calls sent in the last minute, calls that wait for their turn, and how many a minute this seat allows itself. */
  calls: { sent: number; waiting: number; perMinute: number }
  /** No call before this moment, for the provider's limit is reached; null when there may be one now. */
  pausedUntil: number | null
  /** Refused calls of the last hour by endpoint, the most first; `blockedUntil` is set where one more would be too many. */
  errors: { endpoint: string; count: number; blockedUntil: number | null }[]
  /** How many refused calls of one endpoint the provider bears in an hour. */
  errorsPerHour: number
}

export type Decision =
  | { kind: 'retry' }
  | { kind: 'cancel' }
  | { kind: 'resolve'; delivered: boolean; providerId: string | null }

/**
 * What the Worker may ask of one seat. Every call names the tenant: another tenant's seat answers `not_found`. All
 * answers are plain values, for they cross from one place to another.
 */
export type SeatRpc = {
  token(tenant: TenantId): Promise<Result<{ accessToken: string; expiresAt: number }, Failure>>
  consent(
    tenant: TenantId,
    link: ConnectLinkId,
    code: string,
  ): Promise<Result<{ username: string; verdicts: Judged[] }, Failure>>
  preflight(tenant: TenantId, kind: BookingKind, administration: string | null): Promise<Result<Judged, Failure>>
  submit(tenant: TenantId, submission: Submission): Promise<Result<{ acceptance: Acceptance; judged: Judged }, Failure>>
  decide(tenant: TenantId, id: TransactionId, decision: Decision, actor: Actor): Promise<Result<null, Failure>>
  probe(tenant: TenantId): Promise<Result<null, Failure>>
  proxy(tenant: TenantId, request: ProxyRequest, actor: Actor): Promise<Result<ProxyReply, Failure>>
  disconnect(tenant: TenantId, actor: Actor): Promise<Result<null, Failure>>
  transfer(tenant: TenantId, to: IntegrationId, actor: Actor): Promise<Result<null, Failure>>
  meters(tenant: TenantId): Promise<Result<Meters, Failure>>
  adopt(providerUserId: string, tenant: TenantId, credential: Credential): Promise<boolean>
  /** Read everything anew: somebody changed what this seat knows. */
  reload(tenant: TenantId): Promise<void>
  /** Do what is due now: the sweep's call. */
  wake(tenant: TenantId): Promise<void>
}
