import type { DeliveryState } from '../webhooks/delivery.ts'
import type { EventName } from '../webhooks/event.ts'
import type { UrlFault } from '../webhooks/url.ts'

/** How a webhook stands, as its page says it. */
export type WebhookState = 'nothing_yet' | 'receives' | 'trying' | 'given_up' | 'disabled'

/** What stands on the webhook pages. */
export type WebhookWords = {
  title: string
  lead: string
  /** What a receiver has to know: signed, at least once, in no order. */
  receiving: string
  none: string
  address: string
  addressHint: string
  asked: string
  askedHint: string
  all: string
  state: string
  states: Record<WebhookState, string>
  last: string
  answered(status: number): string
  noAnswer: string
  add: string
  addText: string
  madeTitle: string
  madeText: string
  remove: string
  removeText(host: string): string
  /** Every event with what it tells. */
  events: Record<EventName, { name: string; text: string }>
  since: string
  disabled(when: string): string
  told: string
  toldText: string
  toldNone: string
  event: string
  happened: string
  attempts: string
  deliveries: Record<DeliveryState | 'retrying', string>
  next(when: string): string
  replay: string
  replayText: string
  /** Why an address is not taken. */
  faults: Record<UrlFault, string>
}
