import type { Words } from '../../../src/words/words.ts'

/** Sentences of the onboarding pages that need an example to be said. */
export const onboardingSamples = (_words: Words): string[] => []
