import type { Words } from '../../../src/words/words.ts'

/** Sentences of the reference pages that need an example to be said. */
export const referenceSamples = ({ reference }: Words): string[] => [reference.answer('201')]
