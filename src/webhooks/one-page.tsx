import { Form, Submit } from '../http/form.tsx'
import { Ago, Empty, Facts, Mark, Moment, Pager, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { DeliveryRow } from './delivery-store.ts'
import type { EndpointRow } from './endpoint-store.ts'
import { DELIVERY_MARKS, deliveryStanding } from './standing.ts'

/** One webhook with a page of what was told to it. `base` is the address of its page. */
export type WebhookProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  base: string
  endpoint: EndpointRow
  deliveries: readonly DeliveryRow[]
  pager: { next: string | null; first: string | null }
}

/** Show one webhook: what it hears of, and what became of every message. */
export function webhookBody(props: WebhookProps): View['body'] {
  const { visit, endpoint, deliveries, pager } = props
  const { reader } = visit
  const { webhook: say, measures } = reader.words
  const { disabledAt, events } = endpoint
  return (
    <>
      {disabledAt !== null && <p class="problems">{say.disabled(measures.moment(disabledAt, reader.zone))}</p>}
      <Facts
        facts={[
          [say.address, <code>{endpoint.url}</code>],
          [say.asked, events.length === 0 ? say.all : events.map(event => say.events[event].name).join(', ')],
          [say.since, <Moment at={endpoint.createdAt} reader={reader} />],
        ]}
      />
      <h2>{say.told}</h2>
      <p>{say.toldText}</p>
      {deliveries.length > 0 && disabledAt === null && <p>{say.replayText}</p>}
      {deliveries.length === 0 ? <Empty text={say.toldNone} /> : <Deliveries {...props} />}
      <Pager {...pager} reader={reader} />
    </>
  )
}

const Deliveries = ({ visit, base, endpoint, deliveries }: WebhookProps) => {
  const { reader } = visit
  const say = reader.words.webhook
  return (
    <Table
      caption={say.told}
      rows={deliveries}
      columns={[
        {
          head: say.event,
          cell: row => (
            <>
              {say.events[row.event].name}
              <code class="hint">{row.event}</code>
              <code class="hint">{row.id}</code>
            </>
          ),
        },
        { head: say.happened, cell: row => <Ago at={row.createdAt} reader={reader} /> },
        { head: say.state, cell: row => <State row={row} visit={visit} /> },
        { head: say.attempts, cell: row => row.attempts, number: true },
        ...(endpoint.disabledAt === null
          ? [
              {
                head: say.replay,
                cell: (row: DeliveryRow) =>
                  deliveryStanding(row) === 'due' ? null : (
                    <Form visit={visit} action={`${base}/deliveries/${row.id}/replay`}>
                      <Submit label={say.replay} kind="quiet" />
                    </Form>
                  ),
              },
            ]
          : []),
      ]}
    />
  )
}

const State = ({ row, visit: { reader } }: Pick<WebhookProps, 'visit'> & { row: DeliveryRow }) => {
  const { webhook: say, measures } = reader.words
  const standing = deliveryStanding(row)
  const answer = row.lastStatus === null ? say.noAnswer : say.answered(row.lastStatus)
  const next = standing === 'retrying' && row.dueAt !== null ? say.next(measures.moment(row.dueAt, reader.zone)) : null
  return (
    <>
      <Mark state={DELIVERY_MARKS[standing]} word={say.deliveries[standing]} />
      {standing !== 'due' && <span class="hint">{[answer, next].filter(text => text !== null).join('; ')}</span>}
    </>
  )
}
