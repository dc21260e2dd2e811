import type { FC } from 'hono/jsx'
import type { Crumb, View } from '../http/view.ts'
import { ActionsPanel } from './actions-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { Lead } from './lead-panel.tsx'
import { MetersPanel } from './meters-panel.tsx'
import { type Here, type OverviewProps, pathOf } from './overview-props.ts'
import { QueuePanel } from './queue-panel.tsx'
import { RecentPanel } from './recent-panel.tsx'
import { RightsPanel } from './rights-panel.tsx'
import { TimelinePanel } from './timeline-panel.tsx'
import { WarningsPanel } from './warnings-panel.tsx'

/** The way to an integration's page: from the tenant's integrations. */
export const wayTo = ({ tenant, reader }: Here): Crumb => ({
  label: reader.words.site.places.seats,
  url: `/t/${tenant.id}`,
})

/** Show an integration with its connection: how it is, what exactly, and what to do now. */
export const overviewView = (props: OverviewProps): View => ({
  title: props.overview.seat.integration.label,
  place: 'seats',
  trail: [wayTo(props.visit)],
  body: (
    <>
      <Now {...props} />
      <WarningsPanel {...props} />
      <TimelinePanel {...props} />
      <RightsPanel {...props} />
      <ActionsPanel {...props} />
      <RecentPanel {...props} />
      <HistoryPanel {...props} />
    </>
  ),
})

/** What changes by itself and is shown anew while somebody looks; nothing in it holds what a reader typed. */
const Now: FC<OverviewProps> = props => {
  const { overview, visit } = props
  const { id, endedAt } = overview.seat.integration
  const live =
    endedAt === null
      ? {
          'hx-get': pathOf(visit.tenant.id, id),
          'hx-trigger': 'every 10s',
          'hx-select': '#now',
          'hx-target': '#now',
          'hx-swap': 'outerHTML',
        }
      : {}
  return (
    <div id="now" {...live}>
      <Lead {...props} />
      <div class="panels">
        <FactsPanel {...props} />
        <MetersPanel {...props} />
        <QueuePanel {...props} />
      </div>
    </div>
  )
}
