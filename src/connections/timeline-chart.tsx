import type { FC } from 'hono/jsx'
import { HOUR } from '../clock.ts'
import { type Day, WORST, worstOf } from '../health/timeline.ts'
import type { Reader } from '../http/reader.ts'

/** Places in the drawing, in its own units: bars above, the hours of the day in hand below them. */
const PITCH = 20
const BAR = 16
const GROUND = 80
const LEAST = 4
const LABEL = 98
const HOURS_TOP = 104
const HOURS_GROUND = 136
const HEIGHT = 140

/** Name a day in the reader's language. */
export const nameOf = ({ hours }: Day, { words, zone }: Reader): string =>
  words.measures.day((hours[0]?.hour ?? 0) * HOUR, zone)

type ChartProps = { days: readonly Day[]; chosen: Day | null; reader: Reader; hrefOf(day: Day): string }

/**
 * Draw a bar for each day: as high as what was delivered, in the colour of its worst. Each bar leads to its hours, and
 * shows them while it is pointed at or has the focus.
 */
export const TimelineChart: FC<ChartProps> = ({ days, chosen, reader, hrefOf }) => {
  const most = Math.max(1, ...days.map(day => day.delivered))
  const width = days.length * PITCH
  return (
    <svg class="timeline" viewBox={`0 0 ${width} ${HEIGHT}`} aria-labelledby="timeline-name">
      <title id="timeline-name">{reader.words.connection.timeline.title}</title>
      {days.map((day, at) => (
        <Bar
          day={day}
          x={at * PITCH}
          height={heightOf(day, most)}
          width={width}
          url={hrefOf(day)}
          isChosen={day === chosen}
          reader={reader}
        />
      ))}
    </svg>
  )
}

/** A day without deliveries is seen all the same when something went wrong; one without anything is a thin line. */
const heightOf = ({ delivered, worst }: Day, most: number): number =>
  worst === 'none' ? 1 : Math.max(LEAST, Math.round((delivered / most) * GROUND))

type BarProps = {
  day: Day
  x: number
  height: number
  width: number
  url: string
  isChosen: boolean
  reader: Reader
}

const Bar: FC<BarProps> = ({ day, x, height, width, url, isChosen, reader }) => {
  const { summary, worst } = reader.words.connection.timeline
  const said = `${summary(nameOf(day, reader), day)} (${worst[day.worst]})`
  return (
    <>
      <a
        class={isChosen ? `${day.worst} chosen` : day.worst}
        href={url}
        aria-label={said}
        aria-current={isChosen ? 'true' : undefined}
      >
        <title>{said}</title>
        <rect x={x} y={0} width={PITCH} height={GROUND} fill="none" pointer-events="all" />
        <rect class="bar" x={x + 2} y={GROUND - height} width={BAR} height={height} fill="currentColor" />
      </a>
      <g class="hours" pointer-events="none">
        <text x={0} y={LABEL} font-size="12">
          {said}
        </text>
        {day.worst !== 'none' &&
          hourPaths(day, width).map(({ colour, d }) => <path class={colour} d={d} fill="currentColor" />)}
      </g>
    </>
  )
}

/** One path for the hours of each colour: a day is drawn in a few hundred characters. */
function hourPaths({ hours }: Day, width: number): { colour: string; d: string }[] {
  const most = Math.max(1, ...hours.map(hour => hour.delivered))
  const pitch = width / Math.max(24, hours.length)
  const high = HOURS_GROUND - HOURS_TOP
  const drawn = hours.map((hour, at) => {
    const colour = worstOf(hour)
    const height = colour === 'none' ? 1 : Math.max(LEAST, Math.round((hour.delivered / most) * high))
    return { colour, d: `M${at * pitch} ${HOURS_GROUND}v${-height}h${pitch - 2}v${height}z` }
  })
  return WORST.flatMap(colour => {
    const d = drawn.flatMap(hour => (hour.colour === colour ? [hour.d] : [])).join('')
    return d === '' ? [] : [{ colour, d }]
  })
}
