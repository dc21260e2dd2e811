import type { Words } from '../../../src/words/words.ts'

/** Sentences of the people pages that need an example to be said. */
export const peopleSamples = (_words: Words): string[] => []
