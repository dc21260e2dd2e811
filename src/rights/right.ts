/** What a transaction books. Which of them a provider knows, its own catalogue says. */
export const BOOKING_KINDS = [
  'sales-entry',
  'sales-invoice',
  'sales-order',
  'cash-entry',
  'bank-entry',
  'general-journal-entry',
  'customer',
  'item',
] as const
export type BookingKind = (typeof BOOKING_KINDS)[number]

export const SOURCE_KINDS = ['webshop', 'pos', 'psp'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

export type Action = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One thing a user may do: a resource as the provider names it (`salesentry/SalesEntries`) and an action on it. */
export type Right = { resource: string; action: Action }

/** A right that a booking needs, why, and the app scopes any one of which should cover it (empty: none needed or not known). */
export type Need = Right & { purpose: NeedPurpose; scopes: readonly string[] }

/** What the right is for, in the words of EOL-01. */
export const NEED_PURPOSES = [
  'order',
  'invoice',
  'sales_entry',
  'cash_entry',
  'bank_entry',
  'general_journal_entry',
  'product',
  'debtor',
  'journal',
  'vat_code',
  'gl_account',
] as const
export type NeedPurpose = (typeof NEED_PURPOSES)[number]

/** The layers that can refuse a booking, in the order in which they are asked and reported (DIV-01). */
export const LAYERS = ['connection', 'user_kind', 'app_scope', 'licence', 'administration', 'right'] as const
export type Layer = (typeof LAYERS)[number]

/** Why a layer refuses or doubts; each has its own sentence and its own remedy in `words/`. */
export const CAUSES = [
  'not_connected',
  'reconnect_required',
  'provider_refuses_connection',
  'user_blocked',
  'client_user',
  'app_scope_missing',
  'app_scope_doubtful',
  'licence_expired',
  'licence_module',
  'division_out_of_scope',
  'administration_out_of_reach',
  'administration_unproven',
  'right_missing',
  'right_derived',
  'right_unproven',
] as const
export type Cause = (typeof CAUSES)[number]

/** One thing that stands between a booking and its administration, free of any language. `administration` is the provider's own number. */
export type Missing = {
  layer: Layer
  resource: string
  action: Action
  administration: string
  cause: Cause
  /** The provider's literal words, when it was the provider that refused. */
  words?: string
}

/** The verdict on one booking: `denied` names everything missing, `unknown` everything that could not be proven. */
export type Verdict = { verdict: 'allowed' | 'denied' | 'unknown'; missing: Missing[]; doubts: Missing[] }

export const rightKey = (administration: string, right: Right): string =>
  `${administration} ${right.action} ${right.resource}`
