import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'

/** Cookies of one origin: `__Host-` ties them to it and to https; a local run has neither (RFC 6265bis 4.1.3). */
export class Cookies {
  readonly #secure: boolean

  constructor(origin: string) {
    this.#secure = origin.startsWith('https:')
  }

  name(name: string): string {
    return `${this.#secure ? '__Host-' : ''}zetel_${name}`
  }

  get(c: Context, name: string): string | null {
    return getCookie(c, this.name(name)) ?? null
  }

  /** Set a cookie that scripts cannot read; for this browser session when no seconds are given. */
  set(c: Context, name: string, value: string, seconds?: number): void {
    const life = seconds === undefined ? {} : { maxAge: seconds }
    setCookie(c, this.name(name), value, { ...this.#options, ...life })
  }

  /** Write such a cookie as a header line, for an answer that is kept as data. */
  line(name: string, value: string, seconds: number): string {
    return serialize(this.name(name), value, { ...this.#options, maxAge: seconds })
  }

  drop(c: Context, name: string): void {
    deleteCookie(c, this.name(name), this.#options)
  }

  get #options() {
    return { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.#secure } as const
  }
}
