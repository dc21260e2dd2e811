// Everything between the HTTP body of a request and the file: one engine per server.
import { runPipeline } from './pipeline.ts'
import { Pool } from './pool.ts'
import { readPipeline, type StreamRequest } from './protocol.ts'
import { type Stream, Streams } from './streams.ts'
import { Turns, type Work } from './turns.ts'
import { WalSync } from './wal-sync.ts'

export type EngineOptions = { file: string; busyWaitMs: number; streamIdleMs: number }

export type PipelineAnswer = { baton: string | null; base_url: null; results: unknown[] }

export class Engine {
  readonly #pool: Pool
  readonly #wal: WalSync
  readonly #turns: Turns
  readonly #streams: Streams

  constructor({ file, busyWaitMs, streamIdleMs }: EngineOptions) {
    const shared = { file, schemaVersion: 0, committed: () => {} }
    this.#pool = new Pool(shared)
    this.#wal = new WalSync(file)
    shared.committed = () => this.#wal.committed()
    this.#turns = new Turns(busyWaitMs)
    this.#streams = new Streams(this.#pool, streamIdleMs, () => this.#turns.wake())
  }

  /** Answer one pipeline body, once what it committed is on the disk; `isGone` says whether the client has left. */
  async answer(body: string, isGone: () => boolean): Promise<PipelineAnswer> {
    const { baton, requests } = readPipeline(body)
    const stream = baton === undefined ? this.#streams.open() : this.#streams.resume(baton)
    const answer = await this.#turns.run(this.#converse(stream, requests, isGone))
    await this.#wal.settled()
    return answer
  }

  async close(): Promise<void> {
    this.#turns.close()
    this.#streams.close()
    await this.#wal.close()
    this.#pool.close()
  }

  // The stream is put aside or ended before anybody else gets a turn: ending it may be what they wait for. A client
  // that has left can never use its baton, so its transaction would hold everybody up until it expired.
  *#converse(stream: Stream, requests: StreamRequest[], isGone: () => boolean): Work<PipelineAnswer> {
    let keep = false
    try {
      const results = yield* runPipeline(this.#pool, stream, requests)
      keep = !stream.closed && !isGone()
      return { baton: keep ? this.#streams.park(stream) : null, base_url: null, results }
    } finally {
      if (!keep) this.#streams.end(stream)
    }
  }
}
