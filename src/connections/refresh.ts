import { MINUTE, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ProviderAnswer, TokenDiagnosis } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { isLive, type TroubleKind } from './connection.ts'
import { type Credential, fallBack, freshness, keepAliveAt, refreshAllowedFrom, take } from './credential.ts'
import { clearJournal, noteAnswer, noteIntent, type RefreshJournal, readRefreshJournal } from './journal.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint, type TokenReply } from './token-endpoint.ts'

const LONGEST_BACK_OFF = 10 * MINUTE

/**
 * Exchange the refresh token for a new credential: intent, ask, journal, save, clear. Run only as the one refresh in
 * flight. An unclear answer keeps the old token and backs off; a final one falls back once on the previous credential
 * and then ends in `reconnect_required`.
 */
export async function refresh(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  const { held } = known
  if (held === null) return fail({ kind: 'not_connected' })
  const intent = { refreshToken: held.current.refreshToken, askedAt: desk.now() }
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
  const intent = { refreshToken: journal.refreshToken ?? '', askedAt: journal.askedAt }
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
  return refresh(desk, known)
}

type Intent = { refreshToken: string; askedAt: number }

async function ask(desk: Desk, known: Known, intent: Intent): Promise<TokenReply> {
  const { app } = known.seat
  const grant = { grantType: 'refresh_token' as const, parameters: { refresh_token: intent.refreshToken } }
  const rescue = (answer: ProviderAnswer) =>
    noteAnswer(desk, known, intent.askedAt, intent.refreshToken, answer, desk.now())
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
  if (fresh !== null) return keep(desk, known, fresh)
  return notGiven(desk, known, intent, known.provider.diagnoseToken(reply.answer))
}

/** Save a fresh credential; if libSQL is away, go on with it from memory: the journal keeps it until it can be saved (P5). */
export async function keep(desk: Desk, known: Known, fresh: Credential): Promise<Result<Credential, Failure>> {
  desk.tokenBackOff = { failures: 0, until: 0 }
  const { oauth } = known.provider.definition
  try {
    const saved = await desk.change(known.seat.tenant.id, now => {
      if (now.held === null) return null // Disconnected while the refresh ran: what came in late is dropped (P20).
      const held = take(now.held, fresh)
      const recovered = now.seat.connection.state === 'degraded'
      return {
        held,
        connection: {
          ...(recovered ? { state: 'active' as const, trouble: null } : {}),
          accessExpiresAt: held.current.expiresAt,
          lastRefreshAt: fresh.receivedAt,
          dueAt: keepAliveAt(held.current, oauth),
        },
        also: desk.signal(now, recovered ? 'recovered' : 'refreshed'),
      }
    })
    await clearJournal(desk)
    return saved?.held ? usable(desk, saved) : fail({ kind: 'not_connected' })
  } catch (error) {
    desk.ports.report('A fresh credential waits in the journal', error)
    if (known.held !== null) desk.assume(known, take(known.held, fresh))
    await desk.wakeAt(desk.now() + 5 * SECOND)
    return ok(fresh)
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
      desk.tokenBackOff = { ...desk.tokenBackOff, until: desk.now() + 5 * SECOND }
      await clearJournal(desk)
      return usable(desk, known)
    case 'rate_limited':
      await clearJournal(desk)
      desk.tokenBackOff = { ...desk.tokenBackOff, until: said.until ?? desk.now() + MINUTE }
      return usable(desk, known)
    case 'code_refused':
    case 'app_refused':
      return appRefused(desk, known, said.words)
    case 'unclear':
      return unclear(desk, known, said.words)
    case 'dead':
      return dead(desk, known, intent, TROUBLE_OF[said.cause], said.words)
  }
}

const TROUBLE_OF: Record<Extract<TokenDiagnosis, { kind: 'dead' }>['cause'], TroubleKind> = {
  reused: 'chain_reused',
  expired: 'chain_expired',
  broken_chain: 'chain_broken',
  revoked: 'consent_revoked',
}

/** Nobody knows what became of the refresh token: try the same one again, later each time. */
async function unclear(desk: Desk, known: Known, words: string): Promise<Result<Credential, Failure>> {
  const failures = desk.tokenBackOff.failures + 1
  const until = desk.now() + Math.min(LONGEST_BACK_OFF, SECOND * 2 ** (failures - 1))
  desk.tokenBackOff = { failures, until }
  await desk.wakeAt(until)
  return troubled(desk, known, 'token_unclear', words)
}

async function appRefused(desk: Desk, known: Known, words: string): Promise<Result<Credential, Failure>> {
  desk.tokenBackOff = { failures: desk.tokenBackOff.failures + 1, until: desk.now() + LONGEST_BACK_OFF }
  await clearJournal(desk)
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

/** The chain asked with is over: fall back on the credential it replaced, or say that someone must sign in again. */
async function dead(
  desk: Desk,
  known: Known,
  intent: Intent,
  cause: TroubleKind,
  words: string,
): Promise<Result<Credential, Failure>> {
  const changed = await desk.change(known.seat.tenant.id, now => {
    if (now.held === null || now.held.current.refreshToken !== intent.refreshToken) return null // A newer one came in meanwhile.
    const other = fallBack(now.held)
    if (other !== null) return { held: other }
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
  if (state === 'reconnect_required') return fail({ kind: 'reconnect_required', cause: trouble?.kind ?? cause })
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
    : fail({ kind: 'provider_unreachable', retryAt: Math.max(desk.tokenBackOff.until, desk.now()) })
}
