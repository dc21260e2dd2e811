import type { Words } from '../../../src/words/words.ts'

/** Sentences of the booking pages that need an example to be said. */
export const bookingSamples = (_words: Words): string[] => []
