import { z } from 'zod'
import { matches, matchSchema, type Subject } from './matching.ts'

const kept = 50_000

export interface LogEntry {
  seq: number
  /** Virtual time, ISO. */
  at: string
  method: string
  path: string
  /** Decoded query; left out where it carries the log-in. */
  query: string
  user: string | null
  client: string | null
  grant_type: string | null
  /** Null while unanswered, and for good when the connection was dropped. */
  status: number | null
  fault: string | null
  done: boolean
}

/** What to wait for. */
export const awaitSchema = z.strictObject({
  match: matchSchema.omit({ body: true }).default({}),
  count: z.number().int().positive().default(1),
  /** Only requests with a higher log number count. */
  since: z.number().int().min(0).default(0),
  /** Whether a request counts only once it is answered or dropped. */
  done: z.boolean().default(false),
  /** Real milliseconds after which to give up. */
  timeout_ms: z.number().min(0).max(60_000).default(5_000),
})

export type AwaitInput = z.input<typeof awaitSchema>

/** Every request to the played provider, in memory; the newest 50,000 are kept. */
export class RequestLog {
  #entries: LogEntry[] = []
  #seq = 0
  readonly #watchers = new Set<() => void>()

  begin(subject: Subject, grant_type: string | null, at: string): LogEntry {
    this.#seq += 1
    const { method, path, user, client } = subject
    const query = path.startsWith('/api/oauth2/') ? '' : subject.query
    const entry = {
      seq: this.#seq,
      at,
      method,
      path,
      query,
      user,
      client,
      grant_type,
      status: null,
      fault: null,
      done: false,
    }
    this.#entries.push(entry)
    if (this.#entries.length > kept * 1.1) this.#entries = this.#entries.slice(-kept)
    this.#notify()
    return entry
  }

  finish(entry: LogEntry, status: number | null): void {
    entry.status = status
    entry.done = true
    this.#notify()
  }

  /** Entries after a log number. */
  list(since = 0): LogEntry[] {
    return this.#entries.filter(entry => entry.seq > since)
  }

  clear(): void {
    this.#entries = []
  }

  /** Resolve once enough matching requests are in the log, or time is up. */
  until(input: AwaitInput): Promise<{ reached: boolean; count: number }> {
    const asked = awaitSchema.parse(input)
    const count = () =>
      this.list(asked.since).filter(
        entry => (!asked.done || entry.done) && matches(asked.match, { ...entry, body: '' }),
      ).length
    return new Promise(resolve => {
      const look = () => {
        const found = count()
        if (found >= asked.count) settle(found)
      }
      const settle = (found: number) => {
        clearTimeout(timer)
        this.#watchers.delete(look)
        resolve({ reached: found >= asked.count, count: found })
      }
      const timer = setTimeout(() => settle(count()), asked.timeout_ms)
      this.#watchers.add(look)
      look()
    })
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }
}
