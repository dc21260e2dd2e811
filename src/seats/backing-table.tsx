import type { FC } from 'hono/jsx'
import { Icon, Mark, Table } from '../http/parts.tsx'
import type { TenantWords } from '../words/tenant-words.ts'
import type { SaidRow, SaidUser } from './backing-said.ts'

/**
 * Say what the picture says: for screen readers beside it, as cards instead of it on a telephone. The last column holds
 * the links and is shown only there, so that nobody meets a link twice.
 */
export const BackingTable: FC<{ rows: readonly SaidRow[]; unseated: readonly SaidUser[]; say: TenantWords }> = ({
  rows,
  unseated,
  say,
}) => {
  const { columns } = say
  return (
    <div class="as-table">
      <Table
        caption={say.table}
        rows={rows}
        columns={[
          { head: columns.source, cell: row => <Two first={row.label} second={row.about} /> },
          { head: columns.state, cell: State },
          { head: columns.seat, cell: row => <Two first={row.seat.provider} second={row.seat.about} /> },
          { head: columns.account, cell: row => <User user={row.user} /> },
          { head: columns.ways, cell: row => <Ways row={row} say={say} /> },
        ]}
      />
      {unseated.length > 0 && (
        <>
          <h2>{say.unseated.title}</h2>
          <Table
            caption={say.unseated.title}
            rows={unseated}
            columns={[
              { head: columns.account, cell: user => <User user={user} /> },
              { head: columns.ways, cell: user => <Way id={`t-${user.id}`} url={user.url} label={user.name} /> },
            ]}
          />
        </>
      )}
    </div>
  )
}

const Two: FC<{ first: string; second: string }> = ({ first, second }) => (
  <>
    <strong>{first}</strong>
    <br />
    <span class="muted">{second}</span>
  </>
)

const State = ({ verdict, state, reason }: SaidRow) => (
  <>
    <Mark state={verdict} word={state} />
    {reason !== null && (
      <>
        <br />
        {reason}
      </>
    )}
  </>
)

const User: FC<{ user: SaidUser }> = ({ user: { name, about, more, warned } }) => (
  <>
    <strong>{name}</strong>
    <br />
    <span class={warned ? 'attention' : 'muted'}>
      {warned && <Icon state="attention" />}
      {warned ? ` ${about}` : about}
    </span>
    {more !== null && (
      <>
        <br />
        {more}
      </>
    )}
  </>
)

const Ways: FC<{ row: SaidRow; say: TenantWords }> = ({ row, say }) => (
  <>
    <Way id={`t-${row.id}`} url={row.url} label={row.label} />
    <br />
    <Way id={`u-${row.id}`} url={row.user.url} label={row.seat.kind === 'short' ? say.steps : row.user.name} />
  </>
)

const Way: FC<{ id: string; url: string | null; label: string }> = ({ id, url, label }) =>
  url === null ? null : (
    <a id={id} href={url}>
      {label}
    </a>
  )
