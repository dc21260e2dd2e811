import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from '../seats/desk.ts'
import type { ProxyReply, ProxyRequest } from '../seats/rpc.ts'
import { call } from './call.ts'

/**
 * Put one call to the provider with the seat's credential, within its budgets, and give the answer with its diagnosis.
 * An administration outside the connection's reach is refused here, REST or XML (DIV-06, DIV-13). A path below
 * `api/` or `docs/` is taken as it is, any other as a path of the REST API; the token endpoint is out of bounds.
 */
export async function proxy(
  desk: Desk,
  known: Known,
  request: ProxyRequest,
  actor: Actor,
): Promise<Result<ProxyReply, Failure>> {
  const path = pathOf(request.path, known.seat.app.baseUrl)
  if (path === null) return fail({ kind: 'proxy_path_refused', path: request.path })
  const administration = known.provider.administrationOf(path)
  const { reach } = known.seat.connection
  if (administration !== null && !(reach ?? [known.seat.administration.externalId]).includes(administration))
    return fail({ kind: 'administration_out_of_reach', administration })
  if (request.method !== 'GET')
    await runBatch(desk.ports.db, [
      desk.audit(known, actor, 'proxy.called', { method: request.method, path: path.replace(/\?.*$/s, '') }),
    ])
  const called = await call(
    desk,
    known,
    {
      method: request.method,
      path,
      headers: {
        accept: 'application/json',
        ...(request.contentType === null ? {} : { 'content-type': request.contentType }),
      },
      ...(request.body === null ? {} : { body: request.body }),
    },
    'person',
  )
  if (called.kind === 'not_sent') return fail(called.failure)
  if (called.kind === 'lost') return fail({ kind: 'provider_unreachable', retryAt: desk.now() })
  const { answer, diagnosis } = called
  const kind = diagnosis.kind === 'denied' ? diagnosis.cause : diagnosis.kind
  const retryAt = diagnosis.kind === 'rate_limited' ? diagnosis.until : null
  return ok({
    status: answer.status,
    contentType: answer.headers['content-type'] ?? null,
    body: answer.body,
    diagnosis: kind,
    retryAt,
  })
}

/** The path below the base URL as it will really be sent; null when it would leave the API. */
function pathOf(asked: string, baseUrl: string): string | null {
  const bare = asked.replace(/^\/+/, '')
  const url = new URL(/^(api|docs)\//i.test(bare) ? `/${bare}` : `/api/v1/${bare}`, baseUrl)
  const inside = url.origin === new URL(baseUrl).origin && /^\/(api\/v1|docs)\//.test(url.pathname)
  return inside && !/%2e|%2f|%5c/i.test(url.pathname) ? url.pathname + url.search : null
}
