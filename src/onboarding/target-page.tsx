import type { FC } from 'hono/jsx'
import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, Select, Submit, Text } from '../http/form.tsx'
import { Facts } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { AdministrationRow } from '../providers/administration-store.ts'
import type { AppRow } from '../providers/app-store.ts'
import { providerNamed } from '../providers/catalog.ts'
import { stepUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { Onward, type StepVisit, stepView } from './step-page.tsx'

type TargetProps = {
  visit: StepVisit
  flow: Flow
  state: FormState | null
  apps: readonly AppRow[]
  administrations: readonly AdministrationRow[]
}

/** Ask where the bookings go; once there is an integration, only say so. */
export function targetView(props: TargetProps): View {
  const { visit, flow, apps } = props
  const { target: say } = visit.reader.words.onboarding
  const body = () => {
    if (flow.integrationId !== null) return <Fixed {...props} />
    return apps.length === 0 ? <p>{say.noApp}</p> : <Asking {...props} />
  }
  return stepView(
    visit,
    flow,
    'target',
    <>
      <p>{say.lead}</p>
      {body()}
    </>,
  )
}

const named = ({ externalId, name }: AdministrationRow): string =>
  name === externalId ? name : `${externalId} · ${name}`

const titleOf = ({ provider }: AppRow): string => providerNamed(provider)?.definition.title ?? provider
const hostOf = ({ baseUrl }: AppRow): string => new URL(baseUrl).host

const Fixed: FC<TargetProps> = ({ visit, flow, apps, administrations }) => {
  const { onboarding: words } = visit.reader.words
  const app = apps.find(({ id }) => id === flow.draft.target?.providerAppId)
  const administration = administrations.find(({ id }) => id === flow.draft.target?.administrationId)
  return (
    <>
      <Facts
        facts={[
          [words.target.app, app === undefined ? '' : `${titleOf(app)} · ${hostOf(app)}`],
          [words.target.administration, administration === undefined ? '' : named(administration)],
        ]}
      />
      <p>{words.target.fixed}</p>
      <Onward url={stepUrl(visit.tenant.id, flow.id, 'bookings')} label={words.next} />
    </>
  )
}

/** With one app there is nothing to choose, but it is said which it is. */
const stateOf = ({ flow, apps, state }: TargetProps): FormState =>
  state ??
  blank({
    provider_app_id: flow.draft.target?.providerAppId ?? (apps.length === 1 ? apps[0]?.id : undefined),
    administration_id: flow.draft.target?.administrationId,
  })

const Asking: FC<TargetProps> = props => {
  const { visit, flow, apps, administrations } = props
  const { onboarding: words } = visit.reader.words
  const { target: say } = words
  const state = stateOf(props)
  const isAdding = ['external_id', 'name'].some(name => state.value(name) !== '' || state.error(name) !== undefined)
  return (
    <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'target')} state={state}>
      <Choice
        name="provider_app_id"
        label={say.app}
        state={state}
        options={apps.map(app => ({
          value: app.id,
          label: `${titleOf(app)} · ${hostOf(app)}`,
          hint: apps.length > 1 ? app.clientId : undefined,
        }))}
      />
      {administrations.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <Select
          name="administration_id"
          label={say.administration}
          state={state}
          blank={say.choose}
          options={administrations.map(one => ({ value: one.id, label: named(one) }))}
        />
      )}
      <details class="adding" open={administrations.length === 0 || isAdding}>
        <summary>{say.add}</summary>
        {administrations.length > 0 && <p class="hint">{say.addHint}</p>}
        <Text name="external_id" label={say.number} state={state} />
        <Text name="name" label={say.name} state={state} />
      </details>
      <Submit label={words.next} />
    </Form>
  )
}
