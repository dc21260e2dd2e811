import type { Child, FC } from 'hono/jsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { listUrl, type ONE, stepUrl } from './address.ts'
import { isOpen, nextStep, STEPS, type Step, stepBefore } from './onboarding.ts'
import type { Flow } from './onboarding-store.ts'

/** Someone at a question of a flow. */
export type StepVisit = Visit<typeof ONE>

type At = { visit: StepVisit; flow: Flow; step: Step }

/** Put a question on its page, with where it stands among the others. */
export function stepView(visit: StepVisit, flow: Flow, step: Step, body: Child): View {
  const { onboarding: words } = visit.reader.words
  return {
    title: words.steps[step].title,
    place: 'seats',
    trail: [{ label: words.title, url: listUrl(visit.tenant.id) }],
    body: (
      <>
        <Steps visit={visit} flow={flow} step={step} />
        {body}
        <Back visit={visit} flow={flow} step={step} />
      </>
    ),
  }
}

/** All questions in their order; those that can be opened lead there. */
const Steps: FC<At> = ({ visit, flow, step }) => {
  const { onboarding: words } = visit.reader.words
  const next = nextStep(flow, flow.connection?.state ?? null)
  return (
    <nav class="steps" aria-label={words.stepList}>
      <p>{words.progress(STEPS.indexOf(step) + 1, STEPS.length)}</p>
      <ol>
        {STEPS.map(one => (
          <li aria-current={one === step ? 'step' : undefined}>
            {one !== step && isOpen(one, next) ? (
              <a href={stepUrl(visit.tenant.id, flow.id, one)}>{words.steps[one].name}</a>
            ) : (
              words.steps[one].name
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

const Back: FC<At> = ({ visit, flow, step }) => {
  const before = stepBefore(step)
  if (before === null || flow.finishedAt !== null) return null
  return (
    <p>
      <a href={stepUrl(visit.tenant.id, flow.id, before)}>{visit.reader.words.onboarding.back}</a>
    </p>
  )
}

/** The way to the next question, where there is nothing to send. */
export const Onward: FC<{ url: string; label: string }> = ({ url, label }) => (
  <p>
    <a class="button" data-primary="true" href={url}>
      {label}
    </a>
  </p>
)
