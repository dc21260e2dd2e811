import { rfc3339, SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import { type ExplainedMissing, explain, type RemedyAbout } from '../rights/remedy.ts'
import type { TransactionState } from '../transactions/transaction.ts'
import { sayFailure, sayField } from '../words/problem-words.ts'
import { type Locale, type Words, wordsIn } from '../words/words.ts'

/** A refusal as the outside sees it (RFC 9457). `code` never changes; every other text follows the language. */
export type ProblemBody = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  /** Per field, where (RFC 6901) and what; on 422. */
  errors?: { pointer: string; message: string }[]
  /** Everything that stands in a booking's way; on `rights_missing`. */
  missing?: ExplainedMissing[]
  /** The integration that is in the way, within the same tenant only. */
  integration_id?: string
  /** The state that forbids it; on `transaction_state`. */
  state?: TransactionState
  /** Why the connection is over; on `reconnect_required`. */
  cause?: string
  /** RFC 3339: not before this. */
  retry_at?: string
  /** On every 5xx: what to name when asking about it. */
  request_id?: string
}

export type Problem = { status: number; headers: Record<string, string>; body: ProblemBody }

/** `about` tells who is connected, for the remedies of missing rights; nobody in particular when left out. */
export type ProblemContext = { now: number; requestId: string; about?: RemedyAbout }

type Seen = {
  status: number
  code?: string
  retryAt?: number
  headers?: Record<string, string>
  extra?: Partial<ProblemBody>
}

const NOBODY: RemedyAbout = { registration: 'published', username: null, accountancy: null }

/** How soon to ask again where no moment is known. */
const SOON = { idempotency: SECOND, database: 5 * SECOND, identity: 15 * SECOND }

/** Say a failure to the outside, in one language. `now` is Unix ms. */
export function problem(failure: Failure, locale: Locale, context: ProblemContext): Problem {
  const words = wordsIn(locale)
  const { status, code = failure.kind, retryAt, headers = {}, extra = {} } = look(failure, words, context)
  const seconds = Math.max(1, Math.ceil(((retryAt ?? context.now) - context.now) / SECOND))
  const { title, detail } = sayFailure(words.problems, failure, words.measures.wait(seconds))
  return {
    status,
    headers: retryAt === undefined ? headers : { ...headers, 'retry-after': String(seconds) },
    body: {
      type: `https://zetel.dev/problems/${code}`,
      title,
      status,
      detail,
      code,
      ...extra,
      ...(retryAt === undefined ? {} : { retry_at: rfc3339(retryAt) }),
      ...(status >= 500 ? { request_id: failure.kind === 'unexpected' ? failure.requestId : context.requestId } : {}),
    },
  }
}

/** What the outside may see of each failure. There is no default: a new failure does not compile until someone decides. */
function look(failure: Failure, words: Words, { now, about = NOBODY }: ProblemContext): Seen {
  switch (failure.kind) {
    case 'unauthenticated':
      return { status: 401, headers: { 'www-authenticate': 'Bearer realm="zetel"' } }
    case 'scope_missing': {
      const scope = failure.scope.replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, '')
      return {
        status: 403,
        headers: { 'www-authenticate': `Bearer realm="zetel", error="insufficient_scope", scope="${scope}"` },
      }
    }
    case 'not_found':
      return { status: 404 }
    case 'method_not_allowed':
      return { status: 405, headers: { allow: failure.allowed.join(', ') } }
    case 'malformed_json':
    case 'idempotency_key_missing':
    case 'state_invalid':
    case 'state_used':
    case 'code_refused':
    case 'proxy_path_refused':
      return { status: 400 }
    case 'sign_in_over':
    case 'sign_in_refused':
      return { status: 400 }
    case 'consent_declined':
    case 'sign_in_declined':
    case 'role_missing':
    case 'form_outdated':
      return { status: 403 }
    case 'unsupported_media_type':
      return { status: 415 }
    case 'too_large':
      return { status: 413 }
    case 'invalid': {
      const errors = failure.errors.map(({ pointer, message }) => ({
        pointer,
        message: sayField(words.problems, message),
      }))
      return { status: 422, code: 'validation_failed', extra: { errors } }
    }
    case 'idempotency_key_reused':
      return { status: 422 }
    case 'idempotency_key_in_use':
      return { status: 409, retryAt: now + SOON.idempotency }
    case 'already_exists':
    case 'integration_in_use':
    case 'changed_meanwhile':
    case 'seat_taken':
    case 'other_provider_app':
    case 'wrong_user':
    case 'not_connected':
    case 'administration_out_of_reach':
    case 'look_up_impossible':
    case 'last_admin':
    case 'webhooks_full':
    case 'webhook_disabled':
      return { status: 409 }
    case 'consent_overtaken':
      return { status: 409 }
    case 'user_already_seated':
      return failure.seatedAt === 'another_tenant'
        ? { status: 409 }
        : { status: 409, extra: { integration_id: failure.seatedAt } }
    case 'service_account_seated':
      return { status: 409, extra: { integration_id: failure.integrationId } }
    case 'reconnect_required':
      return { status: 409, extra: { cause: failure.cause } }
    case 'transaction_state':
      return { status: 409, extra: { state: failure.state } }
    case 'rights_missing':
      return { status: 409, extra: { missing: failure.missing.map(one => explain(one, about, words)) } }
    case 'link_expired':
    case 'link_used':
    case 'invitation_over':
      return { status: 410 }
    case 'provider_rate_limited':
    case 'provider_error_budget':
      return { status: 429, retryAt: failure.retryAt }
    case 'provider_app_refused':
      return { status: 502 }
    case 'provider_unreachable':
      return { status: 503, retryAt: failure.retryAt }
    case 'issuer_unreachable':
      return { status: 503, retryAt: now + SOON.identity }
    case 'no_issuer':
      return { status: 501 }
    case 'identity_unreadable':
      return { status: 503, retryAt: now + SOON.identity }
    case 'database_unreachable':
      return { status: 503, retryAt: now + SOON.database }
    case 'unexpected':
      return { status: 500 }
  }
}
