import type { FC } from 'hono/jsx'
import { Form, Submit } from '../http/form.tsx'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { IntegrationId } from '../id.ts'
import { explain } from '../rights/remedy.ts'
import type { Cause } from '../rights/right.ts'
import type { CauseGroup } from './grouping.ts'
import { IntegrationLink } from './integration-link.tsx'
import { Mending, Why } from './missing-panel.tsx'
import type { SeatRow } from './one-read.ts'
import { aboutSeat } from './sentence.ts'

/** More causes than anyone mends at once. */
const MOST_SHOWN = 20

/** Nobody sits there in whose name the provider could be asked. */
const UNASKABLE: ReadonlySet<Cause> = new Set<Cause>(['not_connected', 'reconnect_required'])

type WaitingProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  causes: readonly CauseGroup[]
  seats: ReadonlyMap<IntegrationId, SeatRow>
  /** The tenant's pages, and among them where the rights of an integration are checked again. */
  home: string
  checkUrl: string
}

/** What is held, by what it waits for: how many, why, how to mend it, and a button to look again. */
export const WaitingPanel: FC<WaitingProps> = props => {
  const { causes, visit } = props
  const say = visit.reader.words.booking.waiting
  const rest = causes.length - MOST_SHOWN
  return (
    <>
      <h2>{say.title}</h2>
      {causes.slice(0, MOST_SHOWN).map(cause => (
        <OneCause {...props} cause={cause} />
      ))}
      {rest > 0 && <p class="muted">{say.more(rest)}</p>}
    </>
  )
}

const OneCause: FC<WaitingProps & { cause: CauseGroup }> = ({ cause, visit, seats, home, checkUrl }) => {
  const { reader } = visit
  const say = reader.words.booking.waiting
  const { integrationId, missing, waiting } = cause
  const seat = seats.get(integrationId) ?? null
  const explained = explain(missing, aboutSeat(seat), reader.words)
  return (
    <section class="panel">
      <h3>{say.heading[missing.layer](waiting)}</h3>
      <p>
        <IntegrationLink home={home} id={integrationId} seat={seat} />
      </p>
      <Why explained={explained} reader={reader} />
      <Mending remedy={explained.remedy} reader={reader} />
      {UNASKABLE.has(missing.cause) ? (
        <a class="button quiet" href={`${home}/integrations/${integrationId}`}>
          {say.toIntegration}
        </a>
      ) : (
        mayWrite(visit) && (
          <Form visit={visit} action={checkUrl}>
            <input type="hidden" name="integration_id" value={integrationId} />
            <p class="hint">{say.checkText}</p>
            <Submit label={say.check} kind="quiet" />
          </Form>
        )
      )}
    </section>
  )
}
