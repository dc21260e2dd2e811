import type { Reply } from './http.ts'
import { refusal } from './odata.ts'
import type { World } from './state.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const counted = new Set([400, 401, 403, 404])

interface Window {
  starts: number
  count: number
}

export type Admission = { refused: Reply } | { refused: null; headers: Record<string, string> }

/** Call and error budgets on the virtual clock. They live in memory: a restart forgets what was spent. */
export class Limits {
  readonly #world: World
  readonly #windows = new Map<string, Window>()
  readonly #blocked = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  clear(): void {
    this.#windows.clear()
    this.#blocked.clear()
  }

  /** Count one call for an app and a company, or refuse it. */
  admit(client_id: string, division: number): Admission {
    const { minute_limit, day_limit } = this.#world.settings
    const perMinute = this.#window(`minute|${client_id}|${division}`, minute)
    const perDay = this.#window(`day|${client_id}|${division}`, day)
    if (minute_limit !== null && perMinute.count >= minute_limit) {
      return { refused: refusal(429, '', minutely(minute_limit, perMinute)) }
    }
    if (day_limit !== null && perDay.count >= day_limit) return { refused: refusal(429, '', daily(day_limit, perDay)) }
    perMinute.count += 1
    perDay.count += 1
    const headers = {
      ...(day_limit === null ? {} : daily(day_limit, perDay)),
      ...(minute_limit === null ? {} : minutely(minute_limit, perMinute)),
    }
    return { refused: null, headers }
  }

  /** Whether this key is blocked for its errors. */
  isBlocked(key: string): boolean {
    return (this.#blocked.get(key) ?? 0) > this.#world.now()
  }

  /** Count an answer; one error more than the limit within an hour blocks the key for an hour. */
  note(key: string, status: number): void {
    const limit = this.#world.settings.error_limit
    if (limit === null || !counted.has(status)) return
    const errors = this.#window(`errors|${key}`, hour)
    errors.count += 1
    if (errors.count > limit) this.#blocked.set(key, this.#world.now() + hour)
  }

  #window(key: string, length: number): Window {
    const starts = Math.floor(this.#world.now() / length) * length
    const known = this.#windows.get(key)
    if (known?.starts === starts) return known
    const opened = { starts, count: 0 }
    this.#windows.set(key, opened)
    return opened
  }
}

/** The key errors are counted by. */
export function errorKey(client_id: string, username: string, division: number | null, endpoint: string): string {
  return `${client_id}|${username}|${division ?? '-'}|${endpoint}`
}

function daily(limit: number, window: Window): Record<string, string> {
  return rateHeaders('X-RateLimit', limit, window.count, window.starts + day)
}

function minutely(limit: number, window: Window): Record<string, string> {
  return rateHeaders('X-RateLimit-Minutely', limit, window.count, window.starts + minute)
}

function rateHeaders(name: string, limit: number, used: number, reset: number): Record<string, string> {
  return {
    [`${name}-Limit`]: String(limit),
    [`${name}-Remaining`]: String(Math.max(0, limit - used)),
    [`${name}-Reset`]: String(reset),
  }
}
