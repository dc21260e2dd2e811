import type { FC } from 'hono/jsx'
import { document, type Html } from '../http/document.tsx'
import { Mark, type Marked } from '../http/parts.tsx'
import type { ExplainedMissing, ExplainedWarning, Remedy } from '../rights/remedy.ts'
import type { Verdict } from '../rights/right.ts'
import { capital } from '../words/quotable.ts'
import { type Locale, type Words, wordsIn } from '../words/words.ts'
import { Primary } from './page.tsx'

/** The page after a connection was made, with the verdict on all that the integration books. */
export type ConnectedPageProps = {
  locale: Locale
  integration: string
  provider: string
  administration: { number: string; name: string }
  username: string
  verdict: Verdict['verdict']
  missing: readonly ExplainedMissing[]
  doubts: readonly ExplainedMissing[]
  warnings: readonly ExplainedWarning[]
  /** Where the rights are checked again; null when that cannot be done from here. */
  checkUrl: string | null
  /** Where to go when all is done, such as the provider. */
  doneUrl: string
}

/** Say that it is connected, whether access and rights are there (EOL-02), and how to mend what is missing. */
export function connectedPage(props: ConnectedPageProps): Html {
  const { locale, administration, missing, doubts, warnings, verdict, checkUrl } = props
  const words = wordsIn(locale)
  const say = words.pages.connected
  const again = verdict !== 'allowed' && checkUrl !== null
  return document(
    { locale, title: say.title(props.integration), otherLanguage: null },
    <>
      <p>{say.lead(props.username, props.provider)}</p>
      <p>{say.verdicts[verdict](administration.number)}</p>
      <ul>
        <Check name={say.access(administration.number)} found={checked(props, 'administration')} words={words} />
        <Check name={say.rights(administration.number)} found={checked(props, 'right')} words={words} />
      </ul>
      <Findings title={say.whatIsMissing} findings={missing} words={words} />
      <Findings title={say.whatIsUnknown} findings={doubts} words={words} />
      {warnings.length > 0 && <h2>{say.warnings}</h2>}
      {warnings.map(warning => (
        <section class="panel">
          <p>{warning.reason}</p>
          <ToMend remedy={warning.remedy} words={words} />
        </section>
      ))}
      <Primary url={again ? checkUrl : props.doneUrl} label={again ? say.checkAgain : say.done} />
    </>,
  )
}

type Found = keyof Words['pages']['connected']['checks']

/** Access and rights are told apart, whatever else is in the way (EOL-02). */
function checked({ missing, doubts }: ConnectedPageProps, layer: 'administration' | 'right'): Found {
  if (missing.some(one => one.layer === layer)) return 'missing'
  return doubts.some(one => one.layer === layer) ? 'unknown' : 'fine'
}

const MARKS: Record<Found, Marked> = { fine: 'healthy', missing: 'broken', unknown: 'unknown' }

const Check: FC<{ name: string; found: Found; words: Words }> = ({ name, found, words }) => {
  return (
    <li>
      {`${name}: `}
      <Mark state={MARKS[found]} word={words.pages.connected.checks[found]} />
    </li>
  )
}

const Findings: FC<{ title: string; findings: readonly ExplainedMissing[]; words: Words }> = ({
  title,
  findings,
  words,
}) =>
  findings.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      {findings.map(finding => (
        <section class="panel">
          <h3>
            {`${capital(words.rights.layers[finding.layer])} `}
            {finding.derived && <span class="tag">{words.rights.derived}</span>}
          </h3>
          <p>{finding.reason}</p>
          {finding.words !== null && <p class="muted">{words.states.providerSaid(finding.words).trim()}</p>}
          <ToMend remedy={finding.remedy} words={words} />
        </section>
      ))}
    </>
  )

const ToMend: FC<{ remedy: Remedy; words: Words }> = ({ remedy, words }) => {
  const say = words.pages.connected
  const elsewhere = remedy.paths.filter(path => !remedy.steps.some(step => step.includes(path)))
  return (
    <>
      <p>
        <strong>{`${say.howToMend}: `}</strong>
        {remedy.text}
      </p>
      {elsewhere.map(path => (
        <p class="path" lang="nl">
          {path}
        </p>
      ))}
      {remedy.steps.length > 0 && (
        <ol>
          {remedy.steps.map(step => (
            <li>{step}</li>
          ))}
        </ol>
      )}
    </>
  )
}
