import type { FC } from 'hono/jsx'
import { Moment, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { quotable } from '../words/quotable.ts'
import { MOST_ATTEMPTS_SHOWN } from './one-read.ts'
import type { AttemptRow } from './store.ts'

/** Every time a transaction was put to the provider or looked for there, the latest first. */
export const Attempts: FC<{ attempts: readonly AttemptRow[]; reader: Reader }> = ({ attempts, reader }) => {
  const { booking, site } = reader.words
  const say = booking.one
  const all = attempts[0]?.number ?? 0
  return (
    <section id="booking-attempts" class="bookings">
      <h2>{say.attempts}</h2>
      {all === 0 && <p class="muted">{say.noAttempts}</p>}
      {all > MOST_ATTEMPTS_SHOWN && <p class="muted">{say.onlyLatest(attempts.length, all)}</p>}
      {all > 0 && (
        <Table
          caption={say.attempts}
          rows={attempts}
          columns={[
            { head: say.attempt.number, cell: row => String(row.number) },
            { head: say.attempt.at, cell: row => <Moment at={row.at} reader={reader} /> },
            { head: say.attempt.outcome, cell: row => booking.outcomes[row.outcome] },
            { head: say.attempt.status, cell: row => (row.status === null ? site.none : String(row.status)) },
            { head: say.attempt.words, cell: row => <Said row={row} none={site.none} /> },
          ]}
        />
      )}
    </section>
  )
}

/** What the provider said, when it says anything (EOL-04); what a person wrote down is kept letter by letter (EOL-05). */
const Said: FC<{ row: AttemptRow; none: string }> = ({ row, none }) => {
  const words = row.outcome === 'tried_by_hand' ? row.words : quotable(row.words ?? '')
  return words === null ? <span class="muted">{none}</span> : <q>{words}</q>
}
