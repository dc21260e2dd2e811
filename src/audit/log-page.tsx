import { blank } from '../http/attempt.ts'
import { Select, Submit, Text } from '../http/form.tsx'
import type { Ways } from '../http/pager.ts'
import { Moment, Pager, Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { View } from '../http/view.ts'
import { isId } from '../id.ts'
import { AUDIT_ACTIONS } from './audit.ts'
import { isFact } from './fact.ts'
import type { Log, LogFilter, LogRow } from './log-read.ts'
import { sayActor, sayFact } from './say.ts'

/** `base` is the address of the page; prefixes of keys are shown only to those who manage keys. */
export type LogProps = {
  reader: Reader
  base: string
  log: Log
  filter: LogFilter
  pager: Ways
  showsPrefixes: boolean
}

/** Show who did what and when. */
export function logBody(props: LogProps): View['body'] {
  const { reader, base, log, filter, pager } = props
  const say = reader.words.setting.log
  const isFiltered = filter.action !== null || filter.subject !== null
  return (
    <>
      <p>{say.lead}</p>
      <Filter {...props} />
      {isFiltered && (
        <p>
          <a href={base}>{say.filter.clear}</a>
        </p>
      )}
      {log.rows.length === 0 ? <p>{say.none}</p> : <Entries {...props} />}
      <Pager {...pager} reader={reader} />
    </>
  )
}

const Filter = ({ reader, base, filter }: LogProps) => {
  const say = reader.words.setting.log
  const state = blank(filter)
  return (
    <form class="row" method="get" action={base}>
      <Select
        name="action"
        label={say.filter.action}
        state={state}
        blank={say.filter.any}
        options={IN_A_TENANT.map(action => ({ value: action, label: say.actions[action] }))}
      />
      <Text name="subject" label={say.filter.subject} hint={say.filter.subjectHint} state={state} />
      <Submit label={say.filter.go} kind="quiet" />
    </form>
  )
}

/** Apps are the operator's: what is done to them stands in no tenant's log. */
const IN_A_TENANT = AUDIT_ACTIONS.filter(action => !action.startsWith('provider_app.'))

const Entries = (props: LogProps) => {
  const { reader, log, showsPrefixes } = props
  const { setting, site } = reader.words
  const say = setting.log
  return (
    <Table
      caption={site.settings.audit}
      rows={log.rows}
      columns={[
        { head: say.when, cell: row => <Moment at={row.at} reader={reader} /> },
        { head: say.who, cell: row => <Actor {...sayActor(row.actor, log, reader.words)} shows={showsPrefixes} /> },
        { head: say.what, cell: row => say.actions[row.action] },
        { head: say.subject, cell: row => <Subject {...props} row={row} /> },
        { head: say.details, cell: row => <Details reader={reader} row={row} /> },
      ]}
    />
  )
}

const Actor = ({ name, prefix, shows }: { name: string; prefix: string | null; shows: boolean }) => (
  <>
    {name}
    {prefix !== null && shows && (
      <>
        {' '}
        <code>{prefix}</code>
      </>
    )}
  </>
)

/** What it was about leads to itself, where it has a page, and to all that was done to the same thing. */
const Subject = ({ reader, base, log, row }: LogProps & { row: LogRow }) => {
  const { subject, tenantId } = row
  const name = log.names.get(subject) ?? log.keys.get(subject)?.label
  return (
    <>
      {name !== undefined && (
        <>
          <Linked text={name} url={urlOf(tenantId, subject)} />
          <br />
        </>
      )}
      <a
        href={`${base}?subject=${encodeURIComponent(subject)}`}
        aria-label={`${subject}: ${reader.words.setting.log.allOf(name ?? subject)}`}
      >
        <code>{subject}</code>
      </a>
    </>
  )
}

/** Where in a tenant's pages a thing stands by its id; null for what has no page of its own. */
function urlOf(tenant: string, id: string): string | null {
  if (isId('int', id)) return `/t/${tenant}/integrations/${id}`
  return isId('txn', id) ? `/t/${tenant}/transactions/${id}` : null
}

const Linked = ({ text, url }: { text: string; url: string | null }) =>
  url === null ? <span>{text}</span> : <a href={url}>{text}</a>

const Details = ({ reader, row }: { reader: Reader; row: LogRow }) => {
  const { facts } = reader.words.setting.log
  const told = Object.entries(row.detail).filter(([, value]) => value !== null && value !== '')
  return (
    <>
      {told.map(([name, value]) => (
        <div>
          {isFact(name) ? <span class="muted">{facts[name]}</span> : <code>{name}</code>}{' '}
          <Linked text={sayFact(name, value, reader.words)} url={urlOf(row.tenantId, String(value))} />
        </div>
      ))}
    </>
  )
}
