import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerApi } from './api.ts'
import { callerOf } from './caller.ts'
import { answerConsent } from './consent.ts'
import { Faults } from './faults.ts'
import { type Call, empty, type Reply, send } from './http.ts'
import { Limits } from './limits.ts'
import type { Subject } from './matching.ts'
import { type LogEntry, RequestLog } from './request-log.ts'
import type { World } from './state.ts'
import { answerToken, type TokenCalls, tokenCallUser } from './tokens.ts'

/** The played provider: what answers under /api/, with its budgets, its faults and its request log. */
export class Provider {
  readonly world: World
  readonly limits: Limits
  readonly faults = new Faults()
  readonly log = new RequestLog()
  readonly tokenCalls: TokenCalls = new Map()

  constructor(world: World) {
    this.world = world
    this.limits = new Limits(world)
  }

  /** Answer one request: note it, meet a fault or do the work, keep, answer. */
  async serve(call: Call, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { subject, grant_type } = this.#subject(call)
    const entry = this.log.begin(subject, grant_type, new Date(this.world.now()).toISOString())
    const fault = this.faults.take(subject)
    if (fault === null) return this.#reply(entry, response, this.#work(call))
    entry.fault = fault.kind
    const played = await this.faults.play(fault, () => this.#work(call))
    if (played.kind === 'reply') return this.#reply(entry, response, played.reply)
    this.log.finish(entry, null)
    if (played.kind === 'truncated') sendHalf(response, played.reply)
    else request.socket.destroy()
  }

  /** Do the work; what it changed is kept before anyone hears of it. */
  #work(call: Call): Reply {
    const reply = this.#answer(call)
    this.world.store.flush()
    return reply
  }

  #answer(call: Call): Reply {
    if (call.path === '/api/oauth2/auth') return answerConsent(this.world, call)
    if (call.path === '/api/oauth2/token') {
      return call.method === 'POST' ? answerToken(this.world, this.tokenCalls, call) : empty(405)
    }
    return answerApi(this.world, this.limits, call)
  }

  #reply(entry: LogEntry, response: ServerResponse, reply: Reply): void {
    this.log.finish(entry, reply.status)
    send(response, reply)
  }

  #subject(call: Call): { subject: Subject; grant_type: string | null } {
    const base = { method: call.method, path: call.path, query: decodedQuery(call), body: call.body }
    if (call.path === '/api/oauth2/token') {
      const { user, client, grant_type } = tokenCallUser(this.world, call)
      return { subject: { ...base, user, client }, grant_type }
    }
    if (call.path === '/api/oauth2/auth') {
      const fields = call.method === 'POST' ? new URLSearchParams(call.body) : call.query
      return { subject: { ...base, user: fields.get('username'), client: fields.get('client_id') }, grant_type: null }
    }
    const caller = callerOf(this.world, call)
    const user = caller?.user.username ?? null
    const client = caller?.client.client_id ?? null
    return { subject: { ...base, user, client }, grant_type: null }
  }
}

function decodedQuery({ query }: Call): string {
  const parts = [...query].map(([name, value]) => `${name}=${value}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Promise the whole body, send half of it, and hang up. */
function sendHalf(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(Math.max(1, body.length)) })
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
}
