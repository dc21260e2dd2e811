import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { type Db, runBatch, type Statement } from '../../db/open.ts'
import { insertAudit } from '../audit/store.ts'
import { type Clock, MINUTE, type Random } from '../clock.ts'
import { randomText } from '../connections/random-text.ts'
import type { Failure } from '../failure.ts'
import { newId, type PersonId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Bound, Claims, Issuer } from './issuer.ts'
import {
  type Invited,
  insertSignIn,
  invitationBySecret,
  personBySubject,
  takeSignIn,
  upsertMember,
  upsertPerson,
  useInvitation,
} from './person-store.ts'
import { returnPath } from './return-path.ts'
import { OPERATOR_OWNER } from './role.ts'
import { insertSession } from './session-store.ts'

/** A sign-in must come back within this time (P12). */
const STATE_LIVES = 10 * MINUTE

export type SignInPorts = { clock: Clock; random: Random; db: Db; hash(text: string): string; origin: string }

/** What a browser brings to a sign-in: the secret in its cookie. */
export type Browser = string

/**
 * Begin a sign-in: give where to send the browser. Only hashes are kept; what is secret in it is made of the `state` and
 * of the browser's cookie, so that neither alone is of any use (RFC 9700 2.1.1, RFC 7636).
 */
export async function beginSignIn(
  ports: SignInPorts,
  issuer: Issuer,
  browser: Browser,
  returnTo: string,
  invitation: string | null,
): Promise<Result<URL, Failure>> {
  const { clock, db, hash, random } = ports
  const state = randomText(random)
  const url = await issuer.authorizeUrl(boundBy(ports, state, browser))
  if (!url.ok) return url
  await insertSignIn(db, {
    stateHash: hash(state),
    browserHash: hash(browser),
    returnTo: returnPath(returnTo),
    invitationHash: invitation === null ? null : hash(invitation),
    expiresAt: clock.now() + STATE_LIVES,
  })
  return url
}

/** Who has just signed in: the new session's secret, and where to go. */
export type SignedIn = { session: string; returnTo: string }

/**
 * Finish a sign-in: take its `state` once, from the browser that began it, ask the issuer who it is, keep the person,
 * use the invitation, and begin a session; all of it in one batch. Until the `state` is right nothing is asked of the issuer.
 */
export async function finishSignIn(
  ports: SignInPorts,
  issuer: Issuer,
  browser: Browser | null,
  returned: URL,
): Promise<Result<SignedIn, Failure>> {
  const { clock, db, hash } = ports
  const state = returned.searchParams.get('state') ?? ''
  const begun = browser === null ? null : await takeSignIn(db, hash(state), hash(browser), clock.now())
  if (begun === null || browser === null) return fail({ kind: 'sign_in_over' })
  const claims = await issuer.claims(returned, boundBy(ports, state, browser))
  if (!claims.ok) return claims
  const invited = begun.invitationHash === null ? null : await invitationBySecret(db, begun.invitationHash)
  if (begun.invitationHash !== null && !isOpen(invited, clock.now())) return fail({ kind: 'invitation_over' })
  return admit(ports, issuer, claims.value, invited, begun.returnTo)
}

/** Tell whether an invitation can still be used. */
export const isOpen = (invited: Invited | null, now: number): invited is Invited =>
  invited !== null && invited.usedAt === null && invited.expiresAt > now

async function admit(
  ports: SignInPorts,
  issuer: Issuer,
  claims: Claims,
  invited: Invited | null,
  returnTo: string,
): Promise<Result<SignedIn, Failure>> {
  const { clock, random, db, hash } = ports
  const now = clock.now()
  const known = await personBySubject(db, claims.issuer, claims.subject)
  const id = known?.id ?? newId('per', clock, random)
  const session = randomText(random)
  const { issuer: from, subject, name, email } = claims
  const operates = claims.emailVerified && issuer.settings.operators.includes(email.toLowerCase())
  try {
    await runBatch(db, [
      upsertPerson(db, { id, issuer: from, subject, name, email, createdAt: now }),
      ...(operates ? [upsertMember(db, OPERATOR_OWNER, id, 'operator', now)] : []),
      ...(invited === null ? [] : joining(ports, invited, id)),
      insertSession(db, { hash: hash(session), personId: id, createdAt: now, seenAt: now }),
    ])
  } catch (error) {
    if (isOutdated(error)) return fail({ kind: 'invitation_over' })
    throw error
  }
  const home = invited === null || invited.tenantId === OPERATOR_OWNER ? '/' : `/t/${invited.tenantId}`
  return ok({ session, returnTo: returnTo === '/' ? home : returnTo })
}

/** Become a member by an invitation that nobody has used meanwhile. */
function joining({ clock, random, db }: SignInPorts, invited: Invited, person: PersonId): Statement[] {
  const at = clock.now()
  const entry = { id: newId('aud', clock, random), at, actor: `person:${person}`, subject: person } as const
  return [
    useInvitation(db, invited, at),
    orUndoAll(db),
    upsertMember(db, invited.tenantId, person, invited.role, at),
    insertAudit(db, invited.tenantId, {
      ...entry,
      action: 'member.joined',
      detail: { role: invited.role, invitation_id: invited.id },
    }),
  ]
}

/** Make what binds a sign-in: verifier and nonce follow from `state` and browser, 256 bits each. */
const boundBy = ({ hash, origin }: SignInPorts, state: string, browser: Browser): Bound => ({
  redirectUri: `${origin}/sign-in/callback`,
  state,
  nonce: hash(`nonce ${state} ${browser}`),
  verifier: hash(`verifier ${state} ${browser}`),
})
