import type { FC } from 'hono/jsx'
import { blank, type FormState } from '../http/attempt.ts'
import { Form, Submit, Tick } from '../http/form.tsx'
import { Ago, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { LIST } from './address.ts'
import { listUrl, stepUrl } from './address.ts'
import { nextStep, STEPS } from './onboarding.ts'
import type { UnfinishedRow } from './onboarding-store.ts'

type ListVisit = Visit<typeof LIST>
type ListProps = { visit: ListVisit; rows: readonly UnfinishedRow[]; next: string | null; first: string | null }

/** Show what the flow is for, and which ones are on their way. */
export function listView(props: ListProps): View {
  const { visit, rows, next, first } = props
  const { onboarding: words, site } = visit.reader.words
  const { start } = words
  return {
    title: words.title,
    place: 'seats',
    body: (
      <>
        <p>{start.lead}</p>
        <p>
          <strong>{visit.reader.words.pages.connect.aDifferentUser}</strong>
        </p>
        <h2>{start.needed}</h2>
        <ul>
          {start.needs.map(need => (
            <li>{need}</li>
          ))}
        </ul>
        {mayWrite(visit) ? (
          <Form visit={visit} action={listUrl(visit.tenant.id)}>
            <Submit label={start.action} />
          </Form>
        ) : (
          <p class="muted">{site.onlyLook}</p>
        )}
        <h2>{start.unfinished}</h2>
        {rows.length === 0 ? <p class="muted">{start.none}</p> : <Unfinished {...props} />}
        <Pager next={next} first={first} reader={visit.reader} />
      </>
    ),
  }
}

const labelOf = ({ draft }: UnfinishedRow): string | null => draft.source?.label ?? null
const hasEnded = ({ integration }: UnfinishedRow): boolean => integration !== null && integration.endedAt !== null

const Unfinished: FC<ListProps> = ({ visit, rows }) => {
  const { reader } = visit
  const { onboarding: words, site } = reader.words
  const { columns, noLabel, unfinished } = words.start
  return (
    <Table
      caption={unfinished}
      rows={rows}
      columns={[
        { head: columns.label, cell: row => labelOf(row) ?? <span class="muted">{noLabel}</span> },
        { head: columns.at, cell: row => <Standing visit={visit} row={row} /> },
        { head: columns.by, cell: row => row.startedByName ?? site.none },
        { head: columns.changed, cell: row => <Ago at={row.updatedAt} reader={reader} /> },
        ...(mayWrite(visit)
          ? [{ head: columns.onward, cell: (row: UnfinishedRow) => <Actions visit={visit} row={row} /> }]
          : []),
      ]}
    />
  )
}

type RowProps = { visit: ListVisit; row: UnfinishedRow }

const stepOf = (row: UnfinishedRow) => nextStep(row, row.connection?.state ?? null)

const Standing: FC<RowProps> = ({ visit, row }) => {
  const { onboarding: words } = visit.reader.words
  if (hasEnded(row)) return <>{words.start.ended}</>
  const step = stepOf(row)
  return <>{`${words.progress(STEPS.indexOf(step) + 1, STEPS.length)}: ${words.steps[step].name}`}</>
}

const Actions: FC<RowProps> = ({ visit, row }) => {
  const { start } = visit.reader.words.onboarding
  const label = labelOf(row) ?? start.noLabel
  const canEnd = row.integration !== null && !hasEnded(row)
  const ticking: FormState = blank()
  return (
    <>
      {!hasEnded(row) && (
        <a href={stepUrl(visit.tenant.id, row.id, stepOf(row))} aria-label={`${start.goOn}: ${label}`}>
          {start.goOn}
        </a>
      )}
      <details>
        <summary>{start.discard}</summary>
        <p>{start.discardText}</p>
        <Form visit={visit} action={`${listUrl(visit.tenant.id)}/${row.id}/discard`}>
          {canEnd && <Tick name={`end.${row.id}`} label={start.alsoEnd} hint={start.alsoEndHint} state={ticking} />}
          <Submit label={start.discardThis(label)} kind="danger" />
        </Form>
      </details>
    </>
  )
}
