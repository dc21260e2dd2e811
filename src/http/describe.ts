import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { TRANSACTION_STATES } from '../transactions/transaction.ts'
import { MissingView } from '../transactions/view.ts'
import type { Entry } from './auth.ts'
import { id, moment } from './fields.ts'
import { namesIn, prefixOf } from './path.ts'
import type { Method, Words } from './spec.ts'

type Registry = OpenAPIHono['openAPIRegistry']
type RouteConfig = Parameters<Registry['registerPath']>[0]

/** A route as the OpenAPI document tells of it. `answer` is null where the route makes its own Response. */
export type Described = {
  method: Method
  path: string
  answer: readonly [number, z.ZodType | null] | null
}

type Declared = Described &
  Entry &
  Words & { body?: z.ZodType | undefined; query?: z.ZodType | undefined; idempotency?: 'kept' | 'own' }

/** What every refusal looks like (RFC 9457). */
export const Problem = z
  .strictObject({
    type: z.string().openapi({ example: 'https://zetel.dev/problems/not_found' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'What was refused, in one word that never changes' }),
    errors: z
      .array(z.strictObject({ pointer: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'Per field: where (RFC 6901) and what' }),
    missing: z.array(MissingView).optional(),
    integration_id: id('int').optional(),
    state: z.enum(TRANSACTION_STATES).optional(),
    cause: z.string().optional(),
    retry_at: moment.optional(),
    request_id: z.string().optional().openapi({ description: 'On every 5xx: what to name when asking about it' }),
  })
  .openapi('Problem')

const REFUSALS: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'No valid API key',
  403: 'The API key lacks the scope',
  404: 'There is no such thing for this caller',
  409: 'What is asked does not go together with what is',
  410: 'This is over',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'Fields are missing or wrong',
  429: 'Too much was asked of the provider',
  500: 'Zetel failed',
  502: 'The provider failed',
  503: 'Zetel or the provider cannot be reached now',
}

/** Enter a route into the OpenAPI document. */
export function describe(registry: Registry, route: Declared): Described {
  const unsafe = route.method !== 'get'
  const takesBody = route.body !== undefined
  const statuses = [
    ...[401, 403, 404, 422, 500, 503],
    ...(takesBody ? [400, 413, 415] : []),
    ...(unsafe ? [409] : []),
    ...(route.refusals ?? []),
  ]
  registry.registerPath({
    method: route.method,
    path: route.path,
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    description: `Scope \`${route.scope}\`${route.operator ? " of the operator's" : ''}.`,
    security: [{ api_key: [] }],
    request: requestOf(route, unsafe),
    responses: { ...successOf(route), ...refusalsOf(statuses) },
  })
  return { method: route.method, path: route.path, answer: route.answer }
}

const operationId = ({ method, path }: Declared): string =>
  [method, ...path.split('/').filter(part => part !== '' && part !== 'v1')]
    .join('_')
    .replaceAll(/[{}]/g, '')
    .replaceAll('-', '_')

function requestOf(route: Declared, unsafe: boolean): NonNullable<RouteConfig['request']> {
  const { body, query } = route
  const params = namesIn(route.path).map(name => {
    const prefix = prefixOf(name)
    return [name, prefix === null ? z.string() : id(prefix)] as const
  })
  const key = z
    .string()
    .max(255)
    .openapi({ description: 'The same key with the same body gives the first answer again.' })
  const required = route.idempotency === 'own'
  return {
    ...(params.length === 0 ? {} : { params: z.object(Object.fromEntries(params)) }),
    ...(query instanceof z.ZodObject ? { query } : {}),
    ...(unsafe && route.answer !== null
      ? { headers: z.object({ 'Idempotency-Key': required ? key : key.optional() }) }
      : {}),
    ...(body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: body } } } }),
  }
}

function successOf({ answer }: Declared): RouteConfig['responses'] {
  if (answer === null) return { 200: { description: 'As the provider answers' } }
  const [status, schema] = answer
  if (schema === null) return { [status]: { description: 'Done' } }
  return { [status]: { description: 'Done', content: { 'application/json': { schema } } } }
}

/** Refusals by status, each as a problem. */
export const refusalsOf = (statuses: readonly number[]): RouteConfig['responses'] =>
  Object.fromEntries(
    statuses.map(status => [
      status,
      { description: REFUSALS[status] ?? 'Refused', content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )
