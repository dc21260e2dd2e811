import { blank, type FormState } from '../http/attempt.ts'
import { Form, Submit } from '../http/form.tsx'
import { Copyable, Facts, Moment, ScreenPath, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { PriceOf } from '../prices/price.ts'
import { providerNamed } from '../providers/catalog.ts'
import { explainWarning } from '../rights/remedy.ts'
import { type Known, NameFields, PriceField, SharedFields, valuesOf } from './account-fields.tsx'
import { Email, Kind, Price, SeatOf } from './account-parts.tsx'
import type { AccountInFull, AccountSeen } from './account-read.ts'
import type { Sat } from './sitting.ts'

/** One account. `base` is the tenant's address; `state` what somebody typed, null when nobody did. */
export type AccountProps = AccountInFull & {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  base: string
  priceOf: PriceOf
  known: readonly Known[]
  state: FormState | null
}

/** Show what is known of an account, what to do about a client user, where it sat, and change it. */
export function accountBody(props: AccountProps): View['body'] {
  const { visit, account, base, history } = props
  const { reader } = visit
  const { account: say, site } = reader.words
  return (
    <>
      <AboutAccount {...props} />
      {account.kind === 'client_user' && <ClientUser account={account} reader={reader} />}
      <h2>{say.history.title}</h2>
      {history.length === 0 ? <p class="muted">{say.history.none}</p> : <History {...{ history, base, reader }} />}
      {mayWrite(visit) ? (
        <>
          <h2>{say.change.title}</h2>
          <Changing {...props} />
        </>
      ) : (
        <p class="muted">{site.onlyLook}</p>
      )}
    </>
  )
}

const AboutAccount = ({ visit: { reader, role }, account, base, priceOf, names }: AccountProps) => {
  const { account: say, site } = reader.words
  const none = <span class="muted">{site.none}</span>
  const named = account.administrations.map(number => [number, names.get(number) ?? []].flat().join(' '))
  return (
    <Facts
      facts={[
        [say.fields.username, <Copyable text={account.username} reader={reader} />],
        [say.fields.email, <Email account={account} reader={reader} />],
        [say.fields.provider, providerNamed(account.provider)?.definition.title ?? account.provider],
        [say.fields.kind, <Kind account={account} reader={reader} remedies="#client-user" />],
        [say.fields.roles, account.roles.length === 0 ? none : account.roles.join(', ')],
        [say.fields.administrations, named.length === 0 ? none : named.join(', ')],
        [say.seat, <SeatOf account={account} reader={reader} base={base} />],
        [
          say.perMonth,
          <>
            <Price account={account} reader={reader} priceOf={priceOf} />{' '}
            {priceOf(account.provider, account.kind) === null &&
              account.monthlyPriceCents === null &&
              mayWrite({ role }) && <a href={`${base}/settings/prices`}>{say.toPrices}</a>}
          </>,
        ],
        [
          say.fields.providerUser,
          account.providerUserId === null ? none : <Copyable text={account.providerUserId} reader={reader} />,
        ],
        [say.fields.since, <Moment at={account.createdAt} reader={reader} />],
      ]}
    />
  )
}

/** EOL-06 and EOL-07: why not, and the two ways out. */
const ClientUser = ({ account, reader }: { account: AccountSeen; reader: Reader }) => {
  const { account: say } = reader.words
  const about = { username: account.username, accountancy: null }
  const { remedy } = explainWarning({ kind: 'client_user', at: reader.now }, about, reader.words)
  return (
    <section id="client-user">
      <h2>{say.clientUser.title}</h2>
      <p>{say.clientUser.text}</p>
      <p>{remedy.text}</p>
      <ul>
        {remedy.steps.map(step => (
          <li>{step}</li>
        ))}
      </ul>
      <p>{say.clientUser.where}</p>
      {remedy.paths.map(path => (
        <ScreenPath path={path} />
      ))}
    </section>
  )
}

type HistoryProps = { history: readonly Sat[]; base: string; reader: Reader }

const History = ({ history, base, reader }: HistoryProps) => {
  const { history: say } = reader.words.account
  const place = (at: Sat['where']) =>
    at === null ? null : at.endedAt === null ? <a href={`${base}/integrations/${at.id}`}>{at.label}</a> : at.label
  return (
    <Table
      caption={say.title}
      rows={history}
      columns={[
        { head: say.when, cell: ({ at }) => <Moment at={at} reader={reader} /> },
        { head: say.what, cell: ({ action }) => say.actions[action] },
        {
          head: say.where,
          cell: ({ where, to }) => (
            <>
              {place(where)}
              {to !== null && <> → {place(to)}</>}
            </>
          ),
        },
      ]}
    />
  )
}

const Changing = ({ visit, account, base, known, state: typed }: AccountProps) => {
  const { reader } = visit
  const { account: say } = reader.words
  const now = valuesOf(account, reader.locale)
  const state = typed ?? blank(now)
  // Who has been told of the other's change decides on what is there now.
  const isTold = state.refusal?.code === 'changed_meanwhile'
  return (
    <Form visit={visit} action={`${base}/service-accounts/${account.id}`} state={state}>
      {isTold && <p>{say.change.meanwhile}</p>}
      <p>{say.change.text}</p>
      <input type="hidden" name="row_version" value={isTold ? now.row_version : state.value('row_version')} />
      <NameFields reader={reader} state={state} />
      <SharedFields reader={reader} state={state} known={known} />
      <PriceField reader={reader} state={state} />
      <Submit label={say.change.action} />
    </Form>
  )
}
