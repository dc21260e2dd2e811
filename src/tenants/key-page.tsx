import type { FormState } from '../http/attempt.ts'
import { Choice, Form, Submit, Text } from '../http/form.tsx'
import type { Ways } from '../http/pager.ts'
import { Ago, Copyable, Empty, Moment, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { isScope, SCOPES } from './api-key.ts'
import type { ApiKeyRow } from './key-store.ts'

/** The keys of a tenant. `base` is the address of the page; `made` a key that was just made, shown this once. */
export type KeysProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  base: string
  keys: readonly ApiKeyRow[]
  pager: Ways
  state: FormState
  made: string | null
}

/** Show the API keys of a tenant, and what makes one. */
export function keysBody(props: KeysProps): View['body'] {
  const { visit, keys, pager, made } = props
  const say = visit.reader.words.setting.keys
  return (
    <>
      {made !== null && <Made made={made} visit={visit} />}
      <p>{say.lead}</p>
      {keys.length === 0 ? <Empty text={say.none} /> : <Keys {...props} />}
      <Pager {...pager} reader={visit.reader} />
      <h2>{say.make}</h2>
      <Making {...props} />
    </>
  )
}

const Made = ({ made, visit: { reader } }: Pick<KeysProps, 'visit'> & { made: string }) => {
  const say = reader.words.setting.keys
  return (
    <section class="told" role="status">
      <h2>{say.shownTitle}</h2>
      <p>{say.shownText}</p>
      <p>
        <Copyable text={made} reader={reader} label={say.shownTitle} />
      </p>
    </section>
  )
}

const Keys = ({ visit, base, keys }: KeysProps) => {
  const { reader } = visit
  const { setting, site } = reader.words
  const say = setting.keys
  return (
    <Table
      caption={site.settings.keys}
      rows={keys}
      columns={[
        { head: say.label, cell: row => row.label },
        { head: say.prefix, cell: row => <code>{row.prefix}</code> },
        {
          head: say.scopes,
          cell: row =>
            row.scopes
              .filter(isScope)
              .map(scope => say.scopeNames[scope])
              .join(', '),
        },
        { head: say.made, cell: row => <Moment at={row.createdAt} reader={reader} /> },
        {
          head: say.lastUsed,
          cell: row => (row.lastUsedAt === null ? say.neverUsed : <Ago at={row.lastUsedAt} reader={reader} />),
        },
        { head: say.state, cell: row => <State visit={visit} base={base} row={row} /> },
      ]}
    />
  )
}

const State = ({ visit, base, row }: Pick<KeysProps, 'visit' | 'base'> & { row: ApiKeyRow }) => {
  const { reader } = visit
  const say = reader.words.setting.keys
  if (row.revokedAt !== null)
    return (
      <>
        {`${say.revoked}, `}
        <Ago at={row.revokedAt} reader={reader} />
      </>
    )
  return (
    <>
      {say.works}
      <details>
        <summary>{say.revoke}</summary>
        <p>{say.revokeText(row.label)}</p>
        <Form visit={visit} action={`${base}/${row.id}/revoke`}>
          <Submit label={`${say.revoke}: ${row.label}`} kind="danger" />
        </Form>
      </details>
    </>
  )
}

const Making = ({ visit, base, state }: KeysProps) => {
  const say = visit.reader.words.setting.keys
  return (
    <Form visit={visit} action={base} state={state}>
      <Text name="label" label={say.label} hint={say.labelHint} state={state} required />
      <Choice
        name="scopes[]"
        label={say.scopes}
        state={state}
        many
        options={SCOPES.map(scope => ({ value: scope, label: say.scopeNames[scope], hint: say.scopeTexts[scope] }))}
      />
      <p class="muted">{say.makeText}</p>
      <Submit label={say.make} />
    </Form>
  )
}
