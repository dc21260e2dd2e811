import { lt } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { connections } from '../../db/schema/connections.ts'
import { DAY, MINUTE } from '../clock.ts'
import { forgetAnswers } from '../http/idempotency-store.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { ABSOLUTE_LIMIT } from '../people/session.ts'
import { forgetSessions } from '../people/session-store.ts'
import { stuckQueues } from '../transactions/queue-store.ts'
import { stuckLinks } from './link-store.ts'

const AT_ONCE = 200
/** Something under way for longer than this has lost its alarm. */
const TOO_LONG = 2 * MINUTE

/** First answers to repeated calls are kept this long; a transaction keeps its own for as long as it is kept itself. */
const ANSWERS_KEPT = 7 * DAY

type Waking = { tenantId: TenantId; integrationId: IntegrationId }

/**
 * Wake the seats that have something due and may have lost their alarm: chains to keep alive, queues and consents that
 * stand still. Looks only at what is due, never at everything.
 */
export async function sweep(db: Db, now: number, wake: (waking: Waking) => Promise<void>): Promise<number> {
  const found = await Promise.all([
    dueConnections(db, now),
    stuckQueues(db, now - TOO_LONG, AT_ONCE),
    stuckLinks(db, now - TOO_LONG, AT_ONCE),
  ])
  await Promise.all([forgetAnswers(db, now - ANSWERS_KEPT), forgetSessions(db, now - ABSOLUTE_LIMIT, now)])
  const seats = new Map(found.flat().map(waking => [waking.integrationId, waking]))
  await Promise.allSettled([...seats.values()].map(wake))
  return seats.size
}

const dueConnections = (db: Db, now: number): Promise<Waking[]> =>
  db
    .select({ tenantId: connections.tenantId, integrationId: connections.integrationId })
    .from(connections)
    .where(lt(connections.dueAt, now))
    .limit(AT_ONCE)
