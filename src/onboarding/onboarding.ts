import { type ConnectionState, isLive } from '../connections/connection.ts'
import type { AdministrationId, IntegrationId, ProviderAppId } from '../id.ts'
import type { BookingKind, SourceKind } from '../rights/right.ts'
import type { IntegrationRow } from '../seats/integration-store.ts'

/** The questions of the guided flow in their order, each on a page of its own. */
export const STEPS = ['source', 'target', 'bookings', 'rights', 'user', 'link', 'check', 'test', 'done'] as const
export type Step = (typeof STEPS)[number]

/** What has been answered so far of what is to be connected; null where nothing has. */
export type Draft = {
  source: { kind: SourceKind; provider: string; ref: string; label: string } | null
  target: { providerAppId: ProviderAppId; administrationId: AdministrationId } | null
  bookings: { kinds: BookingKind[]; strict: boolean } | null
  /** The rights that these bookings need have been read. */
  rightsRead: boolean
  /** The rights of the connected user have been looked at. */
  checked: boolean
  /** A booking has been tried, without booking anything. */
  tried: boolean
}

/** A flow that has just been started. */
export const NOTHING_YET: Draft = {
  source: null,
  target: null,
  bookings: null,
  rightsRead: false,
  checked: false,
  tried: false,
}

/** Which provider sells under these names, for who does not know how to write them; any other name will do as well. */
export const SOURCE_PROVIDERS = [
  'woocommerce',
  'shopify',
  'magento',
  'ccv-shop',
  'lightspeed-ecom',
  'lightspeed-retail',
  'lightspeed-restaurant',
  'mollie',
  'adyen',
  'stripe',
  'paypal',
  'multisafepay',
] as const

/** How far a flow is, as far as the next question depends on it. */
export type Progressing = { draft: Draft; integrationId: IntegrationId | null; finishedAt: number | null }

/** Find the first question that has no answer yet. `connection` is that of the integration; null while there is none. */
export function nextStep({ draft, integrationId, finishedAt }: Progressing, connection: ConnectionState | null): Step {
  if (finishedAt !== null) return 'done'
  if (draft.source === null) return 'source'
  if (draft.target === null) return 'target'
  if (draft.bookings === null) return 'bookings'
  if (!draft.rightsRead) return 'rights'
  if (integrationId === null) return 'user'
  if (connection === null || !isLive(connection)) return 'link'
  return draft.checked ? 'test' : 'check'
}

/** Tell whether a question may be opened: the next one and all before it; of a finished flow only its end. */
export const isOpen = (step: Step, next: Step): boolean =>
  next === 'done' || step === 'done' ? step === next : STEPS.indexOf(step) <= STEPS.indexOf(next)

/** Name the question after this one; after the last there is none. */
export const stepAfter = (step: Step): Step => STEPS[STEPS.indexOf(step) + 1] ?? 'done'

/** Name the question before this one; null for the first. */
export const stepBefore = (step: Step): Step | null => STEPS[STEPS.indexOf(step) - 1] ?? null

type Made = Pick<
  IntegrationRow,
  | 'label'
  | 'sourceKind'
  | 'sourceProvider'
  | 'sourceRef'
  | 'providerAppId'
  | 'administrationId'
  | 'bookingKinds'
  | 'strict'
>

/** Give the answers as they are now: once there is an integration, it is what counts, for it can be changed elsewhere too. */
export function answersNow(draft: Draft, made: Made | null): Draft {
  if (made === null) return draft
  return {
    ...draft,
    source: { kind: made.sourceKind, provider: made.sourceProvider, ref: made.sourceRef, label: made.label },
    target: { providerAppId: made.providerAppId, administrationId: made.administrationId },
    bookings: { kinds: made.bookingKinds, strict: made.strict },
  }
}
