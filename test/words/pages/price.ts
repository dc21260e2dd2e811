import type { Words } from '../../../src/words/words.ts'

/** Sentences of the price pages that need an example to be said: none do. */
export const priceSamples = (_words: Words): string[] => []
