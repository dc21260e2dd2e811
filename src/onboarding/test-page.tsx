import type { FC } from 'hono/jsx'
import { blank, type FormState } from '../http/attempt.ts'
import { Choice, Form, Submit } from '../http/form.tsx'
import { Mark } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { BookingKind } from '../rights/right.ts'
import type { Judged } from '../seats/rpc.ts'
import { capital } from '../words/quotable.ts'
import { stepUrl } from './address.ts'
import { aboutFlow, Findings } from './check-page.tsx'
import type { Flow } from './onboarding-store.ts'
import { type StepVisit, stepView } from './step-page.tsx'
import type { Target } from './target-read.ts'

/** A booking that was tried, and what would become of it. */
export type Tried = { kind: BookingKind; judged: Judged }

type TestProps = { visit: StepVisit; flow: Flow; state: FormState | null; target: Target; tried: Tried | null }

/** Try a booking: only the check before it is done, and nothing is booked. */
export function testView(props: TestProps): View {
  const { visit, flow, tried } = props
  const { onboarding: words, rights } = visit.reader.words
  const { test: say } = words
  const kinds = flow.draft.bookings?.kinds ?? []
  const state = props.state ?? blank({ kind: tried?.kind ?? kinds[0] })
  const url = stepUrl(visit.tenant.id, flow.id, 'test')
  return stepView(
    visit,
    flow,
    'test',
    <>
      <p>{say.lead}</p>
      {tried !== null && <Outcome {...props} tried={tried} />}
      <Form visit={visit} action={url} state={state}>
        <Choice
          name="kind"
          label={say.kind}
          state={state}
          options={kinds.map(kind => ({ value: kind, label: capital(rights.bookingKinds[kind]) }))}
        />
        <Submit label={tried === null ? say.action : say.again} kind={tried === null ? 'primary' : 'quiet'} />
      </Form>
      {tried !== null && (
        <Form visit={visit} action={`${url}/finish`}>
          <p>{say.finishText}</p>
          <Submit label={say.finish} />
        </Form>
      )}
    </>,
  )
}

const MARKS = { allowed: 'healthy', denied: 'broken', unknown: 'unknown' } as const

const Outcome: FC<TestProps & { tried: Tried }> = ({ visit, flow, target, tried }) => {
  const { words } = visit.reader
  const { verdict, missing, doubts } = tried.judged
  return (
    <section class="panel standing">
      <h2>{words.onboarding.test.outcome(words.rights.bookingKinds[tried.kind])}</h2>
      <p>
        <Mark state={MARKS[verdict]} word={words.rights.verdicts[verdict].name} />
      </p>
      <p>{words.rights.verdicts[verdict].text}</p>
      <Findings findings={[...missing, ...doubts]} about={aboutFlow(flow, target)} words={words} />
    </section>
  )
}
