import type { FC } from 'hono/jsx'
import { ScreenPath } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { type ExplainedMissing, explain, manualProbe, type Remedy } from '../rights/remedy.ts'
import type { Missing } from '../rights/right.ts'
import { capital } from '../words/quotable.ts'
import { aboutSeat, type SeatKnown } from './sentence.ts'

/** What is missing, one panel each: why, how to mend it and where, and how to find out what the provider does not say (EOL-05). */
export const MissingPanels: FC<{ missing: readonly Missing[]; seat: SeatKnown; reader: Reader }> = ({
  missing,
  seat,
  reader,
}) => {
  const { words } = reader
  const about = aboutSeat(seat)
  return (
    <>
      {missing.map(one => {
        const explained = explain(one, about, words)
        const byHand = manualProbe(one, about, words)
        return (
          <section class="panel">
            <h3>
              {`${capital(words.rights.layers[one.layer])} `}
              {explained.derived && <span class="tag">{words.rights.derived}</span>}
            </h3>
            <Why explained={explained} reader={reader} />
            <Mending remedy={explained.remedy} but={byHand} reader={reader} open />
            <details>
              <summary>{words.booking.one.manual}</summary>
              <Steps steps={byHand} />
            </details>
          </section>
        )
      })}
    </>
  )
}

/** Why something is missing, with the provider's own words when they say anything (EOL-04). */
export const Why: FC<{ explained: ExplainedMissing; reader: Reader }> = ({ explained, reader }) => (
  <>
    <p>{explained.reason}</p>
    {explained.words !== null && <p class="muted">{reader.words.states.providerSaid(explained.words).trim()}</p>}
  </>
)

type MendingProps = { remedy: Remedy; reader: Reader; open?: boolean; but?: readonly string[] }

/** How to mend something: in a sentence, on which of the provider's screens, and step by step but for steps said elsewhere. */
export const Mending: FC<MendingProps> = ({ remedy, reader, open, but = [] }) => {
  const steps = remedy.steps.filter(step => !but.includes(step))
  return (
    <>
      <p>{remedy.text}</p>
      {remedy.paths.map(path => (
        <ScreenPath path={path} />
      ))}
      {steps.length > 0 && (
        <details open={open}>
          <summary>{reader.words.pages.connected.howToMend}</summary>
          <Steps steps={steps} />
        </details>
      )}
    </>
  )
}

const Steps: FC<{ steps: readonly string[] }> = ({ steps }) => (
  <ol>
    {steps.map(step => (
      <li>{step}</li>
    ))}
  </ol>
)
