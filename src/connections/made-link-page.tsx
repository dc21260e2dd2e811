import { Copyable } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import type { Seat } from '../seats/seat.ts'
import type { MadeLink } from './make-link.ts'
import { wayTo } from './overview-page.tsx'
import { type Here, pathOf } from './overview-props.ts'

/** Show a connect link, this once, with for whom it is and how long it works. */
export function madeLinkView(visit: Here, { integration, serviceAccount }: Seat, made: MadeLink): View {
  const { reader, tenant } = visit
  const say = reader.words.connection.actions.connect
  const base = pathOf(tenant.id, integration.id)
  return {
    title: say.made,
    place: 'seats',
    trail: [wayTo(visit), { label: integration.label, url: base }],
    body: (
      <>
        <p>{say.who(serviceAccount?.username ?? null)}</p>
        <section class="told" role="status">
          <p>
            <Copyable text={made.url} reader={reader} label={say.made} />
          </p>
          <p>{say.madeText(reader.words.measures.moment(made.expiresAt, reader.zone))}</p>
        </section>
        <a class="button quiet" href={base}>
          {say.back}
        </a>
      </>
    ),
  }
}
