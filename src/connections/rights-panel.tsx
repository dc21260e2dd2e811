import type { FC } from 'hono/jsx'
import { Ago } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import { preflight } from '../rights/preflight.ts'
import { allNeeds, standingOf } from '../rights/probe.ts'
import { type ExplainedMissing, explain } from '../rights/remedy.ts'
import { requirementsOf } from '../rights/requirements.ts'
import type { Missing } from '../rights/right.ts'
import { isLive } from './connection.ts'
import { Findings } from './findings.tsx'
import type { Overview } from './load-overview.ts'
import type { OverviewProps } from './overview-props.ts'
import { type Cell, type RightsMatrix, rightsMatrix } from './rights-matrix.ts'

/** The rights that bookings need against the administrations within reach, and how to mend what is missing. */
export const RightsPanel: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { seat, provider } = overview
  const { connection: words, pages } = reader.words
  const say = words.rights
  const standing = standingOf({ seat, provider, held: null })
  const needs = requirementsOf(provider, seat.integration.bookingKinds)
  const matrix = rightsMatrix(standing, needs, seat.administration.externalId)
  const { missing, doubts } = findingsOf(overview, reader)
  const { lastProbeAt, state } = seat.connection
  return (
    <section id="rights">
      <h2>{say.title}</h2>
      <p>{say.lead}</p>
      {isLive(state) && (
        <p class="muted">
          {lastProbeAt === null ? (
            say.neverChecked
          ) : (
            <>
              {`${say.checked} `}
              <Ago at={lastProbeAt} reader={reader} />
            </>
          )}
        </p>
      )}
      <Matrix matrix={matrix} reader={reader} />
      {matrix.more > 0 && <p class="muted">{say.more(matrix.more)}</p>}
      <Findings title={pages.connected.whatIsMissing} findings={missing} reader={reader} />
      <Findings title={pages.connected.whatIsUnknown} findings={doubts} reader={reader} folded />
    </section>
  )
}

const SIGNS: Record<Cell, { path: string; state: string }> = {
  yes: { path: 'M1.5 6.5L4.5 9.5L10.5 2.5', state: 'healthy' },
  no: { path: 'M2 2L10 10M10 2L2 10', state: 'broken' },
  unknown: { path: 'M3 4a3 2.6 0 1 1 3 3v1M6 10v1.2', state: 'unknown' },
  closed: { path: 'M2 6h8', state: 'unknown' },
}

/** A cell as sign and word; drawn, so that no font has to have it. */
const Sign: FC<{ cell: Cell; word: string }> = ({ cell, word }) => (
  <span class={`state ${SIGNS[cell].state}`}>
    <svg class="icon" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={SIGNS[cell].path} fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
    {` ${word}`}
  </span>
)

const Matrix: FC<{ matrix: RightsMatrix; reader: Reader }> = ({ matrix, reader }) => {
  const { rights, connection } = reader.words
  const say = connection.rights
  return (
    <section class="scroll" tabindex={0} aria-label={say.title}>
      <table class="matrix">
        <caption class="unseen">{say.lead}</caption>
        <thead>
          <tr>
            <th scope="col">{say.right}</th>
            <th scope="col">{say.neededFor}</th>
            {matrix.administrations.map(number => (
              <th scope="col">{say.administration(number)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ need, cells }) => (
            <tr>
              <th scope="row">
                {rights.name(need)}
                <code>{`${need.action} ${need.resource}`}</code>
              </th>
              <td>{need.bookingKinds.map(kind => rights.bookingKinds[kind]).join(', ')}</td>
              {cells.map(cell => (
                <td>
                  <Sign cell={cell} word={say.cells[cell]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What stands in the way of the integration's bookings, each thing once; that nobody is connected is said above. */
function findingsOf({ seat, provider }: Overview, { words }: Reader): Record<'missing' | 'doubts', ExplainedMissing[]> {
  const known = { seat, provider, held: null }
  const verdict = preflight(standingOf(known), allNeeds(known), seat.administration.externalId)
  const about = { registration: seat.app.registration, username: seat.connection.username, accountancy: null }
  const live = isLive(seat.connection.state)
  const explained = (found: readonly Missing[]) =>
    found.filter(one => live || one.layer !== 'connection').map(one => explain(one, about, words))
  return { missing: explained(verdict.missing), doubts: live ? explained(verdict.doubts) : [] }
}
