import type { OverviewWords } from '../overview-words.ts'

export const overview: OverviewWords = { title: 'Overview' }
