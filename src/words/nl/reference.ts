import type { ReferenceWords } from '../reference-words.ts'

export const reference: ReferenceWords = { title: 'API' }
