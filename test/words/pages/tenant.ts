import type { Words } from '../../../src/words/words.ts'

/** Sentences of the tenant pages that need an example to be said. */
export const tenantSamples = (_words: Words): string[] => []
