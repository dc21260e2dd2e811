import { Webhook } from 'standardwebhooks'
import type { Random } from '../clock.ts'
import type { WebhookDeliveryId } from '../id.ts'

/** Make an endpoint's secret: 256 random bits, written as Standard Webhooks 1.0.0 does. */
export const newSecret = (random: Random): string => `whsec_${btoa(String.fromCharCode(...random(32)))}`

/**
 * Sign one attempt: the id is the message's at every attempt, the moment (Unix ms) this attempt's, and the text exactly what
 * is sent. One signature for each secret, so that a receiver may hold the old one or the new one while they change.
 */
export const signedHeaders = (
  secrets: readonly string[],
  id: WebhookDeliveryId,
  payload: string,
  at: number,
): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at / 1_000)),
  'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, new Date(at), payload)).join(' '),
})
