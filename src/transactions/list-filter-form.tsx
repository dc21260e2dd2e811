import type { FC } from 'hono/jsx'
import { blank } from '../http/attempt.ts'
import { Select, Submit, Text, Tick } from '../http/form.tsx'
import type { Reader } from '../http/reader.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import { capital } from '../words/quotable.ts'
import { isFiltered, type ListQuery } from './list-filter.ts'
import type { SeatRow } from './one-read.ts'
import { TRANSACTION_STATES } from './transaction.ts'

type FilterProps = { reader: Reader; path: string; query: ListQuery; seats: readonly SeatRow[] }

/** What is listed, chosen by a form whose outcome is an address; folded while nothing is chosen but a state, which the counts show. */
export const FilterForm: FC<FilterProps> = ({ reader, path, query, seats }) => {
  const { booking, rights, states } = reader.words
  const say = booking.list.filter
  const { cursor: _, ...asked } = query
  const state = blank(asked)
  const { state: __, ...further } = asked
  return (
    <details class="panel" open={isFiltered(further)}>
      <summary>{say.title}</summary>
      <form method="get" action={path}>
        <div class="filters">
          <Select
            name="state"
            label={say.state}
            state={state}
            blank={say.any}
            options={TRANSACTION_STATES.map(value => ({ value, label: capital(states.transactions[value].name) }))}
          />
          <Select
            name="integration_id"
            label={say.integration}
            state={state}
            blank={say.any}
            options={seats.map(({ id, label }) => ({ value: id, label }))}
          />
          <Select
            name="booking_kind"
            label={say.kind}
            state={state}
            blank={say.any}
            options={BOOKING_KINDS.map(value => ({ value, label: capital(rights.bookingKinds[value]) }))}
          />
          <Text name="since" type="date" label={say.since} state={state} />
          <Text name="until" type="date" label={say.until} state={state} />
          <Text name="reference" label={say.reference} hint={say.referenceHint} state={state} />
        </div>
        <Tick name="exact" label={say.exact} state={state} />
        <Submit label={say.apply} kind="quiet" />
        {isFiltered(asked) && <a href={path}>{say.clear}</a>}
      </form>
    </details>
  )
}
