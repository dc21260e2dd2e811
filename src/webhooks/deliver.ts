import PQueue from 'p-queue'
import { type Db, runBatch } from '../../db/open.ts'
import { type Clock, MINUTE, type Random, SECOND } from '../clock.ts'
import type { Vault } from '../connections/vault.ts'
import type { TenantId } from '../id.ts'
import { type Answer, afterAttempt, type Outcome } from './delivery.ts'
import { claimDelivery, type Due, dueDeliveries, writeAttempt } from './delivery-store.ts'
import { disableEndpoint } from './endpoint-store.ts'
import { signingSecretOf } from './secret.ts'
import { signedHeaders } from './signature.ts'

/** All that deliveries need of the world. */
export type DeliveryPorts = {
  clock: Clock
  random: Random
  db: Db
  vault: Vault
  fetch(url: string, init: RequestInit): Promise<Response>
  report(what: string, error: unknown): void
}

const MOST = 200
const AT_ONCE = 20
const PATIENCE_MS = 15 * SECOND
/** How long an attempt keeps others off: whoever dies in it is followed after this, with the same message. */
const TERM = MINUTE

/**
 * Send what is due, of one tenant or (null) of all: at most 200 at a time, 20 of them at once. Each arrives at least once: a
 * crash between sending and writing that down sends it again under the same id. Gives when to come back: now if more may be due,
 * else when the first that failed is due again; null for never.
 */
export async function deliverDue(ports: DeliveryPorts, tenant: TenantId | null): Promise<number | null> {
  const due = await dueDeliveries(ports.db, tenant, ports.clock.now(), MOST)
  const queue = new PQueue({ concurrency: AT_ONCE })
  const outcomes = await queue.addAll(due.map(one => () => attempt(ports, one).catch(error => failed(ports, error))))
  if (due.length === MOST) return ports.clock.now()
  const again = outcomes.flatMap(outcome => (outcome?.kind === 'again' ? outcome.at : []))
  return again.length === 0 ? null : Math.min(...again)
}

/** What broke one attempt must not break another: it is due again when its term is over. */
function failed({ report }: DeliveryPorts, error: unknown): null {
  report('An event was not delivered', error)
  return null
}

async function attempt(ports: DeliveryPorts, due: Due): Promise<Outcome | null> {
  const { db, clock, random } = ports
  const claimed = { attempts: due.attempts + 1, until: clock.now() + TERM }
  if (!(await claimDelivery(db, due.tenantId, due, claimed.until))) return null
  const answer = await send(ports, due)
  const now = clock.now()
  const outcome = afterAttempt(claimed.attempts, answer, now, (random(1)[0] ?? 0) / 255)
  const change = {
    dueAt: outcome.kind === 'again' ? outcome.at : null,
    deliveredAt: outcome.kind === 'delivered' ? now : null,
    lastStatus: answer?.status ?? null,
  }
  await runBatch(db, [
    writeAttempt(db, due.tenantId, due, claimed, change),
    ...(outcome.kind === 'gone' ? disableEndpoint(db, due.tenantId, due.webhookId, now) : []),
  ])
  return outcome
}

/** Sign and send once; null when no answer came. What a receiver writes beside its status is nobody's business. */
async function send({ vault, fetch, clock, report }: DeliveryPorts, due: Due): Promise<Answer | null> {
  const secret = await signingSecretOf(vault, due)
  if (secret === null) {
    report('An event cannot be signed', new Error(`The secret of ${due.webhookId} cannot be opened`))
    return null
  }
  try {
    const response = await fetch(due.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Zetel',
        ...signedHeaders([secret], due.id, due.payload, clock.now()),
      },
      body: due.payload,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel().catch(() => undefined)
    return { status: response.status, retryAfter: response.headers.get('retry-after') }
  } catch {
    return null // Unreachable, too slow, or hung up: the receiver gave no answer.
  }
}
