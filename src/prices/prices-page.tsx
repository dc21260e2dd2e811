import type { FormState } from '../http/attempt.ts'
import { Form, Select, Submit, Text } from '../http/form.tsx'
import { Moment, Pager, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import { ALL_PROVIDERS } from '../providers/catalog.ts'
import { type ProviderName, USER_KINDS, type UserKind } from '../providers/provider.ts'
import { type Price, priceOn } from './price.ts'
import type { PriceRow } from './store.ts'

/** The prices of a tenant: those that can matter `today`, and a page of all there are. */
export type PricesProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  base: string
  today: string
  inForce: readonly Price[]
  history: readonly PriceRow[]
  next: string | null
  /** Whether this is a later page of the history. */
  further: boolean
  state: FormState
}

/** Show what users cost today, set a price, and what was and will be. */
export function pricesBody(props: PricesProps): View['body'] {
  const { visit } = props
  const { price: say, site } = visit.reader.words
  return (
    <>
      <p>{`${say.lead} ${say.own}`}</p>
      <h2>{say.current}</h2>
      <Current {...props} />
      {mayWrite(visit) ? (
        <>
          <h2>{say.set}</h2>
          <Setting {...props} />
        </>
      ) : (
        <p class="muted">{site.onlyLook}</p>
      )}
      <h2>{say.history}</h2>
      <History {...props} />
    </>
  )
}

const titleOf = (name: ProviderName): string =>
  ALL_PROVIDERS.find(({ definition }) => definition.name === name)?.definition.title ?? name

/** A day of the calendar stands for itself, whatever the reader's zone. */
const Day = ({ day, reader }: { day: string; reader: Reader }) => (
  <time datetime={day}>{reader.words.measures.day(Date.parse(day), 'UTC')}</time>
)

type Row = { provider: ProviderName; userKind: UserKind; price: Price | null }

const Current = ({ visit: { reader }, today, inForce }: PricesProps) => {
  const { price: say, rights, measures } = reader.words
  const rows = ALL_PROVIDERS.flatMap(({ definition: { name } }) =>
    USER_KINDS.map((userKind): Row => ({ provider: name, userKind, price: priceOn(inForce, name, userKind, today) })),
  )
  return (
    <Table
      caption={say.current}
      rows={rows}
      columns={[
        { head: say.kind, cell: row => rights.userKinds[row.userKind] },
        { head: say.provider, cell: row => titleOf(row.provider) },
        {
          head: say.price,
          number: true,
          cell: ({ price }) =>
            price === null ? <span class="muted">{say.noPrice}</span> : measures.money(price.monthlyCents),
        },
        { head: say.since, cell: ({ price }) => price !== null && <Day day={price.validFrom} reader={reader} /> },
      ]}
    />
  )
}

const Setting = ({ visit, base, state }: PricesProps) => {
  const { price: say, rights } = visit.reader.words
  return (
    <Form visit={visit} action={base} state={state}>
      <p>{say.setText}</p>
      <Select
        name="provider"
        label={say.provider}
        state={state}
        options={ALL_PROVIDERS.map(({ definition }) => ({ value: definition.name, label: definition.title }))}
      />
      <Select
        name="user_kind"
        label={say.kind}
        state={state}
        options={USER_KINDS.map(kind => ({ value: kind, label: rights.userKinds[kind] }))}
      />
      <Text name="valid_from" type="date" label={say.validFrom} hint={say.validFromHint} state={state} required />
      <Text name="price" label={say.priceField} hint={say.priceHint} state={state} required />
      <Submit label={say.action} />
    </Form>
  )
}

const History = ({ visit: { reader }, base, today, history, next, further }: PricesProps) => {
  const { price: say, rights, measures } = reader.words
  if (history.length === 0) return <p class="muted">{say.historyNone}</p>
  return (
    <>
      <Table
        caption={say.history}
        rows={history}
        columns={[
          {
            head: say.from,
            cell: row => (
              <>
                <Day day={row.validFrom} reader={reader} />
                {row.validFrom > today && <span class="hint">{say.later}</span>}
              </>
            ),
          },
          { head: say.kind, cell: row => rights.userKinds[row.userKind] },
          { head: say.provider, cell: row => titleOf(row.provider) },
          { head: say.price, number: true, cell: row => measures.money(row.monthlyCents) },
          { head: say.noted, cell: row => <Moment at={row.createdAt} reader={reader} /> },
        ]}
      />
      <Pager
        next={next === null ? null : `${base}?cursor=${encodeURIComponent(next)}`}
        first={further ? base : null}
        reader={reader}
      />
    </>
  )
}
