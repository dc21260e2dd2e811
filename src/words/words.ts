import { en } from './en.ts'
import { nl } from './nl.ts'
import type { PageWords } from './page-words.ts'
import type { ProblemWords } from './problem-words.ts'
import type { RightWords } from './right-words.ts'
import type { StateWords } from './state-words.ts'

export const LOCALES = ['nl', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Every sentence Zetel says to people, in one language: a missing word does not compile. */
export type Words = {
  locale: Locale
  /** What is refused, and which fields are wrong. */
  problems: ProblemWords
  /** What stands between a booking and its administration, and how to mend it. */
  rights: RightWords
  /** What connections and transactions are doing, and what is wrong with them. */
  states: StateWords
  /** What stands on the pages of the connect link. */
  pages: PageWords
  measures: MeasureWords
}

export type MeasureWords = {
  /** Say how long ago something was, from milliseconds. */
  ago(milliseconds: number): string
  /** Say after how long to try again, from seconds. */
  wait(seconds: number): string
  /** Say a size in bytes. */
  size(bytes: number): string
  /** Write a whole number as the language does. */
  number(value: number): string
}

const ALL: Record<Locale, Words> = { nl, en }

/** Give the catalogue of one language. */
export const wordsIn = (locale: Locale): Words => ALL[locale]
