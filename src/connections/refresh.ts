import { SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ProviderAnswer } from '../providers/provider.ts'
import { fail, type Result } from '../result.ts'
import type { Change, Desk, Known } from '../seats/desk.ts'
import { type Credential, keepAliveAt, refreshAllowedFrom, take } from './credential.ts'
import {
  backOffOf,
  calm,
  clearJournal,
  noteAnswer,
  noteIntent,
  type RefreshJournal,
  readRefreshJournal,
} from './journal.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint, type TokenReply } from './token-endpoint.ts'
import { type Intent, notGiven, unclear, usable } from './token-trouble.ts'

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
  try {
    await noteIntent(desk, intent.askedAt)
  } catch (error) {
    desk.ports.report('Not refreshed: the intent cannot be written down', error)
    return usable(desk, known)
  }
  const { reply, receivedAt } = await ask(desk, known, intent)
  return settle(desk, known, intent, reply, receivedAt)
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

async function ask(desk: Desk, known: Known, intent: Intent): Promise<{ reply: TokenReply; receivedAt: number }> {
  const { app } = known.seat
  const grant = { grantType: 'refresh_token' as const, parameters: { refresh_token: intent.refreshToken } }
  let receivedAt = intent.askedAt
  const rescue = (answer: ProviderAnswer) => {
    receivedAt = desk.now()
    return noteAnswer(desk, known, intent, answer, receivedAt)
  }
  const secret = await secretOf(desk.ports.vault, app)
  const reply = await askTokenEndpoint(app, secret, known.provider.definition.oauth, grant, desk.ports.fetch, rescue)
  return { reply, receivedAt }
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
  const settled = await notGiven(desk, known, intent, known.provider.diagnoseToken(reply.answer))
  return settled === 'fallen_back' ? tryPrevious(desk, known) : settled
}

/** Go on with the credential that the dead one had replaced. */
async function tryPrevious(desk: Desk, before: Known): Promise<Result<Credential, Failure>> {
  const known = await desk.load(before.seat.tenant.id)
  if (known?.held == null) return fail({ kind: 'not_connected' })
  const due = refreshAllowedFrom(known.held.current, known.provider.definition.oauth) <= desk.now()
  return due ? refresh(desk, known) : usable(desk, known)
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
