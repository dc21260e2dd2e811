import type { HttpPorts } from '../http/ports.ts'
import type { SeatOf } from './seat-read.ts'

/**
 * Let seats read anew what has just been changed in the database. The change stands, so whatever goes wrong is reported: a
 * seat that cannot be reached stops no other.
 */
export async function reloadSeats({ seatOf, report }: HttpPorts, find: () => Promise<SeatOf[]>): Promise<void> {
  const tell = async ({ tenant, integration }: SeatOf) => {
    try {
      await seatOf(integration).reload(tenant)
    } catch (error) {
      report(`The seat of ${integration} did not hear of a change`, error)
    }
  }
  try {
    await Promise.all((await find()).map(tell))
  } catch (error) {
    report('Nobody knows which seats should hear of a change', error)
  }
}
