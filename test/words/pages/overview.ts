import type { Words } from '../../../src/words/words.ts'

/** Sentences of the overview pages that need an example to be said. */
export const overviewSamples = (_words: Words): string[] => []
