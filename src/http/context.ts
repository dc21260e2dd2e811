import type { Context, MiddlewareHandler } from 'hono'
import type { Random } from '../clock.ts'
import { LOCALES, type Locale } from '../words/words.ts'

/** What a request carries once it has been named. */
export type HttpEnv = { Variables: { requestId?: string } }

const REQUEST_ID = 'x-request-id'

/** What every answer says unless a route says otherwise: JSON has nothing to run, frame or refer to. */
const FIXED_HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
]

const FIXED = Object.fromEntries(FIXED_HEADERS)

/** Say all that every answer says, in one go: setting headers one by one is what costs. */
export const framed = (headers: Record<string, string>, requestId: string): Record<string, string> => ({
  ...FIXED,
  ...headers,
  [REQUEST_ID]: requestId,
})

/** Gives requests their ids, and answers what every answer says. */
export type Frame = {
  /** Name this request. The caller's own id is not taken over; the same request keeps its id. */
  identify(c: Context<HttpEnv>): string
  /** Around a handler that makes its own Response; `route` says it all itself, for a middleware costs a tenth of a token call. */
  around: MiddlewareHandler<HttpEnv>
}

/** Make a frame: an id is this isolate's random name and a number, so that none costs a draw. */
export function frame(random: Random): Frame {
  let name: string | null = null
  let count = 0
  const identify = (c: Context<HttpEnv>): string => {
    if (c.var.requestId !== undefined) return c.var.requestId
    name ??= hex(random(10))
    count += 1
    const requestId = `req_${name}${count.toString(16).padStart(6, '0')}`
    c.set('requestId', requestId)
    return requestId
  }
  const around: MiddlewareHandler<HttpEnv> = async (c, next) => {
    const requestId = identify(c)
    await next()
    const { headers } = c.res
    if (headers.has(REQUEST_ID)) return // It was made with all of them.
    headers.set(REQUEST_ID, requestId)
    for (const [header, value] of FIXED_HEADERS) if (!headers.has(header)) headers.set(header, value)
  }
  return { identify, around }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

const isLocale = (text: string): text is Locale => LOCALES.some(locale => locale === text)

/** Choose the language of problems from `Accept-Language` (RFC 9110 section 12.5.4): the best of ours, else English. */
export function localeOf(c: Context): Locale {
  const header = c.req.header('accept-language')
  if (header === undefined) return 'en'
  const wishes = header.split(',', 20).flatMap(wish => {
    const [range = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const locale = range.trim().split('-')[0] ?? ''
    const quality = parameters.map(text => text.trim()).find(text => text.startsWith('q='))
    const weight = quality === undefined ? 1 : Number(quality.slice(2))
    return isLocale(locale) && weight > 0 ? [{ locale, weight }] : []
  })
  return wishes.toSorted((a, b) => b.weight - a.weight)[0]?.locale ?? 'en'
}
