import type { FC } from 'hono/jsx'
import { WAITING_STATES } from '../health/connection-read.ts'
import { Ago, Table } from '../http/parts.tsx'
import { StateMark } from '../transactions/state-mark.tsx'
import type { TransactionState } from '../transactions/transaction.ts'
import { type OverviewProps, transactionsOf } from './overview-props.ts'

type Row = { state: TransactionState; lately: boolean; count: number; since: number | null }

/** What waits, since when, and what went wrong lately; each leads to those transactions. */
export const QueuePanel: FC<OverviewProps> = ({ overview, visit }) => {
  const { reader, tenant } = visit
  const say = reader.words.connection.queue
  const { id } = overview.seat.integration
  const rows = rowsOf(overview)
  return (
    <section class="whole">
      <h2>{say.title}</h2>
      {rows.length === 0 ? (
        <p class="muted">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          rows={rows}
          columns={[
            {
              head: say.state,
              cell: ({ state, lately }) => (
                <a id={`queue-${state}`} href={transactionsOf(tenant.id, id, state)}>
                  <StateMark state={state} reader={reader} />
                  {lately && ` ${say.lately}`}
                </a>
              ),
            },
            { head: say.count, cell: ({ count }) => reader.words.measures.number(count), number: true },
            { head: say.oldest, cell: ({ since }) => since !== null && <Ago at={since} reader={reader} /> },
          ]}
        />
      )}
      <p>
        <a id="queue-all" href={transactionsOf(tenant.id, id)}>
          {say.all}
        </a>
      </p>
    </section>
  )
}

function rowsOf({ waiting, failed }: OverviewProps['overview']): Row[] {
  const rows = WAITING_STATES.flatMap((state): Row[] => {
    const found = waiting.find(row => row.state === state)
    return found === undefined ? [] : [{ ...found, lately: false }]
  })
  return failed === 0 ? rows : [...rows, { state: 'failed', lately: true, count: failed, since: null }]
}
