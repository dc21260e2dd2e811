import type { AdministrationId, ProviderAppId } from '../id.ts'
import type { BookingKind, SourceKind } from '../rights/right.ts'

/** What has been answered so far of what is to be connected; null where nothing has. */
export type Draft = {
  source: { kind: SourceKind; provider: string; ref: string; label: string } | null
  target: { providerAppId: ProviderAppId; administrationId: AdministrationId } | null
  bookingKinds: BookingKind[]
}
