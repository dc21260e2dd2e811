import type { Failure } from '../failure.ts'
import type { Identity, ProviderAnswer, TokenDiagnosis } from '../providers/provider.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { put } from './call.ts'
import type { Credential } from './credential.ts'
import { type ConsentJournal, noteConsent } from './journal.ts'
import type { WorkedLink } from './link-store.ts'
import { secretOf } from './secret.ts'
import { credentialFrom } from './token-answer.ts'
import { askTokenEndpoint } from './token-endpoint.ts'

export type Identified =
  | { kind: 'known'; user: Identity; fresh: Credential }
  /** The access token is not honoured: another sign-in has ended this chain already. */
  | { kind: 'refused' }
  /** The provider does not say, and may say so before `until` (Unix ms) again. */
  | { kind: 'silent'; until: number }

/**
 * Ask whose token this is. Being answered proves the chain alive at the moment of asking, which is what decides between
 * several consents of one user. Without an answer the consent stays in the journal and is tried again.
 */
export async function identify(desk: Desk, known: Known, credential: Credential): Promise<Identified> {
  const askedAt = desk.now()
  const request = known.provider.whoAmI()
  const answer = await put(desk, known, request, credential)
  if (typeof answer === 'string') return { kind: 'silent', until: 0 }
  const user = known.provider.readIdentity(answer)
  if (user !== null) return { kind: 'known', user, fresh: { ...credential, aliveAt: askedAt } }
  const said = known.provider.diagnose(request, answer)
  if (said.kind === 'unauthorized') return { kind: 'refused' }
  return { kind: 'silent', until: said.kind === 'rate_limited' ? (said.until ?? 0) : 0 }
}

export type ConsentRenewal =
  | { kind: 'renewed'; credential: Credential }
  | { kind: 'over'; said: TokenDiagnosis }
  | { kind: 'unclear' }

/**
 * Renew a consent whose access token ended before anyone could say whose it is, or that came without one: its refresh
 * token may be all that some seat lives on. Only a better answer takes the first one's place in the journal.
 */
export async function renewConsent(
  desk: Desk,
  known: Known,
  consent: ConsentJournal,
  { refreshToken }: Credential,
): Promise<ConsentRenewal> {
  const { app } = known.seat
  const { oauth } = known.provider.definition
  const askedAt = desk.now()
  const renewedBy = (answer: ProviderAnswer, used: string | null) =>
    credentialFrom(answer, oauth, { aliveAt: askedAt, receivedAt: desk.now() }, used)
  const rescue = async (answer: ProviderAnswer) => {
    if (renewedBy(answer, null) !== null)
      await noteConsent(desk, known, { ...consent, askedAt, answer, receivedAt: desk.now() })
  }
  const secret = await secretOf(desk.ports.vault, app)
  const grant = { grantType: 'refresh_token' as const, parameters: { refresh_token: refreshToken } }
  const reply = await askTokenEndpoint(app, secret, oauth, grant, desk.ports.fetch, rescue)
  if (reply.kind === 'unreachable') return { kind: 'unclear' }
  const credential = renewedBy(reply.answer, refreshToken)
  if (credential?.accessToken != null) return { kind: 'renewed', credential }
  const said = known.provider.diagnoseToken(reply.answer)
  return said.kind === 'dead' ? { kind: 'over', said } : { kind: 'unclear' }
}

/** Tell whether somebody else signed in than the link asks for. */
export function wrongUser(link: WorkedLink, user: Identity): Extract<Failure, { kind: 'wrong_user' }> | null {
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
