import type { FC } from 'hono/jsx'
import type { HealthReason } from '../health/verdict.ts'
import { Ago, Verdict } from '../http/parts.tsx'
import { mayWrite } from '../http/visit.ts'
import type { ConnectionWords } from '../words/connection-words.ts'
import { sayHealth } from '../words/state-words.ts'
import { type OverviewProps, transactionsOf } from './overview-props.ts'

/** Say in one sentence how the connection is, and what to do next. */
export const Lead: FC<OverviewProps> = props => {
  const { overview, visit } = props
  const { reader } = visit
  const { connection: say, measures, states } = reader.words
  const { health, seat } = overview
  const { endedAt } = seat.integration
  if (endedAt !== null) return <p class="lead">{say.over(measures.day(endedAt, reader.zone))}</p>
  const said = sayHealth(states, health.reason)
  const next = nextOf(health.reason)
  return (
    <>
      <p class="lead">
        <Verdict verdict={health.verdict} reader={reader} />
        {` · ${said.text}`}
      </p>
      <p>
        {said.next}
        {next !== null && (next !== 'connect' || mayWrite(visit)) && (
          <>
            {' '}
            <a id="next" href={hrefOf(next, props)}>
              {say.nextLinks[next]}
            </a>
          </>
        )}
      </p>
      <Trouble {...props} />
    </>
  )
}

/** What is wrong, since when, and what the provider said of it; not twice what the sentence above says already. */
const Trouble: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { trouble } = overview.seat.connection
  if (trouble === null) return null
  const { connection: say, states } = reader.words
  const { kind } = overview.health.reason
  const isSaid = kind === 'degraded' || kind === 'reconnect_required'
  const said = states.troubles[trouble.kind]
  return (
    <>
      {!isSaid && <p>{`${said.text} ${said.next}`}</p>}
      <p class="muted">
        {`${say.began} `}
        <Ago at={trouble.since} reader={reader} />
        {`.${states.providerSaid(trouble.words)}`}
      </p>
    </>
  )
}

type Next = keyof ConnectionWords['nextLinks']

/** Where the next step is taken; null where there is none to take. */
function nextOf({ kind }: HealthReason): Next | null {
  switch (kind) {
    case 'not_connected':
    case 'ended':
    case 'reconnect_required':
      return 'connect'
    case 'held':
    case 'rights_missing':
      return 'rights'
    case 'uncertain':
    case 'failed':
      return 'bookings'
    case 'administration_not_granted':
    case 'client_user':
      return 'warnings'
    case 'degraded':
    case 'not_probed':
    case 'fine':
      return null
  }
}

function hrefOf(next: Next, { overview, visit }: OverviewProps): string {
  if (next !== 'bookings') return `#${next}`
  const { kind } = overview.health.reason
  return transactionsOf(visit.tenant.id, overview.seat.integration.id, kind === 'failed' ? 'failed' : 'uncertain')
}
