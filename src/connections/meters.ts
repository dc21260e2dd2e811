import type { Desk, Known } from '../seats/desk.ts'
import type { Meters } from '../seats/rpc.ts'
import { sentLately, spentErrors } from './budget.ts'
import { errorsOf } from './call.ts'

/** Read how much of its budgets a seat has used by now; asks the provider nothing. */
export async function metersOf(desk: Desk, known: Known): Promise<Meters> {
  const errors = await errorsOf(desk)
  const { limits } = known.provider.definition
  const now = desk.now()
  return {
    calls: {
      sent: sentLately(desk.sent, now),
      waiting: desk.calls(known).size,
      perMinute: known.seat.app.callsPerMinute ?? limits.perMinute,
    },
    pausedUntil: desk.pausedUntil > now ? desk.pausedUntil : null,
    errors: spentErrors(errors, limits.errorsPerHour, now),
    errorsPerHour: limits.errorsPerHour,
  }
}
