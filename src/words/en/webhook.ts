import type { WebhookWords } from '../webhook-words.ts'

export const webhook: WebhookWords = { title: 'Webhooks' }
