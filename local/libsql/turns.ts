// Who waits for a lock, waits here and not in SQLite: the holder needs the event loop to get to its end. Work is a
// generator that yields when it meets a lock and is taken up again, first come first served, when a lock may be free.

/** Work that yields while it must wait, and is resumed with false when it has waited long enough. */
export type Work<Result> = Generator<undefined, Result, boolean>

type Waiting = { step: (keepWaiting: boolean) => boolean; giveUpAt: number }

// Locks freed in this process are noticed at once; this is for giving up, and for locks of other processes.
const LOOK_AGAIN_MS = 20

export class Turns {
  readonly #waitMs: number
  readonly #waiting = new Set<Waiting>()
  #timer: NodeJS.Timeout | undefined
  #waking = false

  /** @param waitMs how long work may wait for one lock before it is told to give up */
  constructor(waitMs: number) {
    this.#waitMs = waitMs
  }

  /** Run work up to its first wait at once, and to its end as turns come. */
  run<Result>(work: Work<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const step = (keepWaiting: boolean): boolean => {
        try {
          const state = work.next(keepWaiting)
          if (state.done) resolve(state.value)
          return state.done === true
        } catch (error) {
          reject(error)
          return true
        }
      }
      if (step(true)) this.wake()
      else this.#wait({ step, giveUpAt: performance.now() + this.#waitMs })
    })
  }

  /** Let those who wait try again: call it whenever a lock may have been freed. */
  wake(): void {
    if (this.#waking || this.#waiting.size === 0) return
    this.#waking = true
    while (this.#tryEach());
    this.#waking = false
    if (this.#waiting.size === 0) this.#stopLooking()
  }

  /** Tell everyone who waits to give up. */
  close(): void {
    for (const waiting of this.#waiting) this.#finish(waiting, waiting.step(false))
    this.#stopLooking()
  }

  #tryEach(): boolean {
    let finished = false
    const now = performance.now()
    for (const waiting of this.#waiting) {
      if (this.#finish(waiting, waiting.step(now < waiting.giveUpAt))) finished = true
    }
    return finished
  }

  #finish(waiting: Waiting, done: boolean): boolean {
    if (done) this.#waiting.delete(waiting)
    return done
  }

  #wait(waiting: Waiting): void {
    this.#waiting.add(waiting)
    this.#timer ??= setInterval(() => this.wake(), LOOK_AGAIN_MS)
  }

  #stopLooking(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
