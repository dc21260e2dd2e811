import type { Failure } from '../failure.ts'
import type { Html } from '../http/document.tsx'
import type { HttpPorts } from '../http/ports.ts'
import { providerNamed } from '../providers/catalog.ts'
import { fail, ok, type Result } from '../result.ts'
import { explain, explainWarning } from '../rights/remedy.ts'
import type { Judged } from '../seats/rpc.ts'
import { loadSeat } from '../seats/store.ts'
import { type Locale, wordsIn } from '../words/words.ts'
import { connectedPage } from './connected-page.tsx'
import type { ConnectLink } from './link-store.ts'

/** What a consent led to: who sits there now, and the verdict on each kind of booking. */
export type Consented = { username: string; verdicts: Judged[] }

/** Ask the seat anew, for who has just mended something; it asks the provider at most every ten seconds. */
export async function judgeAgain({ db, seatOf }: HttpPorts, link: ConnectLink): Promise<Result<Consented, Failure>> {
  const { tenantId, integrationId } = link
  const seat = await loadSeat(db, tenantId, integrationId, 'target')
  if (seat === null || seat.integration.endedAt !== null) return fail({ kind: 'link_expired' })
  const verdicts: Judged[] = []
  for (const kind of seat.integration.bookingKinds) {
    const judged = await seatOf(integrationId).preflight(tenantId, kind, null)
    if (!judged.ok) return judged
    verdicts.push(judged.value)
  }
  return ok({ username: seat.connection.username ?? '', verdicts })
}

/** Say what a consent led to: who sits there, what is missing, and how to mend it. */
export async function resultPage(
  { db }: HttpPorts,
  link: ConnectLink,
  { username, verdicts }: Consented,
  locale: Locale,
  checkUrl: string | null,
): Promise<Html> {
  const seat = await loadSeat(db, link.tenantId, link.integrationId, 'target')
  if (seat === null) throw new Error(`The seat of ${link.integrationId} is gone`)
  const words = wordsIn(locale)
  const about = { registration: seat.app.registration, username, accountancy: null }
  return connectedPage({
    locale,
    integration: seat.integration.label,
    provider: providerNamed(seat.app.provider)?.definition.title ?? seat.app.provider,
    administration: { number: seat.administration.externalId, name: seat.administration.name },
    username,
    verdict: worst(verdicts),
    missing: once(verdicts.flatMap(judged => judged.missing)).map(missing => explain(missing, about, words)),
    doubts: once(verdicts.flatMap(judged => judged.doubts)).map(doubt => explain(doubt, about, words)),
    warnings: seat.connection.warnings.map(warning => explainWarning(warning, about, words)),
    checkUrl,
    doneUrl: seat.app.baseUrl,
  })
}

const worst = (verdicts: readonly Judged[]): Judged['verdict'] =>
  (['denied', 'unknown'] as const).find(verdict => verdicts.some(judged => judged.verdict === verdict)) ?? 'allowed'

/** Several booking kinds miss the same right: say it once. */
function once<T>(items: readonly T[]): T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()]
}
