// The connections of one file: one kept open for as long as the server lives, so that the WAL stays the same file, and
// as many as there are streams, of which the idle ones are kept for the next.
import { Connection, type SharedState } from './connection.ts'

const IDLE_CONNECTIONS = 16
const OPEN_CONNECTIONS = 200

export class Pool {
  readonly #shared: SharedState
  readonly #keeper: Connection
  readonly #idle: Connection[] = []
  readonly #taken = new Set<Connection>()

  constructor(shared: SharedState) {
    this.#shared = shared
    this.#keeper = new Connection(shared)
  }

  /** Take a connection; undefined when too many are taken already. */
  acquire(): Connection | undefined {
    if (this.#taken.size >= OPEN_CONNECTIONS) return undefined
    const connection = this.#idle.pop() ?? new Connection(this.#shared)
    this.#taken.add(connection)
    return connection
  }

  /** Give a connection back; an open transaction is rolled back. */
  release(connection: Connection): void {
    this.#taken.delete(connection)
    if (connection.reset() && this.#idle.length < IDLE_CONNECTIONS) this.#idle.push(connection)
    else connection.close()
  }

  close(): void {
    for (const connection of this.#taken) {
      connection.reset()
      connection.close()
    }
    for (const connection of this.#idle) connection.close()
    this.#keeper.close()
  }
}
