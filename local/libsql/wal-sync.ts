// Makes commits durable before they are answered: one fdatasync of the WAL serves every commit made before it began.
// That is the promise of synchronous=FULL, at one sync for many commits and none of them on the event loop.
import { close, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fdatasync)

export class WalSync {
  readonly #fd: number
  #dirty = false
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  /** Open the WAL beside `file`; a connection on that file must be open already, and stay so. */
  constructor(file: string) {
    this.#fd = openSync(`${file}-wal`, 'r+')
  }

  /** Note that a commit was written. */
  committed(): void {
    this.#dirty = true
  }

  /** Resolve when every commit noted before this call is on the disk. */
  settled(): Promise<void> {
    if (this.#next !== undefined) return this.#next
    if (!this.#dirty) return this.#running ?? Promise.resolve()
    if (this.#running === undefined) return this.#start()
    this.#next = this.#running.then(() => this.#start())
    return this.#next
  }

  async close(): Promise<void> {
    await this.settled()
    await promisify(close)(this.#fd)
  }

  #start(): Promise<void> {
    this.#dirty = false
    this.#next = undefined
    this.#running = sync(this.#fd).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }
}
