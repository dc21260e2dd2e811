import { DAY } from '../clock.ts'

/** Give the moment (Unix ms) at which a day (YYYY-MM-DD, from 1970 on) begins in a time zone; where clocks skip midnight, just after. */
export function dayStart(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  const asBefore = utc - offsetAt(utc, zone)
  const asThere = utc - offsetAt(asBefore, zone)
  const candidates = [asBefore, asThere].toSorted((a, b) => a - b)
  return candidates.find(at => at + offsetAt(at, zone) >= utc) ?? asThere
}

/** Give the day after a day, both written YYYY-MM-DD. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown - at
}
