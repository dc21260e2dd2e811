import type { FormState } from '../http/attempt.ts'
import { Choice, Form, Submit, Text } from '../http/form.tsx'
import { Ago, Copyable, Empty, Mark, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { endpointsWithLatest } from './endpoint-store.ts'
import { EVENTS } from './event.ts'
import { ENDPOINT_MARKS, standingOf } from './standing.ts'

type Row = Awaited<ReturnType<typeof endpointsWithLatest>>[number]

/** The webhooks of a tenant. `base` is the address of the page; `secret` that of one just made, shown this once. */
export type WebhooksProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  base: string
  rows: readonly Row[]
  state: FormState
  secret: string | null
}

/** Show the webhooks of a tenant, and what adds one. */
export function webhooksBody(props: WebhooksProps): View['body'] {
  const { visit, rows, secret } = props
  const say = visit.reader.words.webhook
  return (
    <>
      {secret !== null && <Made secret={secret} visit={visit} />}
      <p>{say.lead}</p>
      <p>{say.receiving}</p>
      {rows.length === 0 ? <Empty text={say.none} /> : <Webhooks {...props} />}
      <h2>{say.add}</h2>
      <Adding {...props} />
    </>
  )
}

const Made = ({ secret, visit: { reader } }: Pick<WebhooksProps, 'visit'> & { secret: string }) => {
  const say = reader.words.webhook
  return (
    <section class="told" role="status">
      <h2>{say.madeTitle}</h2>
      <p>{say.madeText}</p>
      <p>
        <Copyable text={secret} reader={reader} label={say.madeTitle} />
      </p>
    </section>
  )
}

const Webhooks = ({ visit, base, rows }: WebhooksProps) => {
  const say = visit.reader.words.webhook
  return (
    <Table
      caption={say.title}
      rows={rows}
      columns={[
        { head: say.address, cell: ({ endpoint }) => <a href={`${base}/${endpoint.id}`}>{endpoint.url}</a> },
        {
          head: say.asked,
          cell: ({ endpoint: { events } }) =>
            events.length === 0 ? say.all : events.map(event => say.events[event].name).join(', '),
        },
        { head: say.state, cell: row => <State row={row} visit={visit} /> },
        { head: say.last, cell: row => <Last row={row} visit={visit} /> },
        { head: say.remove, cell: row => <Removing row={row} visit={visit} base={base} /> },
      ]}
    />
  )
}

const State = ({ row: { endpoint, latest }, visit }: Pick<WebhooksProps, 'visit'> & { row: Row }) => {
  const standing = standingOf(endpoint.disabledAt, latest)
  return <Mark state={ENDPOINT_MARKS[standing]} word={visit.reader.words.webhook.states[standing]} />
}

const Last = ({ row: { latest }, visit: { reader } }: Pick<WebhooksProps, 'visit'> & { row: Row }) => {
  const say = reader.words.webhook
  if (latest === null) return <Ago at={null} reader={reader} />
  return (
    <>
      {`${say.events[latest.event].name}, `}
      <Ago at={latest.createdAt} reader={reader} />
      {`: ${latest.lastStatus === null ? say.noAnswer : say.answered(latest.lastStatus)}`}
    </>
  )
}

const Removing = ({ row: { endpoint }, visit, base }: Pick<WebhooksProps, 'visit' | 'base'> & { row: Row }) => {
  const say = visit.reader.words.webhook
  const { host } = new URL(endpoint.url)
  return (
    <details>
      <summary>{say.remove}</summary>
      <p>{say.removeText(host)}</p>
      <Form visit={visit} action={`${base}/${endpoint.id}/remove`}>
        <Submit label={`${say.remove}: ${host}`} kind="danger" />
      </Form>
    </details>
  )
}

const Adding = ({ visit, base, state }: WebhooksProps) => {
  const say = visit.reader.words.webhook
  return (
    <Form visit={visit} action={base} state={state}>
      <Text name="url" label={say.address} hint={say.addressHint} state={state} type="url" required />
      <Choice
        name="events[]"
        label={say.asked}
        hint={say.askedHint}
        state={state}
        many
        options={EVENTS.map(event => ({
          value: event,
          label: `${say.events[event].name} (${event})`,
          hint: say.events[event].text,
        }))}
      />
      <p class="muted">{say.addText}</p>
      <Submit label={say.add} />
    </Form>
  )
}
