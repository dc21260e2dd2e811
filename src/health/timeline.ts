import { HOUR } from '../clock.ts'

/** What came of the transactions of some time, and how often the connection went wrong. */
export type Counts = { delivered: number; failed: number; held: number; troubles: number }

/** The counts of one hour (Unix hours); hours in which nothing happened may be left out. */
export type HourCounts = Counts & { hour: number }

/** The worst thing of some time: trouble, something held or failed, nothing but deliveries, or nothing at all. */
export const WORST = ['broken', 'attention', 'healthy', 'none'] as const
export type Worst = (typeof WORST)[number]

/** A day in a time zone, `2026-11-25`, with its sums and its hours from the first on: 23, 24 or 25, fewer today. */
export type Day = Counts & { day: string; worst: Worst; hours: readonly HourCounts[] }

const NOTHING: Counts = { delivered: 0, failed: 0, held: 0, troubles: 0 }

/** Tell the worst thing of some time. */
export function worstOf({ delivered, failed, held, troubles }: Counts): Worst {
  if (troubles > 0) return 'broken'
  if (failed > 0 || held > 0) return 'attention'
  return delivered > 0 ? 'healthy' : 'none'
}

/**
 * Lay hours out over the last days of a time zone (IANA), the oldest first and the day of `now` (Unix ms) last. An hour
 * belongs to the day in which it begins: where a zone is half an hour off, so are its days.
 */
export function daysOf(hours: readonly HourCounts[], zone: string, now: number, count: number): Day[] {
  const counts = new Map(hours.map(hour => [hour.hour, hour]))
  const days = new Map<string, HourCounts[]>()
  for (let hour = Math.floor(now / HOUR); ; hour--) {
    const name = dayOf(hour * HOUR, zone)
    const day = days.get(name) ?? []
    if (day.length === 0 && days.size === count) break
    day.unshift(counts.get(hour) ?? { hour, ...NOTHING })
    days.set(name, day)
  }
  return [...days].map(([day, hours]) => summed(day, hours)).toReversed()
}

/** The hour (Unix hours) from which on the last days of any zone are complete: a day may have an hour too many. */
export const firstHourOf = (now: number, days: number): number => Math.floor(now / HOUR) - (days + 1) * 24

function summed(day: string, hours: readonly HourCounts[]): Day {
  const sum = hours.reduce<Counts>(
    (sum, hour) => ({
      delivered: sum.delivered + hour.delivered,
      failed: sum.failed + hour.failed,
      held: sum.held + hour.held,
      troubles: sum.troubles + hour.troubles,
    }),
    NOTHING,
  )
  return { day, ...sum, worst: worstOf(sum), hours }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Name the day of a moment as ISO 8601 does. Making a format costs more than using it, so each zone has one. */
function dayOf(at: number, zone: string): string {
  const known = formats.get(zone)
  const format =
    known ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  if (known === undefined) formats.set(zone, format)
  return format.format(at)
}
