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

/** What is held, by what it waits for: how many, why, how to mend it; and for each integration one button to look again. */
export const WaitingPanel: FC<WaitingProps> = props => {
  const { causes, visit } = props
  const say = visit.reader.words.booking.waiting
  const rest = causes.length - MOST_SHOWN
  const shown = Map.groupBy(causes.slice(0, MOST_SHOWN), cause => cause.integrationId)
  return (
    <>
      <h2>{say.title}</h2>
      {[...shown].map(([integrationId, ofIt]) => (
        <OneIntegration {...props} integrationId={integrationId} causes={ofIt} />
      ))}
      {rest > 0 && <p class="muted">{say.more(rest)}</p>}
    </>
  )
}

const OneIntegration: FC<WaitingProps & { integrationId: IntegrationId }> = props => {
  const { integrationId, causes, visit, seats, home, checkUrl } = props
  const say = visit.reader.words.booking.waiting
  return (
    <section class="panel">
      <h3>
        <IntegrationLink home={home} id={integrationId} seat={seats.get(integrationId) ?? null} />
      </h3>
      {causes.map((cause, at) => (
        <OneCause {...props} cause={cause} open={at === 0} />
      ))}
      {causes.some(({ missing }) => UNASKABLE.has(missing.cause)) ? (
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

/** One cause, of which the first stands open: where one thing is in the way, all of it is read at once. */
const OneCause: FC<WaitingProps & { cause: CauseGroup; open: boolean }> = ({ cause, open, visit, seats }) => {
  const { reader } = visit
  const { integrationId, missing, waiting } = cause
  const explained = explain(missing, aboutSeat(seats.get(integrationId) ?? null), reader.words)
  const heading = reader.words.booking.waiting.heading[missing.layer](waiting)
  return (
    <details open={open}>
      <summary>{missing.layer === 'right' ? `${heading}: ${reader.words.rights.name(missing)}` : heading}</summary>
      <Why explained={explained} reader={reader} />
      <Mending remedy={explained.remedy} reader={reader} />
    </details>
  )
}
