import type { FC } from 'hono/jsx'
import { Moment, Pager, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { capital } from '../words/quotable.ts'
import { type Chapter, chaptersOf } from './history.ts'
import { type OverviewProps, pathOf } from './overview-props.ts'

/** What happened to the connection, newest first, a page at a time. */
export const HistoryPanel: FC<OverviewProps> = ({ overview, visit, paged }) => {
  const { reader, tenant } = visit
  const say = reader.words.connection.history
  const base = pathOf(tenant.id, overview.seat.integration.id)
  return (
    <section id="history">
      <h2>{say.title}</h2>
      {overview.signals.length === 0 ? (
        <p class="muted">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          rows={chaptersOf(overview.signals)}
          columns={[
            { head: say.when, cell: chapter => <WhenIt chapter={chapter} reader={reader} /> },
            { head: say.what, cell: chapter => whatIt(chapter, reader) },
          ]}
        />
      )}
      <Pager
        next={overview.older === null ? null : `${base}?before=${overview.older}#history`}
        first={paged ? `${base}#history` : null}
        reader={reader}
      />
    </section>
  )
}

const WhenIt: FC<{ chapter: Chapter; reader: Reader }> = ({ chapter, reader }) => {
  const { measures, connection } = reader.words
  if (chapter.type === 'event' || chapter.since === chapter.at) return <Moment at={chapter.at} reader={reader} />
  const [since, until] = [chapter.since, chapter.at].map(at => measures.moment(at, reader.zone))
  return <>{connection.history.between(since ?? '', until ?? '')}</>
}

function whatIt(chapter: Chapter, { words }: Reader): string {
  const say = words.connection.history
  if (chapter.type === 'event') return say.signals[chapter.kind](chapter.words)
  const [first, ...more] = chapter.counts
  if (first?.count === 1 && more.length === 0) return say.signals[first.kind](null)
  return capital(chapter.counts.map(({ kind, count }) => say.routine[kind](count)).join(', '))
}
