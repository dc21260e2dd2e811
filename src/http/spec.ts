import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Actor } from '../audit/audit.ts'
import type { Caller } from '../tenants/api-key.ts'
import type { Entry } from './auth.ts'
import type { HttpEnv } from './context.ts'
import type { ParamsOf } from './path.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** What a route says of itself to people. */
export type Words = {
  /** An imperative sentence; unique, for the operation's id is made of it. */
  summary: string
  /** The resource it belongs to, in the plural: `Integrations`. */
  tag: string
  /** Refusals beyond those that every such route can give, by status. */
  refusals?: readonly (400 | 409 | 410 | 422 | 429 | 502 | 503)[]
}

/** What a request without fields holds. */
export type NoFields = Record<string, never>

/** A route that hands over its own Response: what it reads of the body is its own affair. */
export type RawSpec<P extends string> = Entry & Words & { methods: readonly Method[]; path: P; query?: z.ZodType }

/** A route as it is declared: everything a reader of the OpenAPI document must know, and the checks that follow from it. */
export type RouteSpec<P extends string, B, Q, A> = Entry &
  Words & {
    method: Method
    /** With parameters in braces: `/v1/tenants/{tenant}`; those named in `path.ts` are ids. */
    path: P
    /** Strict, as all objects from outside. Default: no fields. */
    body?: z.ZodType<B>
    /** Default: no parameters. */
    query?: z.ZodType<Q>
    /** The status and form of the answer when all goes well. */
    answer: readonly [200 | 201 | 202, z.ZodType<A>] | readonly [204, null]
    /** Default `kept`: the first answer under an `Idempotency-Key` is given again. `own`: the route sees to it itself. */
    idempotency?: 'kept' | 'own'
  }

/** Who calls, on which path. */
export type Entered<P extends string> = { c: Context<HttpEnv>; caller: Caller; actor: Actor; params: ParamsOf<P> }

/** A call that has passed every check that needs no database. `requestHash` is of method, path and body. */
export type Call<P extends string, B = unknown, Q = unknown> = Entered<P> & {
  body: B
  query: Q
  idempotencyKey: string | null
  requestHash(): string
}
