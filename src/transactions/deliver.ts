import type { Statement } from '../../db/open.ts'
import { MINUTE, SECOND } from '../clock.ts'
import { type Called, call } from '../connections/call.ts'
import { isLive } from '../connections/connection.ts'
import { refreshAllowedFrom } from '../connections/credential.ts'
import type { Failure } from '../failure.ts'
import { countInHour } from '../health/store.ts'
import type { Diagnosis } from '../providers/provider.ts'
import { probe } from '../rights/probe.ts'
import type { Need } from '../rights/right.ts'
import type { RightObserved } from '../rights/standing.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { deliveredNow, holdQueued, markSending, nextInQueue, writeStep } from './queue-store.ts'
import { look } from './reconcile.ts'
import { kindsThatMayGo } from './release.ts'
import { afterInterruption, afterSending, type SendOutcome, type Step, type Transaction } from './transaction.ts'

const TAKE = 20
/** A drain ends after this long and goes on in the next alarm: an alarm has 15 minutes in all. */
const LONGEST_DRAIN = 5 * MINUTE

/** Deliver the queue in its order until it is empty or has to wait; whoever asks while it runs makes it look once more. */
export function drain(desk: Desk, known: Known): Promise<void> {
  if (desk.draining !== null) {
    desk.drainAgain = true
    return desk.draining
  }
  desk.draining = rounds(desk, known.seat.tenant.id).finally(() => {
    desk.draining = null
  })
  return desk.draining
}

async function rounds(desk: Desk, tenant: Known['seat']['tenant']['id']): Promise<void> {
  const end = desk.now() + LONGEST_DRAIN
  for (;;) {
    desk.drainAgain = false
    const known = await desk.load(tenant)
    if (known === null || !isLive(known.seat.connection.state)) return
    const rows = await nextInQueue(desk.ports.db, tenant, desk.integrationId, kindsThatMayGo(known), TAKE)
    const more = await round(desk, known, rows)
    if (!desk.drainAgain && (more === 'wait' || rows.length === 0)) return
    if (desk.now() > end) return desk.wakeAt(desk.now())
  }
}

/** One handful in order. The outcome of one is written together with the mark on the next: one round trip for each booking. */
async function round(desk: Desk, known: Known, rows: readonly Transaction[]): Promise<'more' | 'wait'> {
  let unwritten: Statement[] = []
  for (const row of rows) {
    if (row.notBefore > desk.now()) {
      await desk.write(unwritten)
      await desk.wakeAt(row.notBefore)
      return 'wait'
    }
    if (row.state !== 'queued' && row.state !== 'held') {
      await desk.write(unwritten)
      return settle(desk, known, row)
    }
    const marked = await desk.write([
      ...unwritten,
      ...markSending(desk.ports.db, known.seat.tenant.id, row, desk.now()),
    ])
    unwritten = []
    if (marked.at(-1) !== 1) return 'more' // Cancelled or held meanwhile: look again at what there is.
    const sending: Transaction = {
      ...row,
      state: 'sending',
      attempts: row.attempts + 1,
      rowVersion: row.rowVersion + 1,
    }
    const outcome = await send(desk, known, sending)
    if (outcome.kind === 'denied') return denied(desk, known, sending, outcome)
    const step = afterSending(sending, outcome, desk.now())
    unwritten = written(desk, known, sending, step)
    if (step.state === 'delivered' || step.state === 'failed') continue
    await desk.write(unwritten)
    return 'more'
  }
  await desk.write(unwritten)
  return 'more'
}

/** Something that a crash left in sending, or whose answer was lost: find out what became of it before anything else goes. */
async function settle(desk: Desk, known: Known, transaction: Transaction): Promise<'more' | 'wait'> {
  const step =
    transaction.state === 'sending' ? afterInterruption(transaction, desk.now()) : await look(desk, known, transaction)
  await desk.write(written(desk, known, transaction, step))
  return 'more'
}

function written(desk: Desk, { seat }: Known, transaction: Transaction, step: Step): Statement[] {
  const { db } = desk.ports
  const now = desk.now()
  const counts = { delivered: step.state === 'delivered' ? 1 : 0, failed: step.state === 'failed' ? 1 : 0 }
  return [
    ...writeStep(db, seat.tenant.id, transaction, step, now),
    ...(counts.delivered + counts.failed > 0
      ? [countInHour(db, seat.tenant.id, seat.integration.id, now, counts)]
      : []),
    ...(counts.delivered > 0 ? [deliveredNow(db, seat.tenant.id, seat.connection.id, now)] : []),
  ]
}

