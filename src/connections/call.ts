import { MINUTE } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { Diagnosis, ProviderAnswer, ProviderRequest } from '../providers/provider.ts'
import type { Result } from '../result.ts'
import type { Change, Desk, Known } from '../seats/desk.ts'
import { blockedUntil, countsAsError, type ErrorBudget, endpointOf, noteError, noteSent } from './budget.ts'
import { type Credential, freshness, prove, refreshAllowedFrom } from './credential.ts'
import { renew, token } from './token.ts'

/** What came of one call to the provider. */
export type Called =
  | { kind: 'answered'; answer: ProviderAnswer; diagnosis: Diagnosis }
  /** It was sent, and nobody knows what became of it. */
  | { kind: 'lost'; words: string }
  /** It was certainly not sent. */
  | { kind: 'not_sent'; failure: Failure }

/** How urgent a call is: people wait for probes and proxied calls, nobody for a delivery. */
export type Urgency = 'delivery' | 'person'

const CALL_TIMEOUT_MS = MINUTE
const ERRORS = 'errors'

/**
 * Call the provider with the seat's credential: one call at a time, within the rate and error budgets, refreshing once
 * on a 401, and with the answer diagnosed. A success proves the credential (P7).
 */
export async function call(desk: Desk, known: Known, request: ProviderRequest, urgency: Urgency): Promise<Called> {
  const priority = urgency === 'person' ? 1 : 0
  return desk.calls(known).add(() => withToken(desk, known, request), { priority })
}

async function withToken(desk: Desk, before: Known, request: ProviderRequest): Promise<Called> {
  const known = (await desk.load(before.seat.tenant.id)) ?? before
  const blocked = await budgetRefuses(desk, known, request)
  if (blocked !== null) return { kind: 'not_sent', failure: blocked }
  const credential = await token(desk, known)
  if (!credential.ok) return { kind: 'not_sent', failure: credential.failure }
  const first = await send(desk, known, request, credential.value)
  if (first.kind !== 'answered' || first.diagnosis.kind !== 'unauthorized') return first
  const other = await replace(desk, known, credential.value)
  const another = other?.ok && other.value.accessToken !== credential.value.accessToken
  return another ? send(desk, known, request, other.value) : first
}

async function budgetRefuses(desk: Desk, known: Known, request: ProviderRequest): Promise<Failure | null> {
  const now = desk.now()
  if (now < desk.pausedUntil) return { kind: 'provider_rate_limited', retryAt: desk.pausedUntil }
  const errors = await errorsOf(desk)
  const { errorsPerHour } = known.provider.definition.limits
  const until = blockedUntil(errors, endpointOf(request.path), errorsPerHour, now)
  return until > now ? { kind: 'provider_error_budget', retryAt: until } : null
}

/** Give the refused calls of the last hour; kept where sleep does not forget them. */
export async function errorsOf(desk: Desk): Promise<ErrorBudget> {
  desk.errors ??= ((await desk.ports.journal.get(ERRORS)) as Desk['errors']) ?? {}
  return desk.errors
}

async function send(desk: Desk, known: Known, request: ProviderRequest, credential: Credential): Promise<Called> {
  const sent = await put(desk, known, request, credential)
  if (typeof sent === 'string') return { kind: 'lost', words: sent }
  const diagnosis = known.provider.diagnose(request, sent)
  await note(desk, known, request, sent, diagnosis)
  if (diagnosis.kind === 'fine') await proven(desk, known, credential)
  return { kind: 'answered', answer: sent, diagnosis }
}

/** Send one request with an access token; a text says why there is no answer. */
export async function put(
  desk: Desk,
  { seat }: Pick<Known, 'seat'>,
  request: ProviderRequest,
  credential: Credential,
): Promise<ProviderAnswer | string> {
  noteSent(desk.sent, desk.now())
  try {
    const response = await desk.ports.fetch(new URL(request.path, seat.app.baseUrl).href, {
      method: request.method,
      headers: { ...request.headers, authorization: `Bearer ${credential.accessToken}` },
      body: request.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  } catch (error) {
    // A broken connection says nothing of whether the call arrived (finding 5).
    return error instanceof Error ? error.message : String(error)
  }
}

async function note(
  desk: Desk,
  known: Known,
  request: ProviderRequest,
  answer: ProviderAnswer,
  diagnosis: Diagnosis,
): Promise<void> {
  const { minute, day } = known.provider.readRates(answer.headers)
  for (const spent of [minute, day]) {
    if (spent !== null && spent.remaining <= 0) desk.pausedUntil = Math.max(desk.pausedUntil, spent.resetAt)
  }
  if (diagnosis.kind === 'rate_limited') {
    desk.pausedUntil = Math.max(desk.pausedUntil, diagnosis.until ?? desk.now() + MINUTE)
  }
  if (!countsAsError(answer.status)) return
  desk.errors = noteError(desk.errors ?? {}, endpointOf(request.path), desk.now())
  await desk.ports.journal.put(ERRORS, desk.errors)
}

async function proven(desk: Desk, known: Known, credential: Credential): Promise<void> {
  const now = await desk.load(known.seat.tenant.id)
  if (now?.held == null || now.held.current.accessToken !== credential.accessToken) return
  if (now.held.proven && now.seat.connection.trouble?.kind !== 'access_refused') return
  await desk.change(known.seat.tenant.id, latest => {
    if (latest.held?.current.accessToken !== credential.accessToken) return null
    const healed = latest.seat.connection.trouble?.kind === 'access_refused'
    return { held: prove(latest.held), ...(healed ? { connection: { state: 'active', trouble: null } } : {}) }
  })
}

/**
 * The provider does not honour an access token: give another one, if there is or may be one. Before the provider takes
 * a refresh this is trouble to be shown: consent is probably gone (P9 forbids asking earlier).
 */
async function replace(desk: Desk, known: Known, refused: Credential): Promise<Result<Credential, Failure> | null> {
  const { tenant } = known.seat
  const now = await desk.load(tenant.id)
  if (now?.held == null) return null
  const { current, previous } = now.held
  desk.refusedTokens.add(refused.accessToken ?? '')
  if (current.accessToken !== refused.accessToken) return token(desk, now)
  const { oauth } = now.provider.definition
  if (desk.now() >= refreshAllowedFrom(current, oauth)) return renew(desk, now)
  const untried = previous !== null && !desk.refusedTokens.has(previous.accessToken ?? '')
  if (untried && freshness(previous, oauth, desk.now()) === 'fresh') {
    const swapped = await desk.change(tenant.id, swap)
    return swapped === null ? null : token(desk, swapped)
  }
  await accessRefused(desk, now, refreshAllowedFrom(current, oauth))
  return null
}

/** Try the other credential first; neither is thrown away, for a refused access token does not prove the chain dead. */
const swap = ({ held }: Known): Change | null =>
  held?.previous == null ? null : { held: { current: held.previous, previous: held.current, proven: false } }

async function accessRefused(desk: Desk, known: Known, certainAt: number): Promise<void> {
  await desk.change(known.seat.tenant.id, now => {
    if (now.seat.connection.trouble?.kind === 'access_refused' || now.seat.connection.state !== 'active') return null
    return {
      connection: { state: 'degraded', trouble: { kind: 'access_refused', words: '', since: desk.now() } },
      also: desk.signal(now, 'access_refused'),
    }
  })
  await desk.wakeAt(certainAt)
}
