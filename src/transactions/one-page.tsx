import type { FC } from 'hono/jsx'
import { Ago, Copyable, Facts, Moment } from '../http/parts.tsx'
import type { Visit } from '../http/visit.ts'
import { capital } from '../words/quotable.ts'
import { Attempts } from './attempt-table.tsx'
import { Choices, type Sent } from './choice-forms.tsx'
import { IntegrationLink } from './integration-link.tsx'
import { MissingPanels } from './missing-panel.tsx'
import type { Whole } from './one-read.ts'
import { Refused } from './refused.tsx'
import { sayWhy } from './sentence.ts'
import { StateMark } from './state-mark.tsx'
import type { TransactionState } from './transaction.ts'

export type OneProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  home: string
  /** The address of this page. */
  url: string
  whole: Whole
  /** A retry has just found what is missing. */
  stillMissing: boolean
  sent: Sent | null
  /** This is the page refreshing itself: the state that it was drawn with. */
  seen: TransactionState | null
}

/** Show all there is to know of one transaction, and what a person may decide on it. */
export function oneBody(props: OneProps) {
  const { visit, whole, stillMissing, seen, sent } = props
  const { row, seat } = whole
  const { reader } = visit
  const say = reader.words.booking.one
  const missing = row.state === 'held' ? row.missing : []
  const status = <Status {...props} />
  const attempts = <Attempts attempts={whole.attempts} reader={reader} />
  if (seen !== null)
    return (
      <>
        {status}
        {attempts}
      </>
    )
  return (
    <>
      <Refused state={sent?.state ?? null} reader={reader} />
      {status}
      {missing.length > 0 && <h2>{stillMissing ? say.stillMissing : say.missing}</h2>}
      <MissingPanels missing={missing} seat={seat} reader={reader} />
      <Choices {...props} />
      <h2>{say.facts}</h2>
      <About {...props} />
      {attempts}
      <Payload {...props} />
      {row.state !== 'held' && row.doubts.length > 0 && (
        <>
          <h2>{say.doubts}</h2>
          <MissingPanels missing={row.doubts} seat={seat} reader={reader} />
        </>
      )}
    </>
  )
}

/** States that change by themselves. */
const MOVING: readonly TransactionState[] = ['held', 'queued', 'sending', 'uncertain']

/** Where it stands, in one sentence, and what to do next; it refreshes itself while that may change. */
const Status: FC<OneProps> = ({ visit: { reader }, url, whole, seen }) => {
  const { row, seat, resolvedBy } = whole
  const say = reader.words.booking.one
  const { text, next } = sayWhy({ ...row, resolvedBy }, seat, reader.words)
  const drawnWith = seen ?? row.state
  return (
    <section
      id="booking-status"
      {...(MOVING.includes(row.state) && {
        'hx-get': `${url}?seen=${drawnWith}`,
        'hx-trigger': 'every 10s',
        'hx-select': '#booking-status',
        'hx-target': '#booking-status',
        'hx-swap': 'outerHTML',
        'hx-select-oob': '#booking-attempts',
      })}
    >
      <p class="lead">
        <StateMark state={row.state} reader={reader} /> {text}
      </p>
      <p>{next}</p>
      {row.state === 'queued' && row.notBefore > reader.now && (
        <p>{say.notBefore(reader.words.measures.moment(row.notBefore, reader.zone))}</p>
      )}
      {drawnWith !== row.state && (
        <p class="told" role="status">
          {`${say.changed} `}
          <a href={url}>{say.reload}</a>
        </p>
      )}
    </section>
  )
}

const About: FC<OneProps> = ({ visit: { reader }, home, whole: { row, seat } }) => {
  const { booking, rights, measures } = reader.words
  const { columns } = booking.list
  const { fact } = booking.one
  const known = (name: string, at: number | null) =>
    at === null ? [] : [[name, <Moment at={at} reader={reader} />] as const]
  return (
    <Facts
      facts={[
        [columns.reference, row.reference],
        [columns.kind, capital(rights.bookingKinds[row.bookingKind])],
        [columns.integration, <IntegrationLink home={home} id={row.integrationId} seat={seat} />],
        [columns.administration, row.administration],
        [
          columns.accepted,
          <>
            <Moment at={row.acceptedAt} reader={reader} /> (<Ago at={row.acceptedAt} reader={reader} />)
          </>,
        ],
        ...known(fact.sent, row.sendingAt),
        ...known(fact.delivered, row.deliveredAt),
        ...known(fact.updated, row.updatedAt),
        [fact.tries, measures.number(row.attempts)],
        ...(row.providerId === null
          ? []
          : [[fact.providerId, <Copyable text={row.providerId} reader={reader} label={fact.providerId} />] as const]),
        [fact.idempotencyKey, <Copyable text={row.idempotencyKey} reader={reader} label={fact.idempotencyKey} />],
        [fact.id, <Copyable text={row.id} reader={reader} label={fact.id} />],
      ]}
    />
  )
}

const Payload: FC<OneProps> = ({ visit: { reader }, whole: { row } }) => {
  const say = reader.words.booking.one
  return (
    <details class="panel">
      <summary>{say.payload}</summary>
      <p class="hint">{say.payloadText}</p>
      <section class="payload" tabindex={0} aria-label={say.payload}>
        <pre>{JSON.stringify(row.payload, null, 2)}</pre>
      </section>
    </details>
  )
}
