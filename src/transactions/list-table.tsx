import type { FC } from 'hono/jsx'
import { idOf } from '../http/form.tsx'
import { Ago, type Column, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { IntegrationId } from '../id.ts'
import { capital } from '../words/quotable.ts'
import { IntegrationLink } from './integration-link.tsx'
import type { ListedRow } from './list-read.ts'
import type { SeatRow } from './one-read.ts'
import { sayWhy } from './sentence.ts'
import { StateMark } from './state-mark.tsx'

type TableProps = {
  visit: { reader: Reader }
  home: string
  path: string
  rows: readonly ListedRow[]
  bySeat: ReadonlyMap<IntegrationId, SeatRow>
  /** Which rows are chosen; left out where none can be. */
  chosen?: readonly string[]
}

/** Transactions one below the other, each with the way to it. */
export const ListTable: FC<TableProps> = ({ visit: { reader }, home, path, rows, bySeat, chosen }) => {
  const { booking, rights } = reader.words
  const { columns } = booking.list
  const seatOf = (row: ListedRow) => bySeat.get(row.integrationId) ?? null
  const choosing: Column<ListedRow>[] =
    chosen === undefined
      ? []
      : [{ head: booking.several.choose, cell: row => <Chooser {...{ row, rows, chosen, reader }} /> }]
  return (
    <Table
      caption={booking.title}
      rows={rows}
      columns={[
        ...choosing,
        { head: columns.state, cell: row => <StateMark state={row.state} reader={reader} /> },
        {
          head: columns.reference,
          cell: row => (
            <a id={row.id} href={`${path}/${row.id}`}>
              {row.reference}
            </a>
          ),
        },
        { head: columns.kind, cell: row => capital(rights.bookingKinds[row.bookingKind]) },
        {
          head: columns.integration,
          cell: row => <IntegrationLink home={home} id={row.integrationId} seat={seatOf(row)} />,
        },
        { head: columns.administration, cell: row => row.administration },
        { head: columns.accepted, cell: row => <Ago at={row.acceptedAt} reader={reader} /> },
        { head: columns.why, cell: row => sayWhy(row, seatOf(row), reader.words).text },
      ]}
    />
  )
}

type ChooserProps = { row: ListedRow; rows: readonly ListedRow[]; chosen: readonly string[]; reader: Reader }

/** The box before a row. The first bears the name of the field: what is wrong with the choice leads there. */
const Chooser: FC<ChooserProps> = ({ row, rows, chosen, reader }) => {
  const id = row === rows[0] ? idOf('ids') : `${idOf('ids')}-${row.id}`
  return (
    <span class="option">
      <input id={id} type="checkbox" name="ids[]" value={row.id} checked={chosen.includes(row.id)} />
      <label class="unseen" for={id}>
        {reader.words.booking.several.chooseOne(row.reference)}
      </label>
    </span>
  )
}
