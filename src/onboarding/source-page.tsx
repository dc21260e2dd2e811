import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, Submit, Text } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import { SOURCE_KINDS } from '../rights/right.ts'
import { capital } from '../words/quotable.ts'
import { stepUrl } from './address.ts'
import { SOURCE_PROVIDERS } from './onboarding.ts'
import type { Flow } from './onboarding-store.ts'
import { type StepVisit, stepView } from './step-page.tsx'

const SUGGESTIONS = 'source-providers'

/** Ask where the bookings come from. */
export function sourceView(visit: StepVisit, flow: Flow, sent: FormState | null): View {
  const { onboarding: words, rights } = visit.reader.words
  const { source: say } = words
  const state = sent ?? blank(flow.draft.source ?? {})
  return stepView(
    visit,
    flow,
    'source',
    <>
      <p>{say.lead}</p>
      <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'source')} state={state}>
        <Choice
          name="kind"
          label={say.kind}
          state={state}
          options={SOURCE_KINDS.map(kind => ({ value: kind, label: capital(rights.sourceKinds[kind]) }))}
        />
        <Text name="provider" label={say.provider} hint={say.providerHint} state={state} list={SUGGESTIONS} required />
        <datalist id={SUGGESTIONS}>
          {SOURCE_PROVIDERS.map(provider => (
            <option value={provider} />
          ))}
        </datalist>
        <Text name="label" label={say.label} hint={say.labelHint} state={state} required />
        <Text name="ref" label={say.ref} hint={say.refHint} state={state} required />
        <Submit label={words.next} />
      </Form>
    </>,
  )
}
