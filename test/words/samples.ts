import type { Warning } from '../../src/connections/connection.ts'
import type { Failure, FailureKind, InvalidField } from '../../src/failure.ts'
import type { HealthReason } from '../../src/health/verdict.ts'
import type { IntegrationId } from '../../src/id.ts'
import { CAUSES, type Cause, type Layer, type Missing } from '../../src/rights/right.ts'
import type { TransactionReason } from '../../src/transactions/transaction.ts'

export const NOW = Date.UTC(2026, 7, 14, 12)
export const OTHER = 'int_01k2m3n4p5q6r7s8t9vwxyz012' as IntegrationId

const LAYER: Record<Cause, Layer> = {
  not_connected: 'connection',
  reconnect_required: 'connection',
  provider_refuses_connection: 'connection',
  user_blocked: 'connection',
  client_user: 'user_kind',
  app_scope_missing: 'app_scope',
  app_scope_doubtful: 'app_scope',
  licence_expired: 'licence',
  licence_module: 'licence',
  division_out_of_scope: 'administration',
  administration_out_of_reach: 'administration',
  administration_unproven: 'administration',
  right_missing: 'right',
  right_derived: 'right',
  right_unproven: 'right',
}

/** A sales entry refused for this cause. */
export const missing = (cause: Cause, words?: string): Missing => ({
  layer: LAYER[cause],
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
  cause,
  ...(words === undefined ? {} : { words }),
})

const fieldMessages: {
  [K in Exclude<InvalidField['message'], string>['kind']]: Extract<InvalidField['message'], { kind: K }>
} = {
  mandatory: { kind: 'mandatory' },
  not_an_object: { kind: 'not_an_object' },
  not_a_list: { kind: 'not_a_list' },
  empty: { kind: 'empty' },
  not_a_guid: { kind: 'not_a_guid' },
  not_a_number: { kind: 'not_a_number' },
  too_long: { kind: 'too_long', atMost: 30 },
  unknown_mapping: { kind: 'unknown_mapping', vatCategory: 'S', vatRate: '9' },
  not_a_booking_kind_here: { kind: 'not_a_booking_kind_here' },
  not_found_here: { kind: 'not_found_here' },
  no_bookkeeping: { kind: 'no_bookkeeping' },
  not_a_webhook_url: { kind: 'not_a_webhook_url', why: 'port' },
  holds_twice: { kind: 'holds_twice' },
  rate_twice: { kind: 'rate_twice' },
  not_printable: { kind: 'not_printable' },
  not_a_cursor: { kind: 'not_a_cursor' },
  other_provider: { kind: 'other_provider' },
  either_payload_or_document: { kind: 'either_payload_or_document' },
  not_visible_ascii: { kind: 'not_visible_ascii' },
  not_an_origin: { kind: 'not_an_origin' },
  not_an_administration_number: { kind: 'not_an_administration_number' },
  not_money: { kind: 'not_money' },
  not_a_day: { kind: 'not_a_day' },
  bad_line: { kind: 'bad_line', line: 3, fault: { kind: 'no_email' } },
  too_many_lines: { kind: 'too_many_lines', atMost: 200 },
  too_large: { kind: 'too_large', atMostBytes: 2_000_000 },
  too_complex: { kind: 'too_complex', what: 'nesting', atMost: 50 },
  doctype: { kind: 'doctype' },
  not_xml: { kind: 'not_xml', message: 'Unexpected end.' },
  not_ubl: { kind: 'not_ubl', root: '{urn:x}Order' },
  missing: { kind: 'missing', path: 'cbc:ID' },
  repeated: { kind: 'repeated', path: 'cbc:ID' },
  not_a_date: { kind: 'not_a_date', path: 'cbc:IssueDate', text: 'soon' },
  not_a_currency: { kind: 'not_a_currency', path: 'cbc:DocumentCurrencyCode', text: 'euro' },
  not_an_amount: { kind: 'not_an_amount', path: 'cbc:PayableAmount', text: '1,00' },
  not_a_rate: { kind: 'not_a_rate', path: 'cbc:Percent', text: 'high' },
  too_precise: { kind: 'too_precise', path: 'cbc:PayableAmount', text: '1.001', atMostDecimals: 2 },
  other_currency: { kind: 'other_currency', path: 'cbc:PayableAmount', currency: 'USD', documentCurrency: 'EUR' },
  inconsistent: {
    kind: 'inconsistent',
    path: 'cbc:TaxAmount',
    stated: '1.00',
    computed: '2.00',
    computedFrom: 'TaxableAmount × 21 %',
  },
  credits_twice: { kind: 'credits_twice', path: 'cbc:PayableAmount' },
}
export const FIELD_MESSAGES = Object.values(fieldMessages)

