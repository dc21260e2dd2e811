import type { AccountWords } from '../account-words.ts'

export const account: AccountWords = { title: 'Gebruikersnamen' }
