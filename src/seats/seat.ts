import type { Connection } from '../connections/connection.ts'
import type { AdministrationId, IntegrationId, ProviderAppId, ServiceAccountId, TenantId } from '../id.ts'
import type { Bookkeeping, ProviderName, UserKind } from '../providers/provider.ts'
import type { BookingKind, SourceKind } from '../rights/right.ts'
import type { RightObserved } from '../rights/standing.ts'
import type { Locale } from '../words/words.ts'

/** Which side of an integration a seat is on. Sources follow later; bookings go into targets. */
export type End = 'target' | 'source'

export type Integration = {
  id: IntegrationId
  label: string
  source: { kind: SourceKind; provider: string; ref: string }
  bookingKinds: readonly BookingKind[]
  /** A strict integration holds what cannot be proven; otherwise it is queued with the doubt recorded. */
  strict: boolean
  bookkeeping: Bookkeeping | null
  endedAt: number | null
}

export type ProviderApp = {
  id: ProviderAppId
  provider: ProviderName
  baseUrl: string
  clientId: string
  sealedSecret: Uint8Array
  registration: 'published' | 'self_registered'
  scopes: readonly string[]
  callsPerMinute: number | null
}

export type Administration = { id: AdministrationId; externalId: string; name: string }

export type ServiceAccount = {
  id: ServiceAccountId
  username: string
  email: string
  kind: UserKind
  administrations: readonly string[]
  providerUserId: string | null
}

/** All that is known of one seat, as the database holds it. */
export type Seat = {
  tenant: { id: TenantId; locale: Locale }
  integration: Integration
  end: End
  app: ProviderApp
  administration: Administration
  serviceAccount: ServiceAccount | null
  connection: Connection
  rights: readonly RightObserved[]
}
