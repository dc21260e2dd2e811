import type { Statement } from '../../db/open.ts'
import { preflight } from '../rights/preflight.ts'
import { standingOf } from '../rights/probe.ts'
import type { BookingKind, Verdict } from '../rights/right.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { queueHeld, renameMissing } from './queue-store.ts'

/**
 * Queue the held transactions whose booking kinds nothing stands in the way of any more, in their old order, and say anew
 * what the others wait for. Written in the same batch as the rights themselves, so that nothing newer overtakes them (P50).
 */
export function release(desk: Desk, known: Known): Statement[] {
  const { seat } = known
  const { db } = desk.ports
  return seat.integration.bookingKinds.flatMap(kind => {
    const verdict = verdictOn(known, kind)
    return mayGo(verdict, seat.integration.strict)
      ? queueHeld(db, seat.tenant.id, seat.integration.id, kind, desk.now())
      : renameMissing(db, seat.tenant.id, seat.integration.id, kind, standsInTheWay(verdict))
  })
}

/** The booking kinds of an integration that nothing stands in the way of, as far as is known now. */
export const kindsThatMayGo = (known: Known): BookingKind[] =>
  known.seat.integration.bookingKinds.filter(kind => mayGo(verdictOn(known, kind), known.seat.integration.strict))

const verdictOn = (known: Known, kind: BookingKind): Verdict =>
  preflight(standingOf(known), known.provider.needs(kind), known.seat.administration.externalId)

/** Tell whether a booking with this verdict is queued: what could not be proven is, unless the integration is strict. */
export const mayGo = ({ verdict }: Verdict, strict: boolean): boolean =>
  verdict === 'allowed' || (verdict === 'unknown' && !strict)

/** What a held booking waits for: what is missing, or for a strict integration what could not be proven. */
export const standsInTheWay = (verdict: Verdict): Verdict['missing'] =>
  verdict.missing.length > 0 ? verdict.missing : verdict.doubts
