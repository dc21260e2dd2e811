import type { FormState } from '../http/attempt.ts'
import { Choice, Form, Submit, Text } from '../http/form.tsx'
import type { Ways } from '../http/pager.ts'
import { Empty, Moment, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { LOCALES } from '../words/words.ts'
import type { TenantInList } from './list-read.ts'

/** The operator's tenants: those that pass the search, and whether there is any provider app yet. */
export type TenantsProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  search: string
  rows: readonly TenantInList[]
  hasApps: boolean
  pager: Ways
  state: FormState
}

/** Show the tenants by name, and what adds one. */
export function tenantsBody(props: TenantsProps): View['body'] {
  const { visit, search, rows, pager } = props
  const say = visit.reader.words.setting.tenants
  return (
    <>
      <p>{say.lead}</p>
      {(rows.length > 0 || search !== '') && <Search {...props} />}
      {rows.length === 0 ? <Nobody {...props} /> : <Tenants {...props} />}
      <Pager {...pager} reader={visit.reader} />
      <h2>{say.add}</h2>
      <Adding {...props} />
    </>
  )
}

const Search = ({ visit, search }: TenantsProps) => {
  const say = visit.reader.words.setting.tenants
  return (
    <form class="row" method="get" action="/tenants">
      <div class="field">
        <label for="tenant-search">{say.search}</label>
        <input id="tenant-search" name="q" type="search" value={search} />
      </div>
      <button class="button quiet" type="submit">
        {say.go}
      </button>
      {search !== '' && <a href="/tenants">{say.clear}</a>}
    </form>
  )
}

const Nobody = ({ visit, search, hasApps }: TenantsProps) => {
  const say = visit.reader.words.setting.tenants
  if (search !== '') return <p>{say.notFound(search)}</p>
  return hasApps ? (
    <Empty text={say.none} />
  ) : (
    <Empty text={say.noApps} action={{ label: say.registerApp, url: '/provider-apps' }} />
  )
}

const Tenants = ({ visit: { reader }, rows }: TenantsProps) => {
  const { setting, site, measures } = reader.words
  const say = setting.tenants
  return (
    <Table
      caption={site.places.tenants}
      rows={rows}
      columns={[
        { head: say.name, cell: row => <a href={`/t/${row.id}`}>{row.name}</a> },
        { head: say.integrations, number: true, cell: row => measures.number(row.integrations) },
        { head: say.language, cell: row => say.languages[row.locale] },
        { head: say.since, cell: row => <Moment at={row.createdAt} reader={reader} /> },
      ]}
    />
  )
}

const Adding = ({ visit, state }: TenantsProps) => {
  const say = visit.reader.words.setting.tenants
  return (
    <Form visit={visit} action="/tenants" state={state}>
      <p>{say.addText}</p>
      <Text name="name" label={say.name} hint={say.nameHint} state={state} required />
      <Choice
        name="locale"
        label={say.language}
        hint={say.languageHint}
        state={state}
        options={LOCALES.map(locale => ({ value: locale, label: say.languages[locale] }))}
      />
      <Submit label={say.add} />
    </Form>
  )
}
