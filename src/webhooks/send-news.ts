import { MINUTE } from '../clock.ts'
import type { TenantId } from '../id.ts'
import type { Desk } from '../seats/desk.ts'
import { deliverDue } from './deliver.ts'

/**
 * Send at once what this seat has just told of, with nobody waiting for it. What fails is tried again by this seat while that
 * is soon, and by the sweep otherwise; whatever dies here, the sweep finds.
 */
export function sendNews(desk: Desk, tenant: TenantId): void {
  if (!desk.news) return
  desk.news = false
  const sending = send(desk, tenant).catch(error => desk.ports.report('Events wait for the sweep', error))
  desk.ports.keep(sending)
}

async function send(desk: Desk, tenant: TenantId): Promise<void> {
  const again = await deliverDue(desk.ports, tenant)
  if (again === null || again > desk.now() + MINUTE) return
  desk.news = true
  await desk.wakeAt(again)
}
