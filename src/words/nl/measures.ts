import { DAY, HOUR, MINUTE, SECOND } from '../../clock.ts'
import type { MeasureWords } from '../words.ts'
import { zoned } from '../zoned.ts'

const format = new Intl.NumberFormat('nl-NL')

const span = (milliseconds: number): string => {
  if (milliseconds < MINUTE) return `${Math.max(1, Math.round(milliseconds / SECOND))} sec`
  if (milliseconds < HOUR) return `${Math.round(milliseconds / MINUTE)} min`
  if (milliseconds < 2 * DAY) return `${Math.round(milliseconds / HOUR)} uur`
  return `${Math.round(milliseconds / DAY)} dagen`
}

export const measures: MeasureWords = {
  ago: milliseconds => `${span(milliseconds)} geleden`,
  wait: seconds => `over ${span(seconds * SECOND)}`,
  size: bytes => (bytes < 1024 ? `${bytes} bytes` : `${format.format(Math.floor(bytes / 1024))} kB`),
  number: value => format.format(value),
  span,
  ...zoned('nl-NL'),
}

/** Count things: one of them, or several. */
export const count = (amount: number, one: string, several: string): string =>
  `${format.format(amount)} ${amount === 1 ? one : several}`
