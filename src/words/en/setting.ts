import type { SettingWords } from '../setting-words.ts'

export const setting: SettingWords = { title: 'Settings' }
