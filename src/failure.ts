import type { IntegrationId } from './id.ts'
import type { Role } from './people/role.ts'
import type { FieldMessage } from './providers/provider.ts'
import type { Missing } from './rights/right.ts'
import type { LineFault } from './seats/account-lines.ts'
import type { TransactionState } from './transactions/transaction.ts'
import type { DocumentProblem } from './transactions/ubl.ts'
import type { UrlFault } from './webhooks/url.ts'

/** What our own schemas say against a field; its word is the schema's message, and is said in the reader's language. */
export const SCHEMA_FAULTS = [
  'holds_twice',
  'rate_twice',
  'not_printable',
  'not_a_cursor',
  'other_provider',
  'either_payload_or_document',
  'not_visible_ascii',
] as const
export type SchemaFault = (typeof SCHEMA_FAULTS)[number]

/** A field of a request that is wrong: where (RFC 6901 JSON Pointer) and what. A text is a schema's own message. */
export type InvalidField = {
  pointer: string
  message:
    | string
    | FieldMessage
    | { kind: 'not_a_booking_kind_here' }
    | { kind: 'not_found_here' }
    | { kind: 'no_bookkeeping' }
    | { [Fault in SchemaFault]: { kind: Fault } }[SchemaFault]
    | { kind: 'not_an_origin' }
    | { kind: 'not_an_administration_number' }
    | { kind: 'not_money' }
    | { kind: 'not_a_day' }
    | { kind: 'bad_line'; line: number; fault: LineFault }
    | { kind: 'too_many_lines'; atMost: number }
    | { kind: 'not_a_webhook_url'; why: UrlFault }
    | DocumentProblem
}

/** Everything Zetel refuses, as one union: a new refusal does not compile until `http/problem.ts` says what the outside may see. */
export type Failure =
  // Who asks, and how
  | { kind: 'unauthenticated' }
  | { kind: 'scope_missing'; scope: string }
  | { kind: 'not_found' }
  | { kind: 'method_not_allowed'; allowed: string[] }
  | { kind: 'malformed_json' }
  | { kind: 'unsupported_media_type' }
  | { kind: 'too_large'; atMostBytes: number }
  | { kind: 'invalid'; errors: InvalidField[] }
  | { kind: 'idempotency_key_missing' }
  | { kind: 'idempotency_key_reused' }
  | { kind: 'idempotency_key_in_use' }
  // People and their pages
  | { kind: 'sign_in_over' }
  | { kind: 'sign_in_declined'; words: string }
  | { kind: 'sign_in_refused'; words: string }
  | { kind: 'issuer_unreachable' }
  | { kind: 'no_issuer' }
  | { kind: 'invitation_over' }
  | { kind: 'role_missing'; role: Role }
  | { kind: 'form_outdated' }
  | { kind: 'last_admin' }
  // What is kept
  | { kind: 'already_exists'; what: 'provider_app' | 'administration' | 'service_account' }
  | { kind: 'integration_in_use'; waiting: number }
  | { kind: 'changed_meanwhile' }
  // Seats
  | { kind: 'user_already_seated'; seatedAt: IntegrationId | 'another_tenant' }
  | { kind: 'service_account_seated'; integrationId: IntegrationId }
  | { kind: 'seat_taken' }
  | { kind: 'other_provider_app' }
  | { kind: 'wrong_user'; expected: string; signedIn: string }
  // Connecting
  | { kind: 'link_expired' }
  | { kind: 'link_used' }
  | { kind: 'state_invalid' }
  | { kind: 'state_used' }
  | { kind: 'consent_declined'; words: string }
  | { kind: 'code_refused'; words: string }
  | { kind: 'identity_unreadable' }
  | { kind: 'consent_overtaken' }
  // The connection
  | { kind: 'not_connected' }
  | { kind: 'reconnect_required'; cause: string }
  | { kind: 'provider_app_refused'; words: string }
  | { kind: 'provider_unreachable'; retryAt: number }
  | { kind: 'provider_rate_limited'; retryAt: number }
  | { kind: 'provider_error_budget'; retryAt: number }
  | { kind: 'proxy_path_refused'; path: string }
  | { kind: 'administration_out_of_reach'; administration: string }
  // Transactions
  | { kind: 'rights_missing'; missing: Missing[] }
  | { kind: 'transaction_state'; state: TransactionState; asked: 'retry' | 'cancel' | 'resolve' }
  | { kind: 'look_up_impossible' }
  // Webhooks
  | { kind: 'webhooks_full'; atMost: number }
  | { kind: 'webhook_disabled' }
  // Ours
  | { kind: 'database_unreachable' }
  | { kind: 'unexpected'; requestId: string }

export type FailureKind = Failure['kind']
