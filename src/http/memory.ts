/** A bounded memory of plain data in one isolate: what is older than its time is gone, and the oldest make room. */
export class Memory<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>()
  readonly #lifeMs: number
  readonly #most: number

  constructor(options: { lifeMs: number; most: number }) {
    this.#lifeMs = options.lifeMs
    this.#most = options.most
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.until > now ? entry.value : undefined
  }

  put(key: string, value: Value, now: number): void {
    this.#entries.delete(key)
    if (this.#entries.size >= this.#most) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    this.#entries.set(key, { value, until: now + this.#lifeMs })
  }

  /** Forget every value of which this holds. */
  forget(holds: (value: Value) => boolean): void {
    for (const [key, { value }] of this.#entries) if (holds(value)) this.#entries.delete(key)
  }
}
