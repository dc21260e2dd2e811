import { z } from '@hono/zod-openapi'
import type { SchemaFault } from '../failure.ts'
import type { IdByPrefix } from '../id.ts'
import type { JsonObject } from '../providers/provider.ts'

const isPrintable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

/** One line of text for people: trimmed, not empty, without control characters. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine(isPrintable, 'not_printable' satisfies SchemaFault)

/** A list without repetitions. */
export const distinct = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine(items => new Set(items).size === items.length, 'holds_twice' satisfies SchemaFault)

/** An id in an answer. */
export const id = (prefix: keyof IdByPrefix) => z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`))

/** An id in a request: whether it exists is for the database to say, whatever its form. */
export const reference = (prefix: keyof IdByPrefix) =>
  z
    .string()
    .max(100)
    .openapi({ example: `${prefix}_01k1zq3g8s6e0r5y7w2v4t9xbn` })

/** A moment, RFC 3339 in UTC. */
export const moment = z.iso.datetime()

/** Any JSON object, taken as it is: only parsed JSON is ever checked, so what is in it is JSON too. */
export const jsonObject = z
  .custom<JsonObject>(value => typeof value === 'object' && value !== null && !Array.isArray(value), 'Not an object')
  .openapi({ type: 'object', additionalProperties: true })

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Keep what a patch names: zod types absent fields as undefined, which the database must never take for a value. */
export const given = <T extends object>(patch: T): Given<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Given<T>
