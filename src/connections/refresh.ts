import { MINUTE, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ProviderAnswer, TokenDiagnosis } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Change, Desk, Known } from '../seats/desk.ts'
import { isLive, type TroubleKind } from './connection.ts'
import {
  type Credential,
  fallBack,
  freshness,
  keepAliveAt,
  refreshAllowedFrom,
  SKEW_SECONDS,
  take,
} from './credential.ts'
import {
  backOff,
  backOffOf,
  calm,
  clearJournal,
  forgetAnswer,
  noteAnswer,
  noteIntent,
  type RefreshJournal,
  readRefreshJournal,
} from './journal.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint, type TokenReply } from './token-endpoint.ts'

const LONGEST_BACK_OFF = 10 * MINUTE

/** What is asked with, and whose it is. `again`: nobody knows whether it was used before. */
type Intent = { refreshToken: string; user: string | null; askedAt: number; again: boolean }

/**
 * Exchange the refresh token for a new credential: intent, ask, journal, save, clear. Run only as the one refresh in
 * flight. An unclear answer keeps the old token and backs off; a final one falls back once on the previous credential
 * and then ends in `reconnect_required`.
 */
export async function refresh(desk: Desk, known: Known, again = false): Promise<Result<Credential, Failure>> {
  const { held, seat } = known
  if (held === null) return fail({ kind: 'not_connected' })
  if (desk.now() < (await backOffOf(desk)).until) return usable(desk, known)
  const user = seat.connection.providerUserId
  const intent = { refreshToken: held.current.refreshToken, user, askedAt: desk.now(), again }
  await noteIntent(desk, intent.askedAt)
  const reply = await ask(desk, known, intent)
  return settle(desk, known, intent, reply, desk.now())
}

/**
 * Finish what a crash or an outage interrupted: save a journalled answer, or ask once more with the stored token where
 * an intent has no answer. Does nothing when the journal is empty.
 */
export async function resumeRefresh(desk: Desk, known: Known): Promise<Result<Credential, Failure> | null> {
  const journal = await readRefreshJournal(desk, known)
  if (journal === null) return null
  if (journal.answer === null) return resumeIntent(desk, known, journal)
  const { askedAt, user, refreshToken } = journal
  const intent = { refreshToken: refreshToken ?? '', user, askedAt, again: false }
  return settle(desk, known, intent, { kind: 'answered', answer: journal.answer }, journal.receivedAt ?? desk.now())
}

async function resumeIntent(
  desk: Desk,
  known: Known,
  journal: RefreshJournal,
): Promise<Result<Credential, Failure> | null> {
  if (known.held === null || known.held.current.aliveAt > journal.askedAt) {
    await clearJournal(desk)
    return null
  }
  return refresh(desk, known, true)
}

/** When this seat refreshes by itself: an idle chain in good time (P9), one in trouble as soon as the provider may say more. */
export function refreshDueAt(desk: Desk, { seat, held, provider }: Known): number {
  if (held === null) return Number.POSITIVE_INFINITY
  const { oauth } = provider.definition
  const idle = keepAliveAt(held.current, oauth)
  const due = seat.connection.state === 'degraded' ? Math.min(idle, refreshAllowedFrom(held.current, oauth)) : idle
  return Math.max(due, desk.tokenBackOff?.until ?? 0)
}

async function ask(desk: Desk, known: Known, intent: Intent): Promise<TokenReply> {
  const { app } = known.seat
  const grant = { grantType: 'refresh_token' as const, parameters: { refresh_token: intent.refreshToken } }
  const rescue = (answer: ProviderAnswer) => noteAnswer(desk, known, intent, answer, desk.now())
  const secret = await secretOf(desk.ports.vault, app)
  return askTokenEndpoint(app, secret, known.provider.definition.oauth, grant, desk.ports.fetch, rescue)
}

