import type { Words } from '../../../src/words/words.ts'

/** Sentences of the account pages that need an example to be said. */
export const accountSamples = (_words: Words): string[] => []
