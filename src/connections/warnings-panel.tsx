import type { FC } from 'hono/jsx'
import { Ago } from '../http/parts.tsx'
import { explainWarning } from '../rights/remedy.ts'
import { Mending } from '../transactions/missing-panel.tsx'
import type { OverviewProps } from './overview-props.ts'

/** What a person should know of a connection that works, with what to do about it and where. */
export const WarningsPanel: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { warnings, username } = overview.seat.connection
  const { connection: say } = reader.words
  if (warnings.length === 0) return null
  return (
    <section id="warnings">
      <h2>{say.warnings}</h2>
      {warnings.map(warning => {
        const { reason, remedy } = explainWarning(warning, { username, accountancy: null }, reader.words)
        return (
          <div class="panel">
            <p>
              {`${reason} `}
              <span class="muted">
                <Ago at={warning.at} reader={reader} />
              </span>
            </p>
            <Mending remedy={remedy} reader={reader} />
          </div>
        )
      })}
    </section>
  )
}
