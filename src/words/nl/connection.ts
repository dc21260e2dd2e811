import type { ConnectionWords } from '../connection-words.ts'

export const connection: ConnectionWords = { title: 'Koppeling' }
