import { runBatch, type Statement } from '../../db/open.ts'
import { MINUTE, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ConnectLinkId } from '../id.ts'
import type { Identity, TokenDiagnosis } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import { adopt } from '../seats/adopt.ts'
import { claim } from '../seats/claim.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { type Sitting, whoSits } from '../seats/store.ts'
import { type Credential, freshness } from './credential.ts'
import { identify, renewConsent, wrongUser } from './identify.ts'
import { type ConsentJournal, clearConsent, noteConsent, readConsent } from './journal.ts'
import { finishLink, linkOf, restLink, type WorkedLink } from './link-store.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint } from './token-endpoint.ts'

/** How soon to ask again who signed in, and to renew what signed in when that takes long. */
const ASK_AGAIN_AFTER = 15 * SECOND
const RENEW_AGAIN_AFTER = 10 * MINUTE

/** Who sits on the seat now, after a consent. */
export type Connected = { username: string }

/**
 * Turn a consent into a taken seat: exchange the code, identify the user, claim the seat. The answer is journalled
 * before it is read, so that a crash at any instant is finished by the next start. A user who sits elsewhere connects
 * nothing new: the fresh credential is handed to the seat that owns the user, which the provider has just cut off.
 * Consents of one seat are worked on one after another, for its journal holds one.
 */
export function connect(
  desk: Desk,
  known: Known,
  linkId: ConnectLinkId,
  code: string,
): Promise<Result<Connected, Failure>> {
  desk.connecting += 1
  const run = desk.consents
    .then(() => exchange(desk, known, linkId, code))
    .finally(() => {
      desk.connecting -= 1
    })
  desk.consents = run.catch(() => undefined) // Its bringer hears of it; the next consent must be worked on all the same.
  return run
}

async function exchange(
  desk: Desk,
  known: Known,
  linkId: ConnectLinkId,
  code: string,
): Promise<Result<Connected, Failure>> {
  await finishConsent(desk, known) // What an earlier one left unfinished may be all that another seat lives on.
  const consent: ConsentJournal = { linkId, askedAt: desk.now(), answer: null, receivedAt: null }
  await desk.wakeAt(desk.now() + MINUTE)
  await noteConsent(desk, known, consent)
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
  if (reply.kind === 'answered')
    return finish(desk, known, { ...consent, answer: reply.answer, receivedAt: desk.now() })
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
  return consent === null ? fail({ kind: 'not_found' }) : finish(desk, known, consent)
}

async function finish(desk: Desk, known: Known, consent: ConsentJournal): Promise<Result<Connected, Failure>> {
  const link = await linkOf(desk.ports.db, known.seat.tenant.id, consent.linkId)
  if (consent.answer === null || link === null) {
    await abandon(desk, known, consent.linkId)
    return fail({ kind: 'code_refused', words: '' })
  }
  const { oauth } = known.provider.definition
  const at = { aliveAt: consent.askedAt, receivedAt: consent.receivedAt ?? consent.askedAt }
  const credential = credentialFrom(consent.answer, oauth, at, null)
  if (credential === null) return refused(desk, known, link, known.provider.diagnoseToken(consent.answer))
  if (freshness(credential, oauth, desk.now()) !== 'expired') return seat(desk, known, link, credential)
  const renewed = await renewConsent(desk, known, consent, credential)
  if (renewed.kind === 'renewed') return seat(desk, known, link, renewed.credential)
  if (renewed.kind === 'over') return refused(desk, known, link, renewed.said)
  await desk.wakeAt(desk.now() + RENEW_AGAIN_AFTER)
  return fail({ kind: 'identity_unreadable' })
}

async function refused(
  desk: Desk,
  known: Known,
  link: WorkedLink,
  { kind, words }: TokenDiagnosis,
): Promise<Result<never, Failure>> {
  await abandon(desk, known, link.id)
  return fail(kind === 'app_refused' ? { kind: 'provider_app_refused', words } : { kind: 'code_refused', words })
}

async function seat(
  desk: Desk,
  known: Known,
  link: WorkedLink,
  credential: Credential,
): Promise<Result<Connected, Failure>> {
  const identified = await identify(desk, known, credential)
  if (identified.kind === 'refused') {
    await abandon(desk, known, link.id)
    return fail({ kind: 'consent_overtaken' })
  }
  if (identified.kind === 'silent') await desk.wakeAt(Math.max(identified.until, desk.now() + ASK_AGAIN_AFTER))
  if (identified.kind !== 'known') return fail({ kind: 'identity_unreadable' })
  const { user, fresh } = identified
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

/** Leave the link as it was for another try, and close the journal. */
async function abandon(desk: Desk, known: Known, linkId: ConnectLinkId, ...also: Statement[]): Promise<void> {
  await runBatch(desk.ports.db, [restLink(desk.ports.db, known.seat.tenant.id, linkId), ...also])
  await clearConsent(desk)
}
