import type { AccountWords } from './account-words.ts'
import type { BookingWords } from './booking-words.ts'
import type { ConnectionWords } from './connection-words.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import type { OnboardingWords } from './onboarding-words.ts'
import type { OverviewWords } from './overview-words.ts'
import type { PageWords } from './page-words.ts'
import type { PeopleWords } from './people-words.ts'
import type { PriceWords } from './price-words.ts'
import type { ProblemWords } from './problem-words.ts'
import type { ReferenceWords } from './reference-words.ts'
import type { RightWords } from './right-words.ts'
import type { SettingWords } from './setting-words.ts'
import type { SiteWords } from './site-words.ts'
import type { StateWords } from './state-words.ts'
import type { TenantWords } from './tenant-words.ts'
import type { WebhookWords } from './webhook-words.ts'

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
  /** The dashboard: its frame, and a catalogue for each of its rooms. */
  site: SiteWords
  people: PeopleWords
  overview: OverviewWords
  tenant: TenantWords
  webhook: WebhookWords
  price: PriceWords
  onboarding: OnboardingWords
  connection: ConnectionWords
  booking: BookingWords
  account: AccountWords
  setting: SettingWords
  reference: ReferenceWords
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
  /** Write cents as euros: 1.250,00. */
  money(cents: number): string
  /** Write a moment (Unix ms) in a time zone: day and time, to the minute. */
  moment(at: number, zone: string): string
  /** Write the day of a moment. */
  day(at: number, zone: string): string
  /** Write the time of day of a moment, to the minute. */
  time(at: number, zone: string): string
  /** Say how long something still is, from milliseconds: "3 dagen". */
  span(milliseconds: number): string
}

const ALL: Record<Locale, Words> = { nl, en }

/** Give the catalogue of one language. */
export const wordsIn = (locale: Locale): Words => ALL[locale]
