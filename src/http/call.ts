import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { ok, type Result } from '../result.ts'
import { parseJson, readBody } from './body.ts'
import { localeOf } from './context.ts'
import { idempotencyKeyIn } from './idempotency.ts'
import { check } from './input.ts'
import type { HttpPorts } from './ports.ts'
import type { Call, Entered, RouteSpec } from './spec.ts'

/** For a route that takes no fields: to send some is a mistake. */
export const NoFieldsSchema = z.strictObject({})

/** Read and check all that a call brings, short of what only the database knows. */
export async function readCall<P extends string, B, Q, A>(
  { hash }: Pick<HttpPorts, 'hash'>,
  spec: RouteSpec<P, B, Q, A>,
  entered: Entered<P>,
): Promise<Result<Call<P, B, Q>, Failure>> {
  const { req } = entered.c
  const locale = () => localeOf(entered.c)
  const bare = spec.query === undefined && !req.url.includes('?')
  const query = bare ? ok({} as Q) : check((spec.query ?? NoFieldsSchema) as z.ZodType<Q>, req.query(), locale)
  if (!query.ok) return query
  if (spec.method === 'get')
    return ok({ ...entered, query: query.value, body: {} as B, idempotencyKey: null, requestHash: () => hash(req.url) })
  const key = idempotencyKeyIn(req.header('idempotency-key'))
  if (!key.ok) return key
  const bytes = await readBody(req.raw)
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value, req.header('content-type'))
  if (!json.ok) return json
  const body = check((spec.body ?? NoFieldsSchema) as z.ZodType<B>, json.value, locale)
  if (!body.ok) return body
  const requestHash = () => {
    const { pathname, search } = new URL(req.url)
    return hash(`${req.method} ${pathname}${search}\n${new TextDecoder().decode(bytes.value)}`)
  }
  return ok({ ...entered, query: query.value, body: body.value, idempotencyKey: key.value, requestHash })
}
