import type { FC } from 'hono/jsx'
import type { Reader } from '../http/reader.ts'
import type { ExplainedMissing } from '../rights/remedy.ts'
import { Mending, Why } from '../transactions/missing-panel.tsx'
import { capital } from '../words/quotable.ts'

type FindingsProps = {
  title: string
  findings: readonly ExplainedMissing[]
  reader: Reader
  /** Behind a press: there may be many, and none of them stops anything. */
  folded?: boolean
}

/** What stands in the way of bookings, layer by layer, and how to mend it. */
export const Findings: FC<FindingsProps> = ({ title, findings, reader, folded = false }) => {
  if (findings.length === 0) return null
  const list = findings.map(finding => <Finding finding={finding} reader={reader} />)
  if (!folded)
    return (
      <>
        <h3>{title}</h3>
        {list}
      </>
    )
  return (
    <details>
      <summary>{`${title} (${reader.words.measures.number(findings.length)})`}</summary>
      {list}
    </details>
  )
}

const Finding: FC<{ finding: ExplainedMissing; reader: Reader }> = ({ finding, reader }) => {
  const { rights } = reader.words
  return (
    <section class="panel">
      <p>
        <strong>{`${capital(rights.layers[finding.layer])} `}</strong>
        {finding.derived && <span class="tag">{rights.derived}</span>}
      </p>
      <Why explained={finding} reader={reader} />
      <Mending remedy={finding.remedy} reader={reader} />
    </section>
  )
}
