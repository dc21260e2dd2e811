import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import { Form, Submit } from '../http/form.tsx'
import { Empty, Pager } from '../http/parts.tsx'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { IntegrationId } from '../id.ts'
import type { CauseGroup } from './grouping.ts'
import { addressOf, isFiltered, type ListQuery } from './list-filter.ts'
import { FilterForm } from './list-filter-form.tsx'
import { type ListedRow, MOST_COUNTED } from './list-read.ts'
import { ListTable } from './list-table.tsx'
import type { SeatRow } from './one-read.ts'
import { Refused } from './refused.tsx'
import { StateMark } from './state-mark.tsx'
import { TRANSACTION_STATES, type TransactionState } from './transaction.ts'
import { WaitingPanel } from './waiting-panel.tsx'

export type ListProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  /** The tenant's pages, and among them this list. */
  home: string
  path: string
  query: ListQuery
  /** The place in the list as it stands in the address, and that of the next page. */
  cursor: string | null
  next: string | null
  rows: readonly ListedRow[]
  counts: ReadonlyMap<TransactionState, number>
  seats: readonly SeatRow[]
  causes: readonly CauseGroup[]
  state: FormState
  /** The page refreshes itself; not where it shows what was wrong with a form. */
  refreshes: boolean
  /** This is such a refreshing: only what it takes from the page is wanted. */
  isRefreshing: boolean
}

/** States in which several can be decided on at once. */
const SEVERAL: readonly (TransactionState | undefined)[] = ['held', 'failed']

/** Show a tenant's transactions: how many in each state, what the held ones wait for, and the list itself. */
export function listBody(props: ListProps) {
  const { visit, query, causes, home, path, cursor, seats } = props
  const bySeat = new Map(seats.map(seat => [seat.id, seat]))
  const several = mayWrite(visit) && SEVERAL.includes(query.state) && props.rows.length > 0
  const counts = <Counts {...props} withList={!several} />
  if (props.isRefreshing)
    return (
      <>
        {counts}
        <List {...props} bySeat={bySeat} />
      </>
    )
  return (
    <>
      <Refused state={props.state} reader={visit.reader} />
      {counts}
      <FilterForm reader={visit.reader} path={path} query={query} seats={seats} />
      {causes.length > 0 && (
        <WaitingPanel
          visit={visit}
          causes={causes}
          seats={bySeat}
          home={home}
          checkUrl={addressOf(`${path}/probe`, query, cursor)}
        />
      )}
      {several ? <Several {...props} bySeat={bySeat} /> : <List {...props} bySeat={bySeat} />}
    </>
  )
}

/** How many transactions there are in each state; it refreshes itself, and the list with it where that is no form. */
const Counts: FC<ListProps & { withList: boolean }> = ({ visit, path, query, cursor, counts, refreshes, withList }) => {
  const { reader } = visit
  const say = reader.words.booking.list
  const { integration_id } = query
  const urlOf = (state?: TransactionState) => addressOf(path, { integration_id, state })
  const shown = TRANSACTION_STATES.filter(state => state === query.state || (counts.get(state) ?? 0) > 0)
  return (
    <nav
      id="bookings-counts"
      class="counts"
      aria-label={say.counts}
      {...(refreshes && {
        'hx-get': addressOf(path, query, cursor),
        'hx-trigger': 'every 10s',
        'hx-select': '#bookings-counts',
        'hx-target': '#bookings-counts',
        'hx-swap': 'outerHTML',
        ...(withList && { 'hx-select-oob': '#bookings-list' }),
      })}
    >
      <a id="bookings-all" href={urlOf()} aria-current={query.state === undefined ? 'true' : undefined}>
        {say.all}
      </a>
      {shown.map(state => (
        <a id={`bookings-${state}`} href={urlOf(state)} aria-current={query.state === state ? 'true' : undefined}>
          <StateMark state={state} reader={reader} /> <Count of={counts.get(state) ?? 0} visit={visit} />
        </a>
      ))}
    </nav>
  )
}

const Count: FC<{ of: number; visit: ListProps['visit'] }> = ({ of, visit: { reader } }) => {
  const { booking, measures } = reader.words
  const text = of > MOST_COUNTED ? booking.list.moreThan(measures.number(MOST_COUNTED)) : measures.number(of)
  return <span class="count">{text}</span>
}

type Seats = { bySeat: ReadonlyMap<IntegrationId, SeatRow> }

const List: FC<ListProps & Seats> = props => (
  <div id="bookings-list" class="bookings">
    {props.rows.length === 0 ? <Nothing {...props} /> : <ListTable {...props} />}
    <More {...props} />
  </div>
)

const Nothing: FC<ListProps> = ({ visit, home, path, query, cursor }) => {
  const { list } = visit.reader.words.booking
  return isFiltered(query) || cursor !== null ? (
    <Empty text={list.noneHere} action={{ label: list.filter.clear, url: path }} />
  ) : (
    <Empty text={list.none} action={{ label: list.noneAction, url: home }} />
  )
}

const More: FC<ListProps> = ({ visit, path, query, cursor, next }) => (
  <Pager
    next={next === null ? null : addressOf(path, query, next)}
    first={cursor === null ? null : addressOf(path, query)}
    reader={visit.reader}
  />
)

/** The list as a form: all of it, or what is chosen, tried again or cancelled at once. */
const Several: FC<ListProps & Seats> = props => {
  const { visit, path, query, cursor, rows, state } = props
  const say = visit.reader.words.booking.several
  const action = addressOf(`${path}/several`, query, cursor)
  return (
    <>
      <Form visit={visit} action={action}>
        {rows.map(row => (
          <input type="hidden" name="ids[]" value={row.id} />
        ))}
        <p class="hint">{say.retryAllText}</p>
        <Submit label={say.retryAll(rows.length)} kind="quiet" name="decision" value="retry" />
      </Form>
      <Form visit={visit} action={action} state={{ ...state, refusal: null }} class="bookings">
        <ListTable {...props} chosen={state.values('ids[]')} />
        <p class="hint">{say.cancelChosenText}</p>
        <Submit label={say.retryChosen} kind="quiet" name="decision" value="retry" />
        <Submit label={say.cancelChosen} kind="danger" name="decision" value="cancel" />
      </Form>
      <More {...props} />
    </>
  )
}
