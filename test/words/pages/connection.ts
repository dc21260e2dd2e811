import type { Words } from '../../../src/words/words.ts'

/** Sentences of the connection pages that need an example to be said. */
export const connectionSamples = (_words: Words): string[] => []
