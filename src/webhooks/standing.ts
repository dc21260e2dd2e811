import type { Marked } from '../http/parts.tsx'
import type { WebhookState } from '../words/webhook-words.ts'
import { type DeliveryState, deliveryState } from './delivery.ts'

type Latest = { dueAt: number | null; deliveredAt: number | null }

/** Tell how an endpoint stands, by the newest delivery that was tried (null: none was). */
export function standingOf(disabledAt: number | null, latest: Latest | null): WebhookState {
  if (disabledAt !== null) return 'disabled'
  if (latest === null) return 'nothing_yet'
  const state = deliveryState(latest)
  return state === 'delivered' ? 'receives' : state === 'due' ? 'trying' : 'given_up'
}

/** The sign of each. */
export const ENDPOINT_MARKS: Record<WebhookState, Marked> = {
  nothing_yet: 'unknown',
  receives: 'healthy',
  trying: 'attention',
  given_up: 'broken',
  disabled: 'broken',
}

/** Tell how a delivery stands to a person: one that has failed and goes again is not merely on its way. */
export const deliveryStanding = (row: Latest & { attempts: number }): DeliveryState | 'retrying' =>
  deliveryState(row) === 'due' && row.attempts > 0 ? 'retrying' : deliveryState(row)

export const DELIVERY_MARKS: Record<DeliveryState | 'retrying', Marked> = {
  due: 'unknown',
  retrying: 'attention',
  delivered: 'healthy',
  given_up: 'broken',
}
