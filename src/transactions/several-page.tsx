import { Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { sayFailure } from '../words/problem-words.ts'
import type { Outcome, Several } from './carry-out-several.ts'

type SeveralProps = {
  reader: Reader
  path: string
  /** The list this was asked from. */
  back: string
  kind: Several['kind']
  outcomes: readonly Outcome[]
}

/** Tell what became of a decision on several transactions: how many it was carried out on, and on which not and why. */
export function severalBody({ reader, path, back, kind, outcomes }: SeveralProps) {
  const { booking, problems, measures } = reader.words
  const say = booking.several
  const refused = outcomes.flatMap(({ row, failure }) => (failure === null ? [] : [{ row, failure }]))
  return (
    <>
      <p class="lead" role="status">
        {say.succeeded[kind](outcomes.length - refused.length)}
      </p>
      {refused.length > 0 && (
        <>
          <h2>{say.failed(refused.length)}</h2>
          <Table
            caption={say.failed(refused.length)}
            rows={refused}
            columns={[
              {
                head: booking.list.columns.reference,
                cell: ({ row }) => <a href={`${path}/${row.id}`}>{row.reference}</a>,
              },
              {
                head: say.why,
                cell: ({ failure }) => {
                  const { title, detail } = sayFailure(problems, failure, measures.wait(60))
                  return (
                    <>
                      <strong>{title}</strong>
                      <br />
                      {detail}
                    </>
                  )
                },
              },
            ]}
          />
        </>
      )}
      <p>
        <a class="button" href={back}>
          {say.back}
        </a>
      </p>
    </>
  )
}
