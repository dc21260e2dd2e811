import type { FormState } from '../http/attempt.ts'
import { Choice, Form, Select, Submit, Text } from '../http/form.tsx'
import type { Ways } from '../http/pager.ts'
import { Copyable, Empty, Facts, Moment, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { AdministrationRow } from '../providers/administration-store.ts'
import { ALL_PROVIDERS, providerNamed } from '../providers/catalog.ts'
import { LOCALES } from '../words/words.ts'
import type { TenantRow } from './store.ts'

/** What a tenant is called, and into what it books; each form with its own state. */
export type SettingsProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'> & { tenant: TenantRow }
  administrations: readonly AdministrationRow[]
  pager: Ways
  general: FormState
  adding: FormState
}

/** Show a tenant's own settings: to be changed by who may, else to be read. */
export function settingsBody(props: SettingsProps): View['body'] {
  const { visit, administrations, pager } = props
  const { setting, site } = visit.reader.words
  const say = setting.general
  const writes = mayWrite(visit)
  return (
    <>
      <p>{say.lead}</p>
      {writes ? <General {...props} /> : <Told {...props} />}
      {!writes && <p class="muted">{site.onlyLook}</p>}
      <h2>{say.administrations}</h2>
      <p>{say.administrationsText}</p>
      {administrations.length === 0 ? <Empty text={say.none} /> : <Administrations {...props} />}
      <Pager {...pager} reader={visit.reader} />
      {writes && (
        <>
          <h2>{say.add}</h2>
          <Adding {...props} />
        </>
      )}
    </>
  )
}

const Told = ({ visit: { tenant, reader } }: SettingsProps) => {
  const { tenants } = reader.words.setting
  return (
    <Facts
      facts={[
        [tenants.name, tenant.name],
        [tenants.language, tenants.languages[tenant.locale]],
        ['Id', <Copyable text={tenant.id} reader={reader} />],
      ]}
    />
  )
}

const General = ({ visit, general }: SettingsProps) => {
  const { tenant, reader } = visit
  const { general: say, tenants } = reader.words.setting
  return (
    <Form visit={visit} action={`/t/${tenant.id}/settings`} state={general}>
      <Text name="tenant.name" label={tenants.name} state={general} required />
      <Choice
        name="tenant.locale"
        label={tenants.language}
        hint={tenants.languageHint}
        state={general}
        options={LOCALES.map(locale => ({ value: locale, label: tenants.languages[locale] }))}
      />
      <p>
        {'Id: '}
        <Copyable text={tenant.id} reader={reader} />
      </p>
      <p class="muted">{say.saveText}</p>
      <Submit label={say.save} />
    </Form>
  )
}

const Administrations = ({ visit: { reader }, administrations }: SettingsProps) => {
  const say = reader.words.setting.general
  return (
    <Table
      caption={say.administrations}
      rows={administrations}
      columns={[
        { head: say.number, cell: row => row.externalId },
        { head: say.name, cell: row => row.name },
        { head: say.provider, cell: row => providerNamed(row.provider)?.definition.title ?? row.provider },
        { head: say.since, cell: row => <Moment at={row.createdAt} reader={reader} /> },
      ]}
    />
  )
}

const Adding = ({ visit, adding }: SettingsProps) => {
  const say = visit.reader.words.setting.general
  return (
    <Form visit={visit} action={`/t/${visit.tenant.id}/settings/administrations`} state={adding}>
      <p>{say.addText}</p>
      <Select
        name="provider"
        label={say.provider}
        state={adding}
        options={ALL_PROVIDERS.map(({ definition: { name, title } }) => ({ value: name, label: title }))}
      />
      <Text name="external_id" label={say.number} hint={say.numberHint} state={adding} required />
      <Text name="name" label={say.name} hint={say.nameHint} state={adding} required />
      <Submit label={say.add} kind="quiet" />
    </Form>
  )
}
