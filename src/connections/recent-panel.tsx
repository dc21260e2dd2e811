import type { FC } from 'hono/jsx'
import { Ago, Table } from '../http/parts.tsx'
import { sayWhy } from '../transactions/sentence.ts'
import { StateMark } from '../transactions/state-mark.tsx'
import { capital } from '../words/quotable.ts'
import type { OverviewProps } from './overview-props.ts'

/** The newest transactions, each with why it is where it is. */
export const RecentPanel: FC<OverviewProps> = ({ overview, visit }) => {
  const { reader, tenant } = visit
  const { connection, rights } = reader.words
  const say = connection.recent
  const seat = { registration: overview.seat.app.registration, username: overview.seat.connection.username }
  return (
    <section class="whole">
      <h2>{say.title}</h2>
      {overview.recent.length === 0 ? (
        <p class="muted">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          rows={overview.recent}
          columns={[
            { head: say.state, cell: row => <StateMark state={row.state} reader={reader} /> },
            {
              head: say.reference,
              cell: row => <a href={`/t/${tenant.id}/transactions/${row.id}`}>{row.reference}</a>,
            },
            { head: say.kind, cell: row => capital(rights.bookingKinds[row.bookingKind]) },
            { head: say.accepted, cell: row => <Ago at={row.acceptedAt} reader={reader} /> },
            { head: say.reason, cell: row => sayWhy(row, seat, reader.words).text },
          ]}
        />
      )}
    </section>
  )
}
