import type { Words } from '../../../src/words/words.ts'

/** Sentences of the webhook pages that need an example to be said. */
export const webhookSamples = ({ webhook }: Words): string[] => [
  webhook.answered(503),
  webhook.removeText('hooks.fietsenwinkel.example'),
  webhook.disabled('14-08-2026 12:00'),
  webhook.next('12:05'),
]
