import type { View } from '../http/view.ts'
import { listUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { Onward, type StepVisit, stepView } from './step-page.tsx'

/** Say that it is done, and what can be done next. */
export function doneView(visit: StepVisit, flow: Flow): View {
  const { done: say } = visit.reader.words.onboarding
  return stepView(
    visit,
    flow,
    'done',
    <>
      <p class="lead">{say.lead(flow.draft.source?.label ?? '', flow.connection?.username ?? '')}</p>
      <h2>{say.next}</h2>
      <ul>
        <li>{say.bookkeeping}</li>
        <li>{say.send}</li>
        <li>{say.watch}</li>
      </ul>
      <Onward url={`/t/${visit.tenant.id}/integrations/${flow.integrationId}`} label={say.toIntegration} />
      <p>
        <a href={listUrl(visit.tenant.id)}>{say.another}</a>
      </p>
    </>,
  )
}
