import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { LOCALES, type Locale, type Words, wordsIn } from '../words/words.ts'
import { localeOf } from './context.ts'

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** For whom a page is written: language, time zone (IANA), the moment it is now (Unix ms), and light or dark if chosen. */
export type Reader = { locale: Locale; words: Words; zone: string; now: number; theme: Theme | null }

/** Where most readers are, for a browser that says nothing. */
const ZONE = 'Europe/Amsterdam'

/** Names of the cookies in which a browser keeps what its reader prefers; scripts write the zone. */
export const PREFERENCES = { locale: 'zetel_locale', theme: 'zetel_theme', zone: 'zetel_zone' } as const

/** Tell for whom a page is written: what was chosen, else what the browser says. */
export function readerOf(c: Context, now: number): Reader {
  const chosen = getCookie(c, PREFERENCES.locale)
  const locale = LOCALES.find(one => one === chosen) ?? localeOf(c)
  const theme = THEMES.find(one => one === getCookie(c, PREFERENCES.theme)) ?? null
  return { locale, words: wordsIn(locale), zone: zoneOf(c), now, theme }
}

function zoneOf(c: Context): string {
  return zoneNamed(getCookie(c, PREFERENCES.zone) ?? '') ?? ZONE
}

/** Find a time zone by its name in any spelling, and give its one name; null for what is none. */
export function zoneNamed(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,60}$/.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null // Intl throws on a name it does not know.
  }
}
