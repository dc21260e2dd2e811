import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { html, json, type Reply } from './http.ts'
import { type Match, matches, matchSchema, type Subject } from './matching.ts'
import { refusal } from './odata.ts'

const kinds = [
  'drop_before',
  'drop_after',
  'delay',
  'hold',
  'truncated',
  'no_id',
  'odd_token',
  'status_429',
  'status_500_gateway',
  'status_500_business',
  'html_200',
  'html_502',
  'status',
] as const

/** A fault as it is asked for. */
export const faultSchema = z.strictObject({
  match: matchSchema.default({}),
  kind: z.enum(kinds),
  /** Milliseconds of real time that `delay` holds the answer. */
  delay_ms: z.number().min(0).default(0),
  /** Whether the fault acts before the work: false for `delay` unless set, true for `hold` and canned answers. */
  before: z.boolean().optional(),
  /** Status of kind `status`; 500 by default. */
  status: z.number().int().min(200).max(599).default(500),
  /** Body instead of the kind's own: text as it is, anything else as JSON. */
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** How often it fires. */
  times: z.number().int().positive().default(1),
  /** How many matching requests pass first. */
  skip: z.number().int().min(0).default(0),
})

export type FaultInput = z.input<typeof faultSchema>

export interface Fault extends z.output<typeof faultSchema> {
  match: Match
  id: string
  fired: number
}

export type Played = { kind: 'reply' | 'truncated'; reply: Reply } | { kind: 'dropped' }

/** The faults in waiting, in the order they were asked for. */
export class Faults {
  #faults: Fault[] = []
  #count = 0
  readonly #gates = new Map<string, (() => void)[]>()

  add(input: FaultInput): Fault {
    this.#count += 1
    const fault = { ...faultSchema.parse(input), id: `fault-${this.#count}`, fired: 0 }
    this.#faults.push(fault)
    return fault
  }

  list(): Fault[] {
    return this.#faults.map(fault => ({ ...fault }))
  }

  /** Forget every fault and let go of every held request. */
  clear(): void {
    this.#faults = []
    this.release()
  }

  /** The fault this request meets; null for none. */
  take(subject: Subject): Fault | null {
    for (const fault of this.#faults) {
      if (fault.times === 0 || !matches(fault.match, subject)) continue
      if (fault.skip > 0) {
        fault.skip -= 1
        continue
      }
      fault.times -= 1
      fault.fired += 1
      return fault
    }
    return null
  }

  /** Let go of the requests one fault holds, or of all; gives how many. */
  release(id?: string): number {
    const ids = id === undefined ? [...this.#gates.keys()] : [id]
    const opened = ids.flatMap(key => this.#gates.get(key) ?? [])
    for (const key of ids) this.#gates.delete(key)
    for (const open of opened) open()
    return opened.length
  }

  /** Play a fault around the work it meets. */
  async play(fault: Fault, work: () => Reply): Promise<Played> {
    switch (fault.kind) {
      case 'drop_before':
        return { kind: 'dropped' }
      case 'drop_after':
        work()
        return { kind: 'dropped' }
      case 'delay':
        return { kind: 'reply', reply: await around(work, () => wait(fault.delay_ms), fault.before ?? false) }
      case 'hold':
        return { kind: 'reply', reply: await around(work, () => this.#hold(fault.id), fault.before ?? true) }
      case 'truncated':
        return { kind: 'truncated', reply: work() }
      case 'no_id':
        return { kind: 'reply', reply: withoutIds(work()) }
      case 'odd_token':
        return { kind: 'reply', reply: oddToken(work(), fault) }
      default:
        if (fault.before === false) work()
        return { kind: 'reply', reply: canned(fault) }
    }
  }

  #hold(id: string): Promise<void> {
    return new Promise(resolve => {
      this.#gates.set(id, [...(this.#gates.get(id) ?? []), resolve])
    })
  }
}

async function around(work: () => Reply, pause: () => Promise<unknown>, before: boolean): Promise<Reply> {
  if (before) await pause()
  const reply = work()
  if (!before) await pause()
  return reply
}

function canned(fault: Fault): Reply {
  const reply = ownAnswer(fault)
  const headers = { ...reply.headers, ...fault.headers }
  if (fault.body === undefined) return { ...reply, headers }
  return { ...reply, headers, body: typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body) }
}

function ownAnswer(fault: Fault): Reply {
  switch (fault.kind) {
    case 'status_429':
      return refusal(429, '')
    case 'status_500_gateway': {
      const faultstring = 'Failed to execute the ExtractVariables: ExtractAccessToken'
      return json(500, { fault: { faultstring, detail: { errorcode: 'steps.extractvariables.ExecutionFailed' } } })
    }
    case 'status_500_business':
      return refusal(500, 'Invalid journal. The journal must be a cash journal.')
    case 'html_200':
      return html(200, '<!doctype html><title>Exact Online</title><p>Onderhoud</p>')
    case 'html_502':
      return html(502, '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>')
    default:
      return { status: fault.status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '' }
  }
}

function withoutIds(reply: Reply): Reply {
  if (!reply.body.startsWith('{')) return reply
  const answer = JSON.parse(reply.body) as { d?: Record<string, unknown> }
  const d = Object.fromEntries(Object.keys(answer.d ?? {}).map(name => [name, null]))
  const { Location: _, ...headers } = reply.headers
  return { ...reply, headers, body: JSON.stringify({ d }) }
}

function oddToken(reply: Reply, fault: Fault): Reply {
  if (fault.body !== undefined) return { ...canned(fault), status: reply.status }
  if (!reply.body.startsWith('{')) return reply
  const { refresh_token: _, ...rest } = JSON.parse(reply.body) as Record<string, unknown>
  return { ...reply, body: JSON.stringify(rest) }
}
