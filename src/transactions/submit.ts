import type { Failure, InvalidField } from '../failure.ts'
import { newId } from '../id.ts'
import type { JsonObject, PreparedBooking } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import { preflight } from '../rights/preflight.ts'
import { standingOf } from '../rights/probe.ts'
import type { BookingKind } from '../rights/right.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { mayGo, standsInTheWay } from './release.ts'
import { insertHeld, insertTransaction, transactionByKey } from './store.ts'
import type { Acceptance } from './transaction.ts'
import { readUbl } from './ubl.ts'

/** A booking as it comes in. `requestHash` tells whether a repeated key carries the same request. */
export type Submission = {
  bookingKind: BookingKind
  reference: string
  content: { payload: JsonObject } | { document: { format: 'ubl'; content: string } }
  idempotencyKey: string
  requestHash: string
  onDenied: 'hold' | 'reject'
}

/**
 * Take a booking in: check it, judge it, keep it in one insert. The answer means it is durable (P42). The same key gives
 * the first answer again (P43); a booking that rights forbid is held, or refused and not kept where the caller says so.
 */
export async function submit(desk: Desk, known: Known, submission: Submission): Promise<Result<Acceptance, Failure>> {
  const { seat, provider } = known
  const prepared = prepare(known, submission)
  if (!prepared.ok) return repeated(desk, known, submission, prepared.failure)
  const verdict = preflight(standingOf(known), provider.needs(submission.bookingKind), seat.administration.externalId)
  const queued = mayGo(verdict, seat.integration.strict)
  if (!queued && submission.onDenied === 'reject')
    return repeated(desk, known, submission, { kind: 'rights_missing', missing: standsInTheWay(verdict) })
  const { clock, random, db } = desk.ports
  const at = desk.now()
  const id = newId('txn', clock, random)
  const acceptance: Acceptance = { id, state: queued ? 'queued' : 'held', ...verdict }
  const transaction = {
    tenantId: seat.tenant.id,
    id,
    integrationId: seat.integration.id,
    bookingKind: submission.bookingKind,
    administration: seat.administration.externalId,
    reference: submission.reference,
    ...prepared.value,
    state: acceptance.state,
    missing: queued ? [] : standsInTheWay(verdict),
    doubts: verdict.doubts,
    acceptance,
    idempotencyKey: submission.idempotencyKey,
    requestHash: submission.requestHash,
    notBefore: 0,
    acceptedAt: at,
  }
  const inserted = queued
    ? await insertTransaction(db, transaction)
    : (await desk.write(insertHeld(db, transaction)))[0] === 1
  if (!inserted) return repeated(desk, known, submission, { kind: 'idempotency_key_reused' })
  await desk.wakeAt(at)
  return ok(acceptance)
}

/** Give the first answer to a repeated key, or what else there is to say. */
async function repeated(
  desk: Desk,
  { seat }: Known,
  submission: Submission,
  otherwise: Failure,
): Promise<Result<Acceptance, Failure>> {
  const first = await transactionByKey(desk.ports.db, seat.tenant.id, submission.idempotencyKey)
  if (first === null) return fail(otherwise)
  return first.requestHash === submission.requestHash ? ok(first.acceptance) : fail({ kind: 'idempotency_key_reused' })
}

const invalid = (...errors: InvalidField[]): Result<never, Failure> => fail({ kind: 'invalid', errors })

/** Check a submission as far as it can be without the provider, and make of it what will be sent. */
export function prepare({ seat, provider }: Known, submission: Submission): Result<PreparedBooking, Failure> {
  const { bookingKind, reference, content } = submission
  if (!seat.integration.bookingKinds.includes(bookingKind))
    return invalid({ pointer: '/booking_kind', message: { kind: 'not_a_booking_kind_here' } })
  const payload =
    'payload' in content ? ok(content.payload) : fromDocument({ seat, provider }, bookingKind, content.document.content)
  if (!payload.ok) return payload
  const prepared = provider.prepare(bookingKind, reference, payload.value)
  if (prepared.ok) return prepared
  const base = 'payload' in content ? '/payload' : '/document'
  return invalid(...prepared.failure.map(error => ({ ...error, pointer: base + error.pointer })))
}

function fromDocument(
  { seat, provider }: Pick<Known, 'seat' | 'provider'>,
  kind: BookingKind,
  xml: string,
): Result<JsonObject, Failure> {
  if (kind !== 'sales-entry') return invalid({ pointer: '/booking_kind', message: { kind: 'not_a_booking_kind_here' } })
  const { bookkeeping } = seat.integration
  if (bookkeeping === null) return invalid({ pointer: '/document', message: { kind: 'no_bookkeeping' } })
  const document = readUbl(xml)
  if (!document.ok) return invalid({ pointer: '/document/content', message: document.failure })
  const payload = provider.fromDocument(document.value, bookkeeping)
  return payload.ok ? payload : invalid(...payload.failure)
}
