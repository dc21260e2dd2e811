import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Statement } from '../../db/open.ts'
import type { Actor, AuditAction } from '../audit/audit.ts'
import { type AuditEntry, insertAudit, type OPERATOR } from '../audit/store.ts'
import type { Failure } from '../failure.ts'
import { isId, newId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type Answer, jsonAnswer, toResponse } from './answer.ts'
import { type Entry, Gate } from './auth.ts'
import { readCall } from './call.ts'
import { type Frame, frame, type HttpEnv, localeOf } from './context.ts'
import { type Described, describe } from './describe.ts'
import { once } from './idempotency.ts'
import { honoPath, namesIn, paramsReader } from './path.ts'
import type { HttpPorts } from './ports.ts'
import { problem } from './problem.ts'
import type { Call, Entered, NoFields, RawSpec, RouteSpec } from './spec.ts'

/** The HTTP side as routes see it: declare one, and it is guarded, checked, described and answered. */
export class Api {
  readonly app = new OpenAPIHono<HttpEnv>()
  readonly gate: Gate
  readonly frame: Frame
  readonly ports: HttpPorts
  /** Every route there is, as it was declared. */
  readonly described: Described[] = []

  constructor(ports: HttpPorts) {
    this.ports = ports
    this.gate = new Gate(ports)
    this.frame = frame(ports.random)
  }

  /** Declare a route that takes and gives JSON. What it refuses it gives back as a failure. */
  route<P extends string, A, B = NoFields, Q = NoFields>(
    spec: RouteSpec<P, B, Q, A>,
    handle: (call: Call<P, B, Q>) => Promise<Result<A, Failure>>,
  ): void {
    const enter = this.#door(spec)
    this.described.push(describe(this.app.openAPIRegistry, spec))
    this.app.on(spec.method.toUpperCase(), honoPath(spec.path), async c => {
      const entered = await enter(c)
      if (!entered.ok) return this.refuse(c, entered.failure)
      const call = await readCall(this.ports, spec, entered.value)
      if (!call.ok) return this.refuse(c, call.failure)
      const answer = await this.#answer(spec, call.value, async () => {
        const result = await handle(call.value)
        return result.ok ? jsonAnswer(spec.answer[0], result.value) : this.problem(c, result.failure)
      })
      return toResponse(answer.ok ? answer.value : this.problem(c, answer.failure), this.frame.identify(c))
    })
  }

  /** Declare a route that makes its own Response; it is guarded and described like any other. */
  raw<P extends string>(spec: RawSpec<P>, handle: (call: Entered<P>) => Promise<Response>): void {
    const enter = this.#door(spec)
    for (const method of spec.methods) {
      this.described.push(describe(this.app.openAPIRegistry, { ...spec, method, answer: null }))
      this.app.on(method.toUpperCase(), [honoPath(spec.path)], this.frame.around, async c => {
        const entered = await enter(c)
        return entered.ok ? handle(entered.value) : this.refuse(c, entered.failure)
      })
    }
  }

  /** Say no, in the caller's language (RFC 9457). */
  refuse(c: Context<HttpEnv>, failure: Failure): Response {
    return toResponse(this.problem(c, failure), this.frame.identify(c))
  }

  problem(c: Context<HttpEnv>, failure: Failure): Answer {
    const context = { now: this.ports.clock.now(), requestId: this.frame.identify(c) }
    const { status, headers, body } = problem(failure, localeOf(c), context)
    return { status, headers: { 'content-type': 'application/problem+json', ...headers }, text: JSON.stringify(body) }
  }

  /** Write down who did what, in the batch that does it. */
  audit(
    owner: TenantId | typeof OPERATOR,
    actor: Actor,
    action: AuditAction,
    subject: string,
    detail: AuditEntry['detail'] = {},
  ): Statement {
    const { clock, random, db } = this.ports
    const entry = { id: newId('aud', clock, random), at: clock.now(), actor, action, subject, detail }
    return insertAudit(db, owner, entry)
  }

  #door<P extends string>(spec: Entry & { path: P }): (c: Context<HttpEnv>) => Promise<Result<Entered<P>, Failure>> {
    const readParams = paramsReader(spec.path)
    const namesTenant = namesIn(spec.path).includes('tenant')
    return async c => {
      const params = readParams(c)
      const tenant = namesTenant ? tenantIn(c.req.param('tenant')) : undefined
      const caller = await this.gate.enter(c.req.header('authorization'), tenant, spec)
      if (!caller.ok) return caller
      if (params === null) return fail({ kind: 'not_found' })
      return ok({ c, caller: caller.value, actor: `key:${caller.value.keyId}`, params })
    }
  }

  async #answer<P extends string, B, Q, A>(
    spec: RouteSpec<P, B, Q, A>,
    call: Call<P, B, Q>,
    run: () => Promise<Answer>,
  ): Promise<Result<Answer, Failure>> {
    if (call.idempotencyKey === null || spec.method === 'get' || spec.idempotency === 'own') return ok(await run())
    const owner = call.caller.tenant ?? 'operator'
    return once(this.ports, { owner, key: call.idempotencyKey, requestHash: call.requestHash() }, run)
  }
}

const tenantIn = (text: string | undefined): TenantId | null => (text !== undefined && isId('ten', text) ? text : null)