async function settle(
  desk: Desk,
  known: Known,
  intent: Intent,
  reply: TokenReply,
  receivedAt: number,
): Promise<Result<Credential, Failure>> {
  if (reply.kind === 'unreachable') return unclear(desk, known, reply.words)
  const { oauth } = known.provider.definition
  const times = { aliveAt: intent.askedAt, receivedAt }
  const fresh = credentialFrom(reply.answer, oauth, times, intent.refreshToken)
  if (fresh !== null) return keep(desk, known, intent, fresh)
  return notGiven(desk, known, intent, known.provider.diagnoseToken(reply.answer))
}

/** Save a fresh credential; if libSQL is away, go on with it from memory: the journal keeps it until it can be saved (P5). */
async function keep(desk: Desk, known: Known, intent: Intent, fresh: Credential): Promise<Result<Credential, Failure>> {
  const { tenant } = known.seat
  try {
    const saved = await desk.change(tenant.id, now => taken(desk, now, intent, fresh))
    await clearJournal(desk)
    await calm(desk)
    return saved === null ? fail({ kind: 'not_connected' }) : usable(desk, saved)
  } catch (error) {
    desk.ports.report('A fresh credential waits in the journal', error)
    await desk.wakeAt(desk.now() + 5 * SECOND)
    const now = await desk.load(tenant.id)
    const held = now === null ? null : (taken(desk, now, intent, fresh)?.held ?? null)
    if (now === null || held === null) return fail({ kind: 'not_connected' })
    desk.assume(now, held)
    return usable(desk, { ...now, held })
  }
}

/** Take a fresh credential in, unless the seat was freed (P20) or given to another user while the refresh ran. */
function taken(desk: Desk, now: Known, intent: Intent, fresh: Credential): Change | null {
  if (now.held === null || now.seat.connection.providerUserId !== intent.user) return null
  const held = take(now.held, fresh)
  const recovered = now.seat.connection.state === 'degraded'
  return {
    held,
    connection: {
      ...(recovered ? { state: 'active' as const, trouble: null } : {}),
      accessExpiresAt: held.current.expiresAt,
      lastRefreshAt: fresh.receivedAt,
      dueAt: keepAliveAt(held.current, now.provider.definition.oauth),
    },
    also: desk.signal(now, recovered ? 'recovered' : 'refreshed'),
  }
}

async function notGiven(
  desk: Desk,
  known: Known,
  intent: Intent,
  said: TokenDiagnosis,
): Promise<Result<Credential, Failure>> {
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
async function unclear(
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
  const changed = await desk.change(known.seat.tenant.id, now => {
    const also = desk.signal(now, kind === 'app_refused' ? 'app_refused' : 'refresh_unclear', words)
    const good = now.held !== null && freshness(now.held.current, now.provider.definition.oauth, since) !== 'expired'
    if (good || !isLive(now.seat.connection.state)) return { also }
    return { connection: { state: 'degraded', trouble: now.seat.connection.trouble ?? { kind, words, since } }, also }
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
async function dead(desk: Desk, known: Known, intent: Intent, said: Dead): Promise<Result<Credential, Failure>> {
  const { words } = said
  const changed = await desk.change(known.seat.tenant.id, now => {
    if (now.held === null || now.held.current.refreshToken !== intent.refreshToken) return null // A newer one came in meanwhile.
    const other = fallBack(now.held)
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
  const due = refreshAllowedFrom(changed.held.current, changed.provider.definition.oauth) <= desk.now()
  const again = due && changed.held.current.refreshToken !== intent.refreshToken
  return again ? refresh(desk, changed) : usable(desk, changed)
}

/** Hand out the current access token if it may still be used, else say when to try again. */
export function usable(desk: Desk, { held, provider }: Known): Result<Credential, Failure> {
  if (held === null) return fail({ kind: 'not_connected' })
  const good = freshness(held.current, provider.definition.oauth, desk.now()) !== 'expired'
  return good
    ? ok(held.current)
    : fail({ kind: 'provider_unreachable', retryAt: Math.max(desk.tokenBackOff?.until ?? 0, desk.now()) })
}
