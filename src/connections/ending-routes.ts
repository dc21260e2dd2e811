import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { waitingByState } from '../health/connection-read.ts'
import { blank, type FormState } from '../http/attempt.ts'
import { invalid } from '../http/input.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { fail, ok, type Result } from '../result.ts'
import { endIntegration } from '../seats/integration-changes.ts'
import type { Seat } from '../seats/seat.ts'
import { loadSeat } from '../seats/store.ts'
import { disconnectView, endView, stillSeatedView } from './ending-page.tsx'
import { type Here, pathOf } from './overview-props.ts'

const BASE = '/t/{tenant}/integrations/{integration}'

/** What was typed as the name is compared, so it is taken as it comes. */
const Named = z.strictObject({ label: z.string().max(1_000) })

type Seated = Pick<Visit<typeof BASE>, 'tenant' | 'params'>

/** Pages on which a connection, and an integration itself, are brought to an end. */
export function endingPages(site: Site): void {
  const { ports, api } = site

  /** An integration that has ended has nothing left to end. */
  const living = async ({ tenant, params }: Seated): Promise<Result<Seat, Failure>> => {
    const seat = await loadSeat(ports.db, tenant.id, params.integration, 'target')
    return seat === null || seat.integration.endedAt !== null ? fail({ kind: 'not_found' }) : ok(seat)
  }

  const disconnecting = async (visit: Here & Seated, state: FormState): Promise<Result<View, Failure>> => {
    const { tenant, params } = visit
    const [seat, waiting] = await Promise.all([living(visit), waitingByState(ports.db, tenant.id, params.integration)])
    if (!seat.ok) return seat
    if (seat.value.connection.state === 'pending' || seat.value.connection.state === 'ended')
      return fail({ kind: 'not_connected' })
    const queued = waiting.find(row => row.state === 'queued')?.count ?? 0
    return ok(disconnectView({ visit, seat: seat.value, state }, queued))
  }

  site.page({ path: `${BASE}/disconnect`, may: 'write' }, visit => disconnecting(visit, blank()))
  site.form(
    { path: `${BASE}/disconnect`, may: 'write', body: Named },
    async visit => {
      const seat = await living(visit)
      if (!seat.ok) return seat
      if (!isNamed(seat.value, visit.body.label)) return misnamed(visit)
      const { tenant, params, actor } = visit
      const ended = await ports.seatOf(params.integration).disconnect(tenant.id, actor)
      return ended.ok ? ok({ to: pathOf(tenant.id, params.integration), told: 'disconnected' }) : ended
    },
    disconnecting,
  )

  const ending = async (visit: Here & Seated, state: FormState): Promise<Result<View, Failure>> => {
    const seat = await living(visit)
    if (!seat.ok) return seat
    return ok(isSeated(seat.value) ? stillSeatedView(visit, seat.value) : endView({ visit, seat: seat.value, state }))
  }

  site.page({ path: `${BASE}/end`, may: 'write' }, visit => ending(visit, blank()))
  site.form(
    { path: `${BASE}/end`, may: 'write', body: Named },
    async visit => {
      const seat = await living(visit)
      if (!seat.ok) return seat
      if (!isNamed(seat.value, visit.body.label)) return misnamed(visit)
      if (isSeated(seat.value)) return ok({ ...stillSeatedView(visit, seat.value), status: 409 })
      const { tenant, params, actor } = visit
      const ended = await endIntegration(api, tenant.id, params.integration, actor)
      return ended.ok ? ok({ to: `/t/${tenant.id}`, told: 'removed' }) : ended
    },
    ending,
  )
}

const isSeated = ({ connection }: Seat): boolean => connection.state !== 'pending' && connection.state !== 'ended'

/** Names may be typed on keyboards that make their accents in another way. */
const isNamed = ({ integration }: Seat, typed: string): boolean =>
  typed.trim().normalize() === integration.label.normalize()

const misnamed = ({ reader }: Here) =>
  invalid({ pointer: '/label', message: reader.words.connection.actions.confirm.mismatch })
