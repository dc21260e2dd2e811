import type { Child, FC } from 'hono/jsx'
import { blank } from '../http/attempt.ts'
import { Form, Select, Submit } from '../http/form.tsx'
import { mayWrite } from '../http/visit.ts'
import { isLive } from './connection.ts'
import { type OverviewProps, pathOf } from './overview-props.ts'

/** What can be done with the connection and the integration, each with what will happen. */
export const ActionsPanel: FC<OverviewProps> = props => {
  const { overview, visit } = props
  const { connection: words, site } = visit.reader.words
  const { integration, connection } = overview.seat
  if (integration.endedAt !== null) return null
  if (!mayWrite(visit)) return <p class="muted">{site.onlyLook}</p>
  const base = pathOf(visit.tenant.id, integration.id)
  const { title, disconnect, end } = words.actions
  const isSeated = connection.state !== 'pending' && connection.state !== 'ended'
  return (
    <section>
      <h2>{title}</h2>
      <div class="panels">
        {isLive(connection.state) && <Probe {...props} />}
        <Connect {...props} />
        {isLive(connection.state) && <Transfer {...props} />}
        {isSeated && <Leading {...disconnect} url={`${base}/disconnect`} />}
        <Leading title={words.edit.title} text={words.edit.text} open={words.edit.open} url={`${base}/edit`} />
        <Leading {...end} url={`${base}/end`} />
      </div>
    </section>
  )
}

const Action: FC<{ id?: string; title: string; text: string; children?: Child }> = ({ id, title, text, children }) => (
  <section class="panel" id={id}>
    <h3>{title}</h3>
    <p>{text}</p>
    {children}
  </section>
)

/** An action that asks more than a press, on a page of its own. */
const Leading: FC<{ title: string; text: string; open: string; url: string }> = ({ title, text, open, url }) => (
  <Action title={title} text={text}>
    <a class="button quiet" href={url}>
      {open}
    </a>
  </Action>
)

const Probe: FC<OverviewProps> = ({ overview, visit, attempts }) => {
  const say = visit.reader.words.connection.actions.probe
  return (
    <Action title={say.title} text={say.text}>
      <Form
        visit={visit}
        action={`${pathOf(visit.tenant.id, overview.seat.integration.id)}/probe`}
        state={attempts.probe ?? blank()}
      >
        <Submit label={say.action} kind="quiet" />
      </Form>
    </Action>
  )
}

/** The one step that a connection which does not live needs; then it is the page's first button. */
const Connect: FC<OverviewProps> = ({ overview, visit, attempts }) => {
  const say = visit.reader.words.connection.actions.connect
  const { integration, connection, serviceAccount } = overview.seat
  const isFirst = connection.state === 'pending' || connection.state === 'ended'
  return (
    <Action id="connect" title={isFirst ? say.title : say.again} text={say.text}>
      <p>{say.who(serviceAccount?.username ?? null)}</p>
      <Form
        visit={visit}
        action={`${pathOf(visit.tenant.id, integration.id)}/connect-link`}
        state={attempts.connect ?? blank()}
      >
        <Submit label={say.action} kind={isLive(connection.state) ? 'quiet' : 'primary'} />
      </Form>
      <p>
        <a href={`/t/${visit.tenant.id}/onboarding`}>{say.otherUser}</a>
      </p>
    </Action>
  )
}

const Transfer: FC<OverviewProps> = ({ overview, visit, attempts }) => {
  const say = visit.reader.words.connection.actions.transfer
  const { integration, connection } = overview.seat
  const state = attempts.transfer ?? blank()
  return (
    <Action title={say.title} text={say.text(connection.username ?? '')}>
      {overview.emptySeats.length === 0 ? (
        <p class="muted">{say.nowhere}</p>
      ) : (
        <Form visit={visit} action={`${pathOf(visit.tenant.id, integration.id)}/transfer`} state={state}>
          <Select
            name="to_integration_id"
            label={say.to}
            state={state}
            blank={say.choose}
            options={overview.emptySeats.map(({ id, label, administration }) => ({
              value: id,
              label: say.option(label, administration),
            }))}
          />
          <Submit label={say.action} kind="quiet" />
        </Form>
      )}
    </Action>
  )
}
