import type { Child, FC } from 'hono/jsx'
import { DAY, SECOND } from '../clock.ts'
import type { Meters } from '../seats/rpc.ts'
import { isLive } from './connection.ts'
import type { OverviewProps } from './overview-props.ts'

/** How much is used of what has an end: the access token, the consent, and the provider's patience. */
export const MetersPanel: FC<OverviewProps> = props => (
  <section>
    <h2>{props.visit.reader.words.connection.meters.title}</h2>
    <Token {...props} />
    <Consent {...props} />
    <Budget {...props} />
  </section>
)

type Gauge = { id: string; label: string; value: number; max: number; high: number; children?: Child }

/** A meter, and a text that says the same. */
const Gauge: FC<Gauge> = ({ id, label, value, max, high, children }) => (
  <div class="gauge">
    <label for={id}>{label}</label>
    <meter id={id} min={0} max={max} value={Math.min(value, max)} high={high} optimum={0} />
    <p>{children}</p>
  </div>
)

const Unmeasured: FC<{ label: string; children?: Child }> = ({ label, children }) => (
  <div class="gauge">
    <strong>{label}</strong>
    <p class="muted">{children}</p>
  </div>
)

const Token: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { measures, connection: words } = reader.words
  const say = words.meters
  const { accessExpiresAt, state } = overview.seat.connection
  if (accessExpiresAt === null || !isLive(state)) return <Unmeasured label={say.token}>{say.tokenNone}</Unmeasured>
  const life = overview.provider.definition.oauth.accessSeconds
  const left = (accessExpiresAt - reader.now) / SECOND
  const age = Math.min(life, Math.max(0, life - left))
  return (
    <Gauge id="meter-token" label={say.token} value={Math.round(age)} max={life} high={life}>
      {left <= 0 ? say.tokenOver : say.tokenAge(measures.span(age * SECOND), measures.span(life * SECOND))}
    </Gauge>
  )
}

/** The provider forgets a consent that nobody uses; each refresh is a use. */
const Consent: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { measures, connection: words } = reader.words
  const say = words.meters
  const { lastRefreshAt, connectedAt, state } = overview.seat.connection
  const used = lastRefreshAt ?? connectedAt
  if (used === null || !isLive(state)) return <Unmeasured label={say.consent}>{say.consentNone}</Unmeasured>
  const days = overview.provider.definition.oauth.refreshIdleDays
  const until = used + days * DAY
  const day = measures.day(until, reader.zone)
  const idle = Math.max(0, Math.floor((reader.now - used) / DAY))
  return (
    <Gauge id="meter-consent" label={say.consent} value={idle} max={days} high={Math.ceil(days * 0.8)}>
      {until <= reader.now ? say.consentOver(day) : say.consentUntil(day, days)}
    </Gauge>
  )
}

const Budget: FC<OverviewProps> = ({ overview: { meters, seat }, visit: { reader } }) => {
  const { connection: words, measures } = reader.words
  const say = words.meters
  if (seat.integration.endedAt !== null) return null
  if (meters === null) return <Unmeasured label={say.calls}>{say.unknown}</Unmeasured>
  const { sent, waiting, perMinute } = meters.calls
  return (
    <>
      <Gauge id="meter-calls" label={say.calls} value={sent} max={perMinute} high={Math.ceil(perMinute * 0.8)}>
        {say.callsOf(sent, perMinute)}
        {waiting > 0 && ` ${say.waiting(waiting)}`}
        {meters.pausedUntil !== null && ` ${say.paused(measures.time(meters.pausedUntil, reader.zone))}`}
      </Gauge>
      <Errors meters={meters} {...{ reader }} />
    </>
  )
}

const Errors: FC<{ meters: Meters; reader: OverviewProps['visit']['reader'] }> = ({ meters, reader }) => {
  const { connection: words, measures } = reader.words
  const say = words.meters
  if (meters.errors.length === 0) return <Unmeasured label={say.errors}>{say.noErrors}</Unmeasured>
  return (
    <div class="gauge">
      <strong>{say.errors}</strong>
      {meters.errors.map(({ endpoint, count, blockedUntil }, at) => (
        <div>
          <label for={`meter-errors-${at}`}>
            <code>{endpoint}</code>
          </label>
          <meter
            id={`meter-errors-${at}`}
            min={0}
            max={meters.errorsPerHour}
            value={Math.min(count, meters.errorsPerHour)}
            high={meters.errorsPerHour - 2}
            optimum={0}
          />
          <p>
            {say.errorsOf(count, meters.errorsPerHour)}
            {blockedUntil !== null && ` ${say.blocked(measures.time(blockedUntil, reader.zone))}`}
          </p>
        </div>
      ))}
    </div>
  )
}
