import { runBatch, type Statement } from '../../db/open.ts'
import { MINUTE, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ConnectLinkId } from '../id.ts'
import type { Identity } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import { adopt } from '../seats/adopt.ts'
import { claim } from '../seats/claim.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { type Sitting, whoSits } from '../seats/store.ts'
import { put } from './call.ts'
import type { Credential } from './credential.ts'
import { type ConsentJournal, clearConsent, noteConsent, readConsent } from './journal.ts'
import { finishLink, linkOf, restLink, type WorkedLink } from './link-store.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint } from './token-endpoint.ts'

/** Who sits on the seat now, after a consent. */
export type Connected = { username: string }

/**
 * Turn a consent into a taken seat: exchange the code, identify the user, claim the seat. The answer is journalled
 * before it is read, so that a crash at any instant is finished by the next start. A user who sits elsewhere connects
 * nothing new: the fresh credential is handed to the seat that owns the user, which the provider has just cut off.
 */
export async function connect(
  desk: Desk,
  known: Known,
  linkId: ConnectLinkId,
  code: string,
): Promise<Result<Connected, Failure>> {
  const consent: ConsentJournal = { linkId, askedAt: desk.now(), answer: null, receivedAt: null }
  await noteConsent(desk, known, consent)
  await desk.wakeAt(desk.now() + MINUTE)
  const { app } = known.seat
  const reply = await askTokenEndpoint(
    app,
    await secretOf(desk.ports.vault, app),
    known.provider.definition.oauth,
    {
      grantType: 'authorization_code',
      parameters: { code, redirect_uri: redirectUri(desk.ports.settings.origin) },
    },
    desk.ports.fetch,
    answer => noteConsent(desk, known, { ...consent, answer, receivedAt: desk.now() }),
  )
  if (reply.kind === 'answered') return finishConsent(desk, known)
  await abandon(desk, known, linkId)
  return fail({ kind: 'provider_unreachable', retryAt: desk.now() })
}

export const redirectUri = (origin: string): string => `${origin}/oauth/callback`

/**
 * Finish the consent in the journal: after an exchange, or after a crash. A consent whose exchange has no answer is
 * over: a code is good for one exchange only. Gives `not_found` when there is nothing to finish.
 */
export async function finishConsent(desk: Desk, known: Known): Promise<Result<Connected, Failure>> {
  const consent = await readConsent(desk, known)
  if (consent === null) return fail({ kind: 'not_found' })
  const link = await linkOf(desk.ports.db, known.seat.tenant.id, consent.linkId)
  if (consent.answer === null || link === null) {
    await abandon(desk, known, consent.linkId)
    return fail({ kind: 'code_refused', words: '' })
  }
  const at = { aliveAt: consent.askedAt, receivedAt: consent.receivedAt ?? consent.askedAt }
  const credential = credentialFrom(consent.answer, known.provider.definition.oauth, at, null)
  if (credential === null) {
    await abandon(desk, known, consent.linkId)
    const said = known.provider.diagnoseToken(consent.answer)
    return fail(
      said.kind === 'app_refused'
        ? { kind: 'provider_app_refused', words: said.words }
        : { kind: 'code_refused', words: said.words },
    )
  }
  return seat(desk, known, link, credential)
}

async function seat(
  desk: Desk,
  known: Known,
  link: WorkedLink,
  credential: Credential,
): Promise<Result<Connected, Failure>> {
  const identified = await identify(desk, known, link, credential)
  if (!identified.ok) return identified
  const { user, fresh } = identified.value
  const wrong = wrongUser(link, user)
  if (wrong !== null)
    return turnAway(desk, known, link, user, fresh, await whoSits(desk.ports.db, known.seat.app.id, user.userId), wrong)
  const finish = finishLink(desk.ports.db, known.seat.tenant.id, link.id, desk.now())
  const claimed = await claim(desk, known, user, fresh, `link:${link.id}`, [finish])
  if (!claimed.ok) return claimed
  if (claimed.value !== 'seated') return turnAway(desk, known, link, user, fresh, claimed.value)
  await clearConsent(desk)
  return ok({ username: user.username })
}

/**
 * Connect nothing: the user is not the one asked for, or sits elsewhere. Whoever owns the user gets the fresh
 * credential, for the provider has just replaced the chain that seat lived on.
 */
async function turnAway(
  desk: Desk,
  known: Known,
  link: WorkedLink,
  user: Identity,
  fresh: Credential,
  sitting: Sitting | null,
  otherwise: Failure = { kind: 'changed_meanwhile' },
): Promise<Result<never, Failure>> {
  const { seat } = known
  if (sitting !== null && sitting.integrationId === seat.integration.id) await adopt(desk, known, user.userId, fresh)
  else if (sitting !== null) await desk.ports.seatOf(sitting.integrationId).adopt(user.userId, sitting.tenantId, fresh)
  await abandon(
    desk,
    known,
    link.id,
    desk.audit(known, `link:${link.id}`, 'connection.refused', { username: user.username }),
  )
  if (sitting === null || sitting.integrationId === seat.integration.id) return fail(otherwise)
  const sameTenant = sitting.tenantId === seat.tenant.id
  return fail({ kind: 'user_already_seated', seatedAt: sameTenant ? sitting.integrationId : 'another_tenant' })
}

/**
 * Ask whose token this is. Being answered proves the chain alive at the moment of asking, which is what decides between
 * several consents of one user. Without an answer the consent stays in the journal and is tried again.
 */
async function identify(
  desk: Desk,
  known: Known,
  link: WorkedLink,
  credential: Credential,
): Promise<Result<{ user: Identity; fresh: Credential }, Failure>> {
  const askedAt = desk.now()
  const answer = await put(desk, known, known.provider.whoAmI(), credential)
  const user = typeof answer === 'string' ? null : known.provider.readIdentity(answer)
  if (user !== null) return ok({ user, fresh: { ...credential, aliveAt: askedAt } })
  const refused =
    typeof answer !== 'string' && known.provider.diagnose(known.provider.whoAmI(), answer).kind === 'unauthorized'
  if (refused || desk.now() >= credential.expiresAt) {
    await abandon(desk, known, link.id)
    return fail({ kind: 'identity_unreadable' })
  }
  await desk.wakeAt(desk.now() + 15 * SECOND)
  return fail({ kind: 'identity_unreadable' })
}

function wrongUser(link: WorkedLink, user: Identity): Extract<Failure, { kind: 'wrong_user' }> | null {
  const { expected } = link
  if (expected === null) return null
  const same = (a: string, b: string) => a !== '' && a.toLowerCase() === b.toLowerCase()
  const meant =
    expected.providerUserId === null
      ? same(expected.username, user.username) ||
        same(expected.email, user.email) ||
        same(expected.username, user.email)
      : expected.providerUserId === user.userId
  return meant ? null : { kind: 'wrong_user', expected: expected.username, signedIn: user.username }
}

/** Leave the link as it was for another try, and close the journal. */
async function abandon(desk: Desk, known: Known, linkId: ConnectLinkId, ...also: Statement[]): Promise<void> {
  await runBatch(desk.ports.db, [restLink(desk.ports.db, known.seat.tenant.id, linkId), ...also])
  await clearConsent(desk)
}
