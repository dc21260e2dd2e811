import type { PriceWords } from '../price-words.ts'

export const price: PriceWords = { title: 'Prijzen' }
