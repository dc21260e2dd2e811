import { Area, Choice, Form, Select, Submit, Text } from '../http/form.tsx'
import type { Ways } from '../http/pager.ts'
import { Empty, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { REGISTRATIONS } from './app-form.ts'
import { type AppProps, callsOf, Redirect, titleOf } from './app-page.tsx'
import type { AppInUse } from './app-store.ts'
import { ALL_PROVIDERS } from './catalog.ts'

export type AppsProps = Omit<AppProps, 'app'> & {
  apps: readonly AppInUse[]
  pager: Ways
}

/** Show every provider app, and what registers one. */
export function appsBody(props: AppsProps): View['body'] {
  const { visit, apps, pager } = props
  const say = visit.reader.words.setting.apps
  return (
    <>
      <p>{say.lead}</p>
      {apps.length === 0 ? <Empty text={say.none} /> : <Apps {...props} />}
      <Pager {...pager} reader={visit.reader} />
      <Redirect {...props} />
      <h2>{say.add}</h2>
      <Adding {...props} />
    </>
  )
}

const Apps = ({ visit: { reader }, apps }: AppsProps) => {
  const { setting, site } = reader.words
  const say = setting.apps
  return (
    <Table
      caption={site.places.apps}
      rows={apps}
      columns={[
        {
          head: say.clientId,
          cell: row => (
            <>
              <a href={`/provider-apps/${row.id}`}>{row.clientId}</a>
              <span class="hint">{`${titleOf(row.provider)}, ${row.baseUrl}`}</span>
            </>
          ),
        },
        {
          head: say.registration,
          cell: row => (
            <>
              {say.registrations[row.registration]}
              <span class="hint">{say.registrationTexts[row.registration]}</span>
            </>
          ),
        },
        { head: say.scopes, cell: row => row.scopes.join(', ') || say.noScopes },
        { head: say.callsPerMinute, number: true, cell: row => callsOf(row, reader) },
        { head: say.used, number: true, cell: row => say.integrations(row.used) },
      ]}
    />
  )
}

/** What each provider allows an app of which nothing else is said, a minute. */
const USUAL = ALL_PROVIDERS.map(({ definition: { title, limits } }) => `${title}: ${limits.perMinute}`).join(', ')

const Adding = ({ visit, state }: AppsProps) => {
  const say = visit.reader.words.setting.apps
  return (
    <Form visit={visit} action="/provider-apps" state={state}>
      <p>{say.addText}</p>
      <Select
        name="provider"
        label={say.provider}
        state={state}
        options={ALL_PROVIDERS.map(({ definition: { name, title } }) => ({ value: name, label: title }))}
      />
      <Text name="base_url" label={say.baseUrl} hint={say.baseUrlHint} state={state} type="url" list="hosts" required />
      <datalist id="hosts">
        {ALL_PROVIDERS.flatMap(({ definition: { title, hosts } }) =>
          Object.entries(hosts).map(([country, host]) => <option value={host}>{`${title} ${country}`}</option>),
        )}
      </datalist>
      <Text name="client_id" label={say.clientId} hint={say.clientIdHint} state={state} required />
      <Text
        name="client_secret"
        label={say.secret}
        hint={say.secretHint}
        state={state}
        type="password"
        autocomplete="new-password"
        required
      />
      <Choice
        name="registration"
        label={say.registration}
        state={state}
        options={REGISTRATIONS.map(one => ({
          value: one,
          label: say.registrations[one],
          hint: say.registrationTexts[one],
        }))}
      />
      <Area name="scopes" label={say.scopes} hint={say.scopesHint} state={state} />
      <Text
        name="calls_per_minute"
        label={say.callsPerMinute}
        hint={say.callsPerMinuteHint(USUAL)}
        state={state}
        type="number"
      />
      <Submit label={say.addAction} />
    </Form>
  )
}
