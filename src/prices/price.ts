import type { ProviderName, UserKind } from '../providers/provider.ts'

/** What a user of a kind costs each month, in euro cents, from a day on (`2026-01-31`). */
export type Price = { provider: ProviderName; userKind: UserKind; validFrom: string; monthlyCents: number }

/** Give what a user of a kind costs each month in euro cents; null when nobody said. */
export type PriceOf = (provider: ProviderName, kind: UserKind) => number | null

/** The most that a user may cost each month, in euro cents. */
export const MOST_CENTS = 100_000_000

/** A price begins with a day of the calendar by which the packages bill. */
const calendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Name the day (`2026-01-31`) that a moment (Unix ms) belongs to for prices. */
export const dayOf = (at: number): string => calendar.format(at)

/** Find the price that holds on a day: of that provider and kind, the newest that did not begin after it; null when there is none. */
export const priceOn = (prices: readonly Price[], provider: ProviderName, kind: UserKind, day: string): Price | null =>
  prices
    .filter(price => price.provider === provider && price.userKind === kind && price.validFrom <= day)
    .reduce<Price | null>((newest, price) => (newest && newest.validFrom >= price.validFrom ? newest : price), null)

/** Make of prices the question what a user of a kind costs on a day. */
export const pricing =
  (prices: readonly Price[], day: string): PriceOf =>
  (provider, kind) =>
    priceOn(prices, provider, kind, day)?.monthlyCents ?? null

/** A user as far as its price goes: its own comes before that of its kind. */
export type Priced = { provider: ProviderName; kind: UserKind; monthlyPriceCents: number | null }

/** Give what one user costs each month in euro cents; null when that is not known. */
export const costOfUser = (user: Priced, priceOf: PriceOf): number | null =>
  user.monthlyPriceCents ?? priceOf(user.provider, user.kind)
