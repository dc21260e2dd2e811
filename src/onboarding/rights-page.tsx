import type { FC } from 'hono/jsx'
import { Form, Submit } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import { type Requirement, requirementsOf } from '../rights/requirements.ts'
import type { NeedPurpose } from '../rights/right.ts'
import type { Words } from '../words/words.ts'
import { stepUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { type StepVisit, stepView } from './step-page.tsx'
import type { Target } from './target-read.ts'

/** Say which rights the bookings need and what for, those to record apart from those to view. */
export function rightsView(visit: StepVisit, flow: Flow, { provider, administration }: Target): View {
  const { reader } = visit
  const { onboarding: words } = reader.words
  const { rights: say } = words
  const all = requirementsOf(provider, flow.draft.bookings?.kinds ?? [])
  const isRead = ({ action }: Requirement) => action === 'GET'
  return stepView(
    visit,
    flow,
    'rights',
    <>
      <p>{say.lead(administration.externalId)}</p>
      <Needed title={say.writes} needed={all.filter(one => !isRead(one))} why={say.toWrite} words={reader.words} />
      <Needed title={say.reads} needed={all.filter(isRead)} why={say.toRead} words={reader.words} />
      <p>{say.given}</p>
      <Form visit={visit} action={stepUrl(visit.tenant.id, flow.id, 'rights')}>
        <Submit label={words.next} />
      </Form>
    </>,
  )
}

type NeededProps = {
  title: string
  needed: readonly Requirement[]
  why: Record<NeedPurpose, string>
  words: Words
}

const Needed: FC<NeededProps> = ({ title, needed, why, words }) =>
  needed.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {needed.map(need => (
          <li>
            <strong>{words.rights.name(need)}</strong>
            <span class="hint">{why[need.purpose]}</span>
          </li>
        ))}
      </ul>
    </>
  )
