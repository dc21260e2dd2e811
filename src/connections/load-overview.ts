import type { Failure } from '../failure.ts'
import { type ConnectionRead, readConnection } from '../health/connection-read.ts'
import { type Health, judgeHealth } from '../health/verdict.ts'
import type { HttpPorts } from '../http/ports.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import type { Provider } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Meters } from '../seats/rpc.ts'
import type { ProviderApp, Seat } from '../seats/seat.ts'
import { loadSeat } from '../seats/store.ts'

/** All that the page of one integration and its connection shows. `meters` are null when the seat does not answer. */
export type Overview = ConnectionRead & { seat: Seat; provider: Provider; health: Health; meters: Meters | null }

/** `now` is Unix ms; `before` is the signal whose elders are shown, null for the newest. */
export type Asked = { now: number; before: string | null }

/**
 * Read an integration with its connection as people look at it: seat, queue, history and what the seat remembers, all at
 * once. An integration that has ended can still be looked at; one of another tenant is `not_found`.
 */
export async function loadOverview(
  ports: HttpPorts,
  tenant: TenantId,
  integration: IntegrationId,
  asked: Asked,
): Promise<Result<Overview, Failure>> {
  const [seat, read, meters] = await Promise.all([
    loadSeat(ports.db, tenant, integration, 'target'),
    readConnection(ports.db, tenant, integration, asked),
    askMeters(ports, tenant, integration),
  ])
  if (seat === null) return fail({ kind: 'not_found' })
  return ok({ ...read, seat, provider: providerOf(seat), health: judge(seat, read), meters })
}

/** Name the provider of a seat's app; an app of none is a bug. */
export function providerOf({ app }: { app: Pick<ProviderApp, 'provider'> }): Provider {
  const provider = providerNamed(app.provider)
  if (provider === null) throw new Error(`No provider named ${app.provider}`)
  return provider
}

function judge({ connection }: Seat, { waiting, failed }: ConnectionRead): Health {
  const count = (state: string) => waiting.find(row => row.state === state)?.count ?? 0
  const counts = { held: count('held'), queued: count('queued'), uncertain: count('uncertain'), failed }
  return judgeHealth({ ...connection, counts })
}

/** What a seat remembers is worth showing, and its silence no reason to show nothing. */
async function askMeters(ports: HttpPorts, tenant: TenantId, integration: IntegrationId): Promise<Meters | null> {
  try {
    const meters = await ports.seatOf(integration).meters(tenant)
    return meters.ok ? meters.value : null
  } catch (error) {
    ports.report(`The seat of ${integration} did not give its meters`, error)
    return null
  }
}
