import { blank } from '../http/attempt.ts'
import { Select, Submit, Text } from '../http/form.tsx'
import { Empty, Pager, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { PriceOf } from '../prices/price.ts'
import { ALL_PROVIDERS } from '../providers/catalog.ts'
import { USER_KINDS } from '../providers/provider.ts'
import { Email, Kind, Price, SeatOf } from './account-parts.tsx'
import type { AccountFilter, AccountSeen } from './account-read.ts'

/** A page of a tenant's accounts. `base` is the tenant's address, `next` the cursor of what follows. */
export type AccountsProps = {
  visit: Pick<Visit, 'reader' | 'role'>
  base: string
  filter: AccountFilter
  accounts: readonly AccountSeen[]
  priceOf: PriceOf
  next: string | null
  /** Whether this is a later page. */
  further: boolean
}

/** How many administrations stand in a row before the rest is only counted. */
const MOST_SHOWN = 5

/** Show who the tenant's accounts are, where they sit and what they cost. */
export function accountsBody(props: AccountsProps): View['body'] {
  const { visit, base, filter, accounts, next, further } = props
  const { reader } = visit
  const { account: say, site } = reader.words
  const isNarrowed = further || Object.values(filter).some(value => value !== undefined && value !== '')
  const isEmpty = accounts.length === 0
  const list = `${base}/service-accounts`
  const page = (cursor: string | null) => `${list}?${new URLSearchParams(given({ ...filter, cursor }))}`
  return (
    <>
      <p>{say.lead}</p>
      {mayWrite(visit) ? <Adding reader={reader} list={list} /> : <p class="muted">{site.onlyLook}</p>}
      {(!isEmpty || isNarrowed) && <Filter filter={filter} list={list} reader={reader} />}
      {!isEmpty && (
        <div class="accounts">
          <Accounts {...props} />
        </div>
      )}
      {isEmpty && isNarrowed && <Empty text={say.noneFound} action={{ label: say.showAll, url: list }} />}
      {isEmpty && !isNarrowed && <Empty text={say.none} />}
      <Pager next={next === null ? null : page(next)} first={further ? page(null) : null} reader={reader} />
    </>
  )
}

const given = (query: Record<string, string | null | undefined>): [string, string][] =>
  Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))

const Adding = ({ reader: { words }, list }: { reader: Reader; list: string }) => (
  <p>
    <a class="button" href={`${list}/new`} data-primary="true">
      {words.account.add.title}
    </a>
    <a class="button quiet" href={`${list}/several`}>
      {words.account.several.title}
    </a>
  </p>
)

const Filter = ({ filter, list, reader }: { filter: AccountFilter; list: string; reader: Reader }) => {
  const { account: say, rights } = reader.words
  const state = blank(filter)
  return (
    <form method="get" action={list} class="row" aria-label={say.filter.label}>
      <Text name="q" label={say.filter.search} state={state} />
      <Select
        name="seat"
        label={say.filter.seat}
        state={state}
        blank={say.filter.all}
        options={(['free', 'seated'] as const).map(value => ({ value, label: say.filter.seats[value] }))}
      />
      <Select
        name="kind"
        label={say.fields.kind}
        state={state}
        blank={say.filter.all}
        options={USER_KINDS.map(value => ({ value, label: rights.userKinds[value] }))}
      />
      <Select
        name="provider"
        label={say.fields.provider}
        state={state}
        blank={say.filter.all}
        options={ALL_PROVIDERS.map(({ definition }) => ({ value: definition.name, label: definition.title }))}
      />
      <Submit label={say.filter.action} kind="quiet" />
    </form>
  )
}

const Accounts = ({ visit: { reader }, base, accounts, priceOf }: AccountsProps) => {
  const { account: say } = reader.words
  const at = ({ id }: AccountSeen) => `${base}/service-accounts/${id}`
  return (
    <Table
      caption={say.title}
      rows={accounts}
      columns={[
        { head: say.fields.username, cell: row => <a href={at(row)}>{row.username}</a> },
        { head: say.fields.email, cell: row => <Email account={row} reader={reader} brief /> },
        {
          head: say.fields.kind,
          cell: row => <Kind account={row} reader={reader} remedies={`${at(row)}#client-user`} />,
        },
        { head: say.fields.roles, cell: row => <Some items={row.roles} reader={reader} /> },
        { head: say.fields.administrations, cell: row => <Some items={row.administrations} reader={reader} /> },
        { head: say.seat, cell: row => <SeatOf account={row} reader={reader} base={base} /> },
        {
          head: say.perMonth,
          number: true,
          cell: row => <Price account={row} reader={reader} priceOf={priceOf} brief />,
        },
      ]}
    />
  )
}

const Some = ({ items, reader: { words } }: { items: readonly string[]; reader: Reader }) => {
  if (items.length === 0) return <span class="muted">{words.site.none}</span>
  const rest = items.length - MOST_SHOWN
  const shown = items.slice(0, MOST_SHOWN).join(', ')
  return <>{rest > 0 ? `${shown} ${words.account.andMore(rest)}` : shown}</>
}
