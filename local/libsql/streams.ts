// Streams over HTTP: each has a connection of its own, and a baton that is good for exactly one more request. A stream
// that nobody asks anything of is rolled back and forgotten.
import { randomUUID } from 'node:crypto'
import type { Connection } from './connection.ts'
import type { Pool } from './pool.ts'
import { HttpRefusal } from './protocol.ts'

/** One conversation with a client. */
export type Stream = {
  readonly id: string
  /** Taken at the first request, given back at the end of the stream. */
  connection: Connection | undefined
  readonly storedSql: Map<number, string>
  closed: boolean
}

type Parked = { stream: Stream; baton: string; expiry: NodeJS.Timeout }

export class Streams {
  readonly #pool: Pool
  readonly #idleMs: number
  readonly #onFreed: () => void
  readonly #parked = new Map<string, Parked>()
  readonly #busy = new Set<string>()

  /** @param idleMs how long a stream may wait for its next request; @param onFreed called when it waited too long */
  constructor(pool: Pool, idleMs: number, onFreed: () => void) {
    this.#pool = pool
    this.#idleMs = idleMs
    this.#onFreed = onFreed
  }

  open(): Stream {
    return this.#taken({ id: randomUUID(), connection: undefined, storedSql: new Map(), closed: false })
  }

  /** Take up the stream a baton stands for; a baton that is foreign, used or expired is refused. */
  resume(baton: string): Stream {
    const id = baton.slice(0, baton.indexOf('.'))
    if (this.#busy.has(id)) throw usedBaton()
    const parked = this.#parked.get(id)
    if (!parked) throw new HttpRefusal(400, 'The stream has expired due to inactivity', 'STREAM_EXPIRED')
    if (parked.baton !== baton) throw usedBaton()
    clearTimeout(parked.expiry)
    this.#parked.delete(id)
    return this.#taken(parked.stream)
  }

  /** Put a stream aside until its next request, and give the baton for it. */
  park(stream: Stream): string {
    const baton = `${stream.id}.${randomUUID()}`
    const expiry = setTimeout(() => this.#expire(stream), this.#idleMs).unref()
    this.#busy.delete(stream.id)
    this.#parked.set(stream.id, { stream, baton, expiry })
    return baton
  }

  /** End a stream: an open transaction is rolled back. */
  end(stream: Stream): void {
    stream.closed = true
    this.#busy.delete(stream.id)
    if (stream.connection) this.#pool.release(stream.connection)
    stream.connection = undefined
  }

  close(): void {
    for (const { stream, expiry } of this.#parked.values()) {
      clearTimeout(expiry)
      this.end(stream)
    }
    this.#parked.clear()
  }

  #taken(stream: Stream): Stream {
    this.#busy.add(stream.id)
    return stream
  }

  #expire(stream: Stream): void {
    this.#parked.delete(stream.id)
    this.end(stream)
    this.#onFreed()
  }
}

function usedBaton(): HttpRefusal {
  return new HttpRefusal(400, 'Received a baton that has already been used', 'BATON_REUSED')
}
