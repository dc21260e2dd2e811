import type { FC } from 'hono/jsx'
import { HOUR } from '../clock.ts'
import { DAYS } from '../health/connection-read.ts'
import { type Counts, type Day, daysOf, WORST, worstOf } from '../health/timeline.ts'
import { Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { type OverviewProps, pathOf } from './overview-props.ts'
import { nameOf, TimelineChart } from './timeline-chart.tsx'

/** The last days as bars, the same in a table for who cannot see them, and the hours of the day that was chosen. */
export const TimelinePanel: FC<OverviewProps> = ({ overview, visit, day }) => {
  const { reader, tenant } = visit
  const { timeline: say } = reader.words.connection
  const days = daysOf(overview.hours, reader.zone, reader.now, DAYS)
  const chosen = days.find(one => one.day === day) ?? null
  return (
    <section id="timeline">
      <h2>{say.title}</h2>
      <p class="muted">{say.hint}</p>
      <TimelineChart
        days={days}
        chosen={chosen}
        reader={reader}
        hrefOf={one => `${pathOf(tenant.id, overview.seat.integration.id)}?day=${one.day}#day`}
      />
      <p class="legend">
        {WORST.map(worst => (
          <span>
            <svg class={worst} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <rect width="12" height="12" fill="currentColor" />
            </svg>
            {` ${say.worst[worst]} `}
          </span>
        ))}
      </p>
      <div class="unseen">
        <CountsTable
          caption={say.title}
          head={say.day}
          rows={days.map(one => ({ name: nameOf(one, reader), counts: one }))}
          reader={reader}
        />
      </div>
      {chosen !== null && <Hours day={chosen} reader={reader} />}
    </section>
  )
}

const Hours: FC<{ day: Day; reader: Reader }> = ({ day, reader }) => {
  const { connection, measures } = reader.words
  const title = connection.timeline.hoursOf(nameOf(day, reader))
  return (
    <div id="day">
      <h3>{title}</h3>
      <CountsTable
        caption={title}
        head={connection.timeline.hour}
        rows={day.hours.map(hour => ({ name: measures.time(hour.hour * HOUR, reader.zone), counts: hour }))}
        reader={reader}
      />
    </div>
  )
}

type Counted = { name: string; counts: Counts }
type CountsTableProps = { caption: string; head: string; rows: Counted[]; reader: Reader }

const CountsTable: FC<CountsTableProps> = ({ caption, head, rows, reader }) => {
  const { connection, measures } = reader.words
  const { columns, worst } = connection.timeline
  const kinds = ['delivered', 'failed', 'held', 'troubles'] as const
  return (
    <Table
      caption={caption}
      rows={rows}
      columns={[
        {
          head,
          cell: ({ name, counts }) => (
            <>
              {name}
              <span class="unseen">{`: ${worst[worstOf(counts)]}`}</span>
            </>
          ),
        },
        ...kinds.map(kind => ({
          head: columns[kind],
          number: true,
          cell: ({ counts }: Counted) => measures.number(counts[kind]),
        })),
      ]}
    />
  )
}
