import type { ConnectionId } from '../id.ts'
import type { UserKind } from '../providers/provider.ts'

/** `pending → active ⇄ degraded → reconnect_required → ended`; a new consent makes any of them active. */
export const CONNECTION_STATES = ['pending', 'active', 'degraded', 'reconnect_required', 'ended'] as const
export type ConnectionState = (typeof CONNECTION_STATES)[number]

/** What is wrong with a connection now, and since when (Unix ms). */
export type Trouble = { kind: TroubleKind; words: string; since: number }

export const TROUBLE_KINDS = [
  /** The provider did not answer, or not in a way that can be read: the same token is tried again. */
  'token_unclear',
  /** The provider refuses an access token before its time: consent is probably gone; certain once a refresh is allowed. */
  'access_refused',
  /** The provider refuses our app registration (client id or secret). */
  'app_refused',
  /** The chain is over. */
  'consent_revoked',
  'chain_expired',
  'chain_reused',
  'chain_broken',
  /** A crash left it unknown whether the last refresh token was used, and the stored one is refused. */
  'chain_lost',
] as const
export type TroubleKind = (typeof TROUBLE_KINDS)[number]

/** What a person should know of a connection that works. `administration` is the provider's own number. */
export type Warning =
  /** EOL-06: advised against, very limited rights, not fully API-compatible. */
  | { kind: 'client_user'; at: number }
  /** Bookings named by the integration lack rights. */
  | { kind: 'rights_missing'; at: number }
  /** EOL-09: this user signed in for another integration; its fresh credential was taken over here. */
  | { kind: 'user_signed_in_elsewhere'; at: number }
  /** DIV-10: the user has this administration and the app does not. */
  | { kind: 'administration_not_granted'; administration: string; at: number }
  /** DIV-10: administrations were picked by hand, so new ones may no longer be added by themselves. */
  | { kind: 'administrations_picked_by_hand'; at: number }

export type WarningKind = Warning['kind']

/** A seat's link to its provider, as kept. Secrets are sealed; times are Unix ms. */
export type Connection = {
  id: ConnectionId
  state: ConnectionState
  trouble: Trouble | null
  warnings: readonly Warning[]
  providerUserId: string | null
  username: string | null
  email: string | null
  userKind: UserKind | null
  sealedCurrent: Uint8Array | null
  sealedPrevious: Uint8Array | null
  proven: boolean
  reach: readonly string[] | null
  /** The app's scopes when the user consented (DIV-04); null before any consent. */
  consentedScopes: readonly string[] | null
  connectedAt: number | null
  accessExpiresAt: number | null
  lastRefreshAt: number | null
  lastProbeAt: number | null
  lastDeliveryAt: number | null
  dueAt: number | null
  rowVersion: number
}

/** Tell whether a connection can be used at all: there is a credential and nobody has to sign in first. */
export const isLive = (state: ConnectionState): boolean => state === 'active' || state === 'degraded'

/** Put a warning in place of one of its own kind (and administration), keeping the others. */
export const warn = (warnings: readonly Warning[], warning: Warning): Warning[] => [
  ...warnings.filter(other => other.kind !== warning.kind || administrationIn(other) !== administrationIn(warning)),
  warning,
]

const administrationIn = (warning: Warning): string | null =>
  'administration' in warning ? warning.administration : null

/** Take away every warning of these kinds. */
export const unwarn = (warnings: readonly Warning[], ...kinds: WarningKind[]): Warning[] =>
  warnings.filter(warning => !kinds.includes(warning.kind))
