import type { FC } from 'hono/jsx'
import { Facts, Mark, Moment } from '../http/parts.tsx'
import type { OverviewProps } from './overview-props.ts'

/** Who sits on the seat, and what the integration books where. */
export const FactsPanel: FC<OverviewProps> = ({ overview, visit: { reader } }) => {
  const { seat, provider } = overview
  const { connection: words, rights, site } = reader.words
  const say = words.facts
  const { integration, administration, app, connection } = seat
  const { kind, provider: system, ref } = integration.source
  const { number, name } = { number: administration.externalId, name: administration.name }
  return (
    <section>
      <h2>{say.title}</h2>
      <Facts
        facts={[
          [say.user, <User overview={overview} reader={reader} />],
          ...(connection.providerUserId === null
            ? []
            : ([[say.userKind, <Kind {...{ overview, reader }} />]] as const)),
          [say.administration, name === '' || name === number ? number : `${number} · ${name}`],
          [say.app, `${provider.definition.title}, ${say.registrations[app.registration]}, ${app.baseUrl}`],
          [say.source, say.from(kind, system, ref)],
          [
            say.connectedAt,
            connection.connectedAt === null ? site.none : <Moment at={connection.connectedAt} reader={reader} />,
          ],
          [say.books, integration.bookingKinds.map(booking => rights.bookingKinds[booking]).join(', ')],
          [say.strict, integration.strict ? say.isStrict : say.isNotStrict],
        ]}
      />
    </section>
  )
}

type Seen = { overview: OverviewProps['overview']; reader: OverviewProps['visit']['reader'] }

const User: FC<Seen> = ({ overview, reader }) => {
  const { providerUserId, username, email } = overview.seat.connection
  if (providerUserId === null) return <span class="muted">{reader.words.connection.facts.nobody}</span>
  return (
    <>
      {username}
      {email !== null && email !== username && <span class="muted">{` ${email}`}</span>}
    </>
  )
}

/** A client user is advised against (EOL-06): it says so wherever it is shown. */
const Kind: FC<Seen> = ({ overview, reader }) => {
  const kind = overview.seat.connection.userKind ?? 'unknown'
  const name = reader.words.rights.userKinds[kind]
  return kind === 'client_user' ? <Mark state="attention" word={name} /> : <span>{name}</span>
}
