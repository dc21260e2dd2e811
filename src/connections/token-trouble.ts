import { MINUTE, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { TokenDiagnosis } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Change, Desk, Known } from '../seats/desk.ts'
import { isLive, type TroubleKind } from './connection.ts'
import { type Credential, fallBack, freshness, SKEW_SECONDS } from './credential.ts'
import { backOff, backOffOf, clearJournal, forgetAnswer } from './journal.ts'

const LONGEST_BACK_OFF = 10 * MINUTE

/** What is asked with, and whose it is. `again`: nobody knows whether it was used before. */
export type Intent = { refreshToken: string; user: string | null; askedAt: number; again: boolean }

/** Act on an answer that gave no token, by what the provider says and not by its status (P8). */
export async function notGiven(
  desk: Desk,
  known: Known,
  intent: Intent,
  said: TokenDiagnosis,
): Promise<Result<Credential, Failure> | 'fallen_back'> {
  switch (said.kind) {
    case 'too_early':
      await clearJournal(desk)
      return tooEarly(desk, known)
    case 'rate_limited':
      await clearJournal(desk)
      return unclear(desk, known, said.words, said.until ?? desk.now() + MINUTE)
    case 'code_refused':
    case 'app_refused':
      await clearJournal(desk)
      return appRefused(desk, known, said.words)
    case 'unclear':
      await forgetAnswer(desk, intent.askedAt)
      return unclear(desk, known, said.words)
    case 'dead':
      return dead(desk, known, intent, said)
  }
}

/** Not a failure: the token in use goes on, and the provider is asked again when it is over (P8). */
async function tooEarly(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  const good = usable(desk, known)
  const until = good.ok ? good.value.expiresAt - SKEW_SECONDS * SECOND : desk.now() + 30 * SECOND
  await backOff(desk, { ...(await backOffOf(desk)), until })
  return good
}

/** Nobody knows what became of the refresh token: try the same one again, later each time. */
export async function unclear(
  desk: Desk,
  known: Known,
  words: string,
  notBefore = 0,
): Promise<Result<Credential, Failure>> {
  const failures = (await backOffOf(desk)).failures + 1
  const until = Math.max(notBefore, desk.now() + Math.min(LONGEST_BACK_OFF, SECOND * 2 ** (failures - 1)))
  await backOff(desk, { failures, until })
  await desk.wakeAt(until)
  return troubled(desk, known, 'token_unclear', words)
}

async function appRefused(desk: Desk, known: Known, words: string): Promise<Result<Credential, Failure>> {
  const until = desk.now() + LONGEST_BACK_OFF
  await backOff(desk, { failures: (await backOffOf(desk)).failures + 1, until })
  await desk.wakeAt(until)
  return troubled(desk, known, 'app_refused', words)
}

/** Note trouble that may pass; the access token is still good until its end. */
async function troubled(
  desk: Desk,
  known: Known,
  kind: 'token_unclear' | 'app_refused',
  words: string,
): Promise<Result<Credential, Failure>> {
  const since = desk.now()
  const decide = (now: Known): Change => {
    const also = desk.signal(now, kind === 'app_refused' ? 'app_refused' : 'refresh_unclear', words)
    const good = now.held !== null && freshness(now.held.current, now.provider.definition.oauth, since) !== 'expired'
    if (good || !isLive(now.seat.connection.state)) return { also }
    return { connection: { state: 'degraded', trouble: now.seat.connection.trouble ?? { kind, words, since } }, also }
  }
  const changed = await desk.change(known.seat.tenant.id, decide).catch(error => {
    desk.ports.report('Trouble with a token cannot be noted', error)
    return known // A token that is still good is handed out all the same.
  })
  const refused = kind === 'app_refused' && changed?.seat.connection.state === 'degraded'
  if (refused) return fail({ kind: 'provider_app_refused', words })
  return changed === null ? fail({ kind: 'not_connected' }) : usable(desk, changed)
}

type Dead = Extract<TokenDiagnosis, { kind: 'dead' }>

const TROUBLE_OF: Record<Dead['cause'], TroubleKind> = {
  reused: 'chain_reused',
  expired: 'chain_expired',
  broken_chain: 'chain_broken',
  revoked: 'consent_revoked',
}

/** Say why a chain is over, as far as what went before tells more than the provider does. */
function causeOf(now: Known, intent: Intent, { cause }: Dead): TroubleKind {
  if (cause === 'expired') return 'chain_expired'
  if (now.seat.connection.trouble?.kind === 'access_refused') return 'consent_revoked'
  return intent.again && cause !== 'revoked' ? 'chain_lost' : TROUBLE_OF[cause]
}

/** The chain asked with is over: fall back on the credential it replaced, or say that someone must sign in again. */
async function dead(
  desk: Desk,
  known: Known,
  intent: Intent,
  said: Dead,
): Promise<Result<Credential, Failure> | 'fallen_back'> {
  const { words } = said
  let fallen = false
  const changed = await desk.change(known.seat.tenant.id, now => {
    fallen = false
    if (now.held === null || now.held.current.refreshToken !== intent.refreshToken) return null // A newer one came in meanwhile.
    const other = fallBack(now.held)
    fallen = other !== null
    if (other !== null) return { held: other }
    const cause = causeOf(now, intent, said)
    return {
      connection: { state: 'reconnect_required', trouble: { kind: cause, words, since: desk.now() }, dueAt: null },
      also: [
        ...desk.signal(now, 'reconnect_required', words),
        desk.audit(now, 'zetel', 'connection.reconnect_required', { cause }),
      ],
    }
  })
  await clearJournal(desk)
  if (changed?.held == null) return fail({ kind: 'not_connected' })
  const { state, trouble } = changed.seat.connection
  if (state === 'reconnect_required')
    return fail({ kind: 'reconnect_required', cause: trouble?.kind ?? TROUBLE_OF[said.cause] })
  return fallen ? 'fallen_back' : usable(desk, changed)
}

/** Hand out the current access token if it may still be used, else say when to try again. */
export function usable(desk: Desk, { held, provider }: Known): Result<Credential, Failure> {
  if (held === null) return fail({ kind: 'not_connected' })
  const good = freshness(held.current, provider.definition.oauth, desk.now()) !== 'expired'
  return good
    ? ok(held.current)
    : fail({ kind: 'provider_unreachable', retryAt: Math.max(desk.tokenBackOff?.until ?? 0, desk.now()) })
}
