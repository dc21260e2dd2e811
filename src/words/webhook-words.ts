/** What stands on the webhook pages. */
export type WebhookWords = { title: string }
