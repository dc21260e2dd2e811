import type { Clock } from '../../src/clock.ts'

/** Real time plus an offset that a test moves. */
export class MovableClock implements Clock {
  #offset = 0

  now(): number {
    return Date.now() + this.#offset
  }

  advance(ms: number): void {
    this.#offset += ms
  }
}