async function send(desk: Desk, known: Known, transaction: Transaction): Promise<SendOutcome> {
  const { bookingKind, administration, payload } = transaction
  const request = known.provider.write(bookingKind, administration, payload)
  const called = await call(desk, known, request, 'delivery')
  const now = (await desk.load(known.seat.tenant.id)) ?? known
  return outcomeOf(now, transaction, called, desk.now())
}

/** Read what a call says of a booking; what cannot be told is lost, and is looked for before it is sent again (P46). */
export function outcomeOf(known: Known, transaction: Transaction, called: Called, now: number): SendOutcome {
  if (called.kind === 'lost') return { kind: 'lost', words: called.words, status: null }
  if (called.kind === 'not_sent') return notSent(called.failure, now)
  const { answer, diagnosis } = called
  const { status } = answer
  switch (diagnosis.kind) {
    case 'fine': {
      const providerId = known.provider.readWritten(transaction.bookingKind, answer)
      return providerId === null
        ? { kind: 'lost', words: answer.body.slice(0, 500), status }
        : { kind: 'written', providerId, status }
    }
    case 'refused':
      return { kind: 'refused', words: diagnosis.words, status }
    case 'unclear':
      return { kind: 'lost', words: diagnosis.words, status }
    case 'rate_limited':
      return {
        kind: 'not_sent',
        for: 'rate_limit',
        until: diagnosis.until ?? now + MINUTE,
        words: diagnosis.words,
        status,
      }
    case 'unauthorized':
      return { kind: 'not_sent', for: 'provider', until: tokenAgainAt(known, now), words: diagnosis.words, status }
    case 'denied':
      return { kind: 'denied', missing: [missingOf(known, transaction, diagnosis)], words: diagnosis.words, status }
  }
}

const tokenAgainAt = ({ held, provider }: Known, now: number): number =>
  held === null ? now : Math.max(now + SECOND, refreshAllowedFrom(held.current, provider.definition.oauth))

function notSent(failure: Failure, now: number): SendOutcome {
  const base = { kind: 'not_sent', words: '', status: null } as const
  switch (failure.kind) {
    case 'provider_rate_limited':
      return { ...base, for: 'rate_limit', until: failure.retryAt }
    case 'provider_error_budget':
      return { ...base, for: 'error_budget', until: failure.retryAt }
    case 'provider_unreachable':
      return { ...base, for: 'provider', until: Math.max(failure.retryAt, now + SECOND) }
    default:
      return { ...base, for: 'provider', until: now + MINUTE }
  }
}

type Denied = Extract<SendOutcome, { kind: 'denied' }>
type Denial = Extract<Diagnosis, { kind: 'denied' }>

const writeNeed = ({ provider }: Known, transaction: Transaction): Need | undefined =>
  provider.needs(transaction.bookingKind)?.find(need => need.action !== 'GET')

function missingOf(known: Known, transaction: Transaction, { layer, cause, words }: Denial): Denied['missing'][number] {
  const need = writeNeed(known, transaction)
  const { administration } = transaction
  return { layer, cause, words, administration, resource: need?.resource ?? '*', action: need?.action ?? 'POST' }
}

/** A right is missing that was thought to be there: remember it, hold what depends on it, and ask the provider what it is. */
async function denied(desk: Desk, known: Known, transaction: Transaction, outcome: Denied): Promise<'more' | 'wait'> {
  const { db } = desk.ports
  const { tenant, integration } = known.seat
  const now = desk.now()
  const learned: RightObserved[] = outcome.missing.map(({ layer, cause, words = '', ...right }) => ({
    ...right,
    observation: { by: 'delivery', layer, cause, words, probed: null },
    observedAt: now,
  }))
  const changed = await desk.change(tenant.id, latest => ({
    rights: learned,
    also: [
      ...writeStep(db, tenant.id, transaction, afterSending(transaction, outcome, now), now),
      ...holdQueued(db, tenant.id, integration.id, transaction.bookingKind, outcome.missing, now),
      countInHour(db, tenant.id, integration.id, now, { held: 1 }),
      ...desk.signal(latest, 'rights_lost', outcome.words),
    ],
  }))
  if (changed !== null) await probe(desk, changed, 'missing')
  return 'more'
}
