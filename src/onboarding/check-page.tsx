import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import { Form, Submit } from '../http/form.tsx'
import { Mark, ScreenPath } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { explain, explainWarning, type Remedy, type RemedyAbout } from '../rights/remedy.ts'
import { requirementsOf } from '../rights/requirements.ts'
import type { Missing } from '../rights/right.ts'
import type { Judged } from '../seats/rpc.ts'
import { capital } from '../words/quotable.ts'
import type { Words } from '../words/words.ts'
import { stepUrl } from './address.ts'
import type { Flow } from './onboarding-store.ts'
import { type CheckLine, checkLines, type Found, worstOf } from './rights-check.ts'
import { type StepVisit, stepView } from './step-page.tsx'
import type { Target } from './target-read.ts'

type CheckProps = {
  visit: StepVisit
  flow: Flow
  state: FormState | null
  target: Target
  judged: readonly Judged[]
}

/** Show whether the connected user has access and every right (EOL-02), and how to mend what is missing. */
export function checkView({ visit, flow, state, target, judged }: CheckProps): View {
  const { onboarding: words } = visit.reader.words
  const { check: say } = words
  const about = aboutFlow(flow, target)
  const lines = checkLines(requirementsOf(target.provider, flow.draft.bookings?.kinds ?? []), judged)
  const isFine = worstOf(judged) === 'allowed'
  const url = stepUrl(visit.tenant.id, flow.id, 'check')
  return stepView(
    visit,
    flow,
    'check',
    <>
      <p>{say.lead(about.username ?? '')}</p>
      <Warnings flow={flow} about={about} words={visit.reader.words} />
      <ul class="checks">
        {lines.map(line => (
          <Line line={line} about={about} number={target.administration.externalId} words={visit.reader.words} />
        ))}
      </ul>
      <Form visit={visit} action={`${url}/again`} {...(state === null ? {} : { state })}>
        <p>{say.againText}</p>
        <Submit label={say.again} kind={isFine ? 'quiet' : 'primary'} />
      </Form>
      <Form visit={visit} action={url}>
        {!isFine && <p>{say.anywayText}</p>}
        <Submit label={isFine ? words.next : say.anyway} kind={isFine ? 'primary' : 'quiet'} />
      </Form>
    </>,
  )
}

/** About whom findings speak; whether the licence is one of accountants nobody has said. */
export const aboutFlow = (flow: Flow, { app }: Target): RemedyAbout => ({
  registration: app.registration,
  username: flow.connection?.username ?? null,
  accountancy: null,
})

const MARKS = { fine: 'healthy', missing: 'broken', unknown: 'unknown' } as const satisfies Record<Found, string>

type LineProps = { line: CheckLine; about: RemedyAbout; number: string; words: Words }

const Line: FC<LineProps> = ({ line, about, number, words }) => (
  <li>
    <Mark state={MARKS[line.found]} word={words.pages.connected.checks[line.found]} />
    {` ${nameOf(line.of, number, words)}`}
    {'right' in line.of && (
      <span class="hint">
        {words.onboarding.check.kinds(
          line.of.right.bookingKinds.map(kind => words.rights.bookingKinds[kind]).join(', '),
        )}
      </span>
    )}
    <Findings findings={line.findings} about={about} words={words} />
  </li>
)

function nameOf(of: CheckLine['of'], number: string, words: Words): string {
  if ('right' in of) return capital(words.rights.name(of.right))
  return of.layer === 'administration' ? words.pages.connected.access(number) : capital(words.rights.layers[of.layer])
}

/** What stands in the way, each with why and how to mend it. */
export const Findings: FC<{ findings: readonly Missing[]; about: RemedyAbout; words: Words }> = ({
  findings,
  about,
  words,
}) => (
  <>
    {findings.map(finding => {
      const said = explain(finding, about, words)
      return (
        <>
          <p>
            {said.reason}
            {said.derived && <span class="tag">{words.rights.derived}</span>}
          </p>
          {said.words !== null && <p class="muted">{words.states.providerSaid(said.words).trim()}</p>}
          <ToMend remedy={said.remedy} words={words} />
        </>
      )
    })}
  </>
)

/** What to know of a connection that works, such as that its user is a client user (EOL-06, EOL-07); rights are told below. */
const Warnings: FC<{ flow: Flow; about: RemedyAbout; words: Words }> = ({ flow, about, words }) => (
  <>
    {(flow.connection?.warnings ?? [])
      .filter(({ kind }) => kind !== 'rights_missing')
      .map(warning => {
        const said = explainWarning(warning, about, words)
        return (
          <section class="panel">
            <p>
              <Mark state="attention" word={words.states.verdicts.attention.name} />
            </p>
            <p>{said.reason}</p>
            <ToMend remedy={said.remedy} words={words} open />
          </section>
        )
      })}
  </>
)

const ToMend: FC<{ remedy: Remedy; words: Words; open?: boolean }> = ({ remedy, words, open = false }) => (
  <details open={open}>
    <summary>{`${words.pages.connected.howToMend}: ${remedy.text}`}</summary>
    {remedy.paths
      .filter(path => !remedy.steps.some(step => step.includes(path)))
      .map(path => (
        <ScreenPath path={path} />
      ))}
    {remedy.steps.length > 0 && (
      <ol>
        {remedy.steps.map(step => (
          <li>{step}</li>
        ))}
      </ol>
    )}
  </details>
)
