import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import { Form, Submit, Text } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import type { Seat } from '../seats/seat.ts'
import { wayTo } from './overview-page.tsx'
import { type Here, pathOf, transactionsOf } from './overview-props.ts'

type EndingProps = { visit: Here; seat: Seat; state: FormState }

/** Say what disconnecting does, and ask for the integration's name. `queued` is what is in its queue now. */
export function disconnectView({ visit, seat, state }: EndingProps, queued: number): View {
  const say = visit.reader.words.connection.actions.disconnect
  return framed(
    visit,
    seat,
    say.heading(seat.integration.label),
    <Confirm
      visit={visit}
      seat={seat}
      state={state}
      happens={say.happens(queued)}
      action={say.action}
      to="disconnect"
    />,
  )
}

/** Say what ending does, and ask for the integration's name. */
export function endView({ visit, seat, state }: EndingProps): View {
  const say = visit.reader.words.connection.actions.end
  const body = (
    <>
      <Confirm visit={visit} seat={seat} state={state} happens={say.happens} action={say.action} to="end" />
      {state.refusal?.code === 'integration_in_use' && (
        <p>
          <a href={transactionsOf(visit.tenant.id, seat.integration.id)}>{say.waiting}</a>
        </p>
      )}
    </>
  )
  return framed(visit, seat, say.heading(seat.integration.label), body)
}

/** Say that somebody still sits there, and where that is changed. */
export function stillSeatedView(visit: Here, seat: Seat): View {
  const say = visit.reader.words.connection.actions.end
  const base = pathOf(visit.tenant.id, seat.integration.id)
  const body = (
    <>
      <p>{say.seated}</p>
      <a class="button quiet" href={`${base}/disconnect`}>
        {say.toDisconnect}
      </a>
    </>
  )
  return framed(visit, seat, say.heading(seat.integration.label), body)
}

const framed = (visit: Here, { integration }: Seat, title: string, body: View['body']): View => ({
  title,
  place: 'seats',
  trail: [wayTo(visit), { label: integration.label, url: pathOf(visit.tenant.id, integration.id) }],
  body,
})

type ConfirmProps = EndingProps & { happens: readonly string[]; action: string; to: 'disconnect' | 'end' }

/** What cannot be undone asks for the name of the thing. */
const Confirm: FC<ConfirmProps> = ({ visit, seat, state, happens, action, to }) => {
  const { confirm } = visit.reader.words.connection.actions
  return (
    <>
      <h2>{confirm.whatHappens}</h2>
      <ul>
        {happens.map(line => (
          <li>{line}</li>
        ))}
      </ul>
      <Form visit={visit} action={`${pathOf(visit.tenant.id, seat.integration.id)}/${to}`} state={state}>
        <Text name="label" label={confirm.label(seat.integration.label)} state={state} required />
        <Submit label={action} kind="danger" />
      </Form>
    </>
  )
}