/** One failure of every kind. */
export const FAILURES: { [K in FailureKind]: Extract<Failure, { kind: K }> } = {
  unauthenticated: { kind: 'unauthenticated' },
  scope_missing: { kind: 'scope_missing', scope: 'transactions' },
  not_found: { kind: 'not_found' },
  method_not_allowed: { kind: 'method_not_allowed', allowed: ['GET', 'POST'] },
  malformed_json: { kind: 'malformed_json' },
  unsupported_media_type: { kind: 'unsupported_media_type' },
  too_large: { kind: 'too_large', atMostBytes: 1_048_576 },
  invalid: { kind: 'invalid', errors: FIELD_MESSAGES.map(message => ({ pointer: '/payload/Lines/0', message })) },
  sign_in_over: { kind: 'sign_in_over' },
  sign_in_declined: { kind: 'sign_in_declined', words: 'End-User aborted interaction' },
  sign_in_refused: { kind: 'sign_in_refused', words: 'unexpected "iss"' },
  issuer_unreachable: { kind: 'issuer_unreachable' },
  no_issuer: { kind: 'no_issuer' },
  invitation_over: { kind: 'invitation_over' },
  role_missing: { kind: 'role_missing', role: 'admin' },
  form_outdated: { kind: 'form_outdated' },
  last_admin: { kind: 'last_admin' },
  idempotency_key_missing: { kind: 'idempotency_key_missing' },
  idempotency_key_reused: { kind: 'idempotency_key_reused' },
  idempotency_key_in_use: { kind: 'idempotency_key_in_use' },
  already_exists: { kind: 'already_exists', what: 'service_account' },
  integration_in_use: { kind: 'integration_in_use', waiting: 3 },
  changed_meanwhile: { kind: 'changed_meanwhile' },
  user_already_seated: { kind: 'user_already_seated', seatedAt: OTHER },
  service_account_seated: { kind: 'service_account_seated', integrationId: OTHER },
  seat_taken: { kind: 'seat_taken' },
  other_provider_app: { kind: 'other_provider_app' },
  wrong_user: { kind: 'wrong_user', expected: 'webshop', signedIn: 'kassa1' },
  link_expired: { kind: 'link_expired' },
  link_used: { kind: 'link_used' },
  state_invalid: { kind: 'state_invalid' },
  state_used: { kind: 'state_used' },
  consent_declined: { kind: 'consent_declined', words: 'access_denied' },
  code_refused: { kind: 'code_refused', words: 'Forbidden' },
  identity_unreadable: { kind: 'identity_unreadable' },
  consent_overtaken: { kind: 'consent_overtaken' },
  not_connected: { kind: 'not_connected' },
  reconnect_required: { kind: 'reconnect_required', cause: 'chain_expired' },
  provider_app_refused: { kind: 'provider_app_refused', words: 'invalid_client' },
  provider_unreachable: { kind: 'provider_unreachable', retryAt: NOW + 30_000 },
  provider_rate_limited: { kind: 'provider_rate_limited', retryAt: NOW + 45_500 },
  provider_error_budget: { kind: 'provider_error_budget', retryAt: NOW + 3_600_000 },
  proxy_path_refused: { kind: 'proxy_path_refused', path: '//elsewhere' },
  administration_out_of_reach: { kind: 'administration_out_of_reach', administration: '1001' },
  rights_missing: {
    kind: 'rights_missing',
    missing: [missing('right_derived', 'Forbidden'), missing('division_out_of_scope')],
  },
  transaction_state: { kind: 'transaction_state', state: 'delivered', asked: 'cancel' },
  look_up_impossible: { kind: 'look_up_impossible' },
  webhooks_full: { kind: 'webhooks_full', atMost: 20 },
  webhook_disabled: { kind: 'webhook_disabled' },
  database_unreachable: { kind: 'database_unreachable' },
  unexpected: { kind: 'unexpected', requestId: 'req_abc' },
}
export const ALL_FAILURES: Failure[] = Object.values(FAILURES)

export const MISSINGS: Missing[] = CAUSES.map(cause => missing(cause, 'Forbidden'))

const warnings: { [K in Warning['kind']]: Extract<Warning, { kind: K }> } = {
  client_user: { kind: 'client_user', at: NOW },
  rights_missing: { kind: 'rights_missing', at: NOW },
  user_signed_in_elsewhere: { kind: 'user_signed_in_elsewhere', at: NOW },
  administration_not_granted: { kind: 'administration_not_granted', administration: '1002', at: NOW },
  administrations_picked_by_hand: { kind: 'administrations_picked_by_hand', at: NOW },
}
export const WARNINGS: Warning[] = Object.values(warnings)

const reasons: { [K in TransactionReason['kind']]: Extract<TransactionReason, { kind: K }> } = {
  refused: { kind: 'refused', words: 'Invalid journal.' },
  looking: { kind: 'looking', lostAt: NOW, looks: 1, words: '' },
  no_look_up: { kind: 'no_look_up', words: '' },
  several_found: { kind: 'several_found', ids: ['a', 'b'] },
  too_many_attempts: { kind: 'too_many_attempts', attempts: 10, words: 'Forbidden' },
  waiting: { kind: 'waiting', for: 'rate_limit', words: '' },
  resolved: { kind: 'resolved', by: 'Anna' },
}
export const REASONS: TransactionReason[] = Object.values(reasons)

const health: { [K in HealthReason['kind']]: Extract<HealthReason, { kind: K }> } = {
  not_connected: { kind: 'not_connected' },
  ended: { kind: 'ended' },
  reconnect_required: { kind: 'reconnect_required', trouble: 'consent_revoked' },
  degraded: { kind: 'degraded', trouble: null },
  held: { kind: 'held', count: 214 },
  uncertain: { kind: 'uncertain', count: 1 },
  failed: { kind: 'failed', count: 2 },
  rights_missing: { kind: 'rights_missing' },
  administration_not_granted: { kind: 'administration_not_granted', administration: '1002' },
  client_user: { kind: 'client_user' },
  not_probed: { kind: 'not_probed' },
  fine: { kind: 'fine' },
}
export const HEALTH: HealthReason[] = Object.values(health)
