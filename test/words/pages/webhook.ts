import type { Words } from '../../../src/words/words.ts'

/** Sentences of the webhook pages that need an example to be said. */
export const webhookSamples = (_words: Words): string[] => []
