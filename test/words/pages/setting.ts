import type { Words } from '../../../src/words/words.ts'

/** Sentences of the setting pages that need an example to be said. */
export const settingSamples = (_words: Words): string[] => []
