import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, Submit, Tick } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import type { Provider } from '../providers/provider.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import { capital } from '../words/quotable.ts'
import { stepUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { type StepVisit, stepView } from './step-page.tsx'

/** Ask what will be booked: what the provider does not know is not on offer. */
export function bookingsView(visit: StepVisit, flow: Flow, sent: FormState | null, provider: Provider): View {
  const { onboarding: words, rights } = visit.reader.words
  const { bookings: say } = words
  const { bookings } = flow.draft
  const state = sent ?? blank({ 'kinds[]': bookings?.kinds, strict: bookings?.strict ? 'on' : null })
  const known = BOOKING_KINDS.filter(kind => provider.needs(kind) !== null)
  return stepView(
    visit,
    flow,
    'bookings',
    <>
      <p>{say.lead}</p>
      <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'bookings')} state={state}>
        <Choice
          name="kinds[]"
          label={say.kinds}
          state={state}
          many
          options={known.map(kind => ({ value: kind, label: capital(rights.bookingKinds[kind]) }))}
        />
        <Tick name="strict" label={say.strict} hint={say.strictHint} state={state} />
        <Submit label={words.next} />
      </Form>
    </>,
  )
}
