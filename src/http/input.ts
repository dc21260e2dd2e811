import type { z } from '@hono/zod-openapi'
import { en, nl } from 'zod/locales'
import { type Failure, type InvalidField, SCHEMA_FAULTS } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Locale } from '../words/words.ts'

/** More complaints than anyone mends at once; the rest is left out. */
const MOST_ERRORS = 50
const LONGEST_POINTER = 200

const MESSAGES = { nl: nl().localeError, en: en().localeError }

/** Check what came from outside against a schema; every field that is wrong is named at once. */
export function check<T>(schema: z.ZodType<T>, value: unknown, locale: () => Locale): Result<T, Failure> {
  const parsed = schema.safeParse(value, { error: issue => MESSAGES[locale()](issue), reportInput: true })
  if (parsed.success) return ok(parsed.data)
  return fail({ kind: 'invalid', errors: parsed.error.issues.flatMap(invalidFields).slice(0, MOST_ERRORS) })
}

function invalidFields(issue: z.core.$ZodIssue): InvalidField[] {
  const pointer = pointerTo(issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MOST_ERRORS)
      .map(key => ({ pointer: pointerTo([...issue.path, key]), message: issue.message }))
  if (issue.code !== 'custom' && issue.input === undefined) return [{ pointer, message: { kind: 'mandatory' } }]
  const fault = SCHEMA_FAULTS.find(one => one === issue.message)
  return [{ pointer, message: fault === undefined ? issue.message : { kind: fault } }]
}

/** Write a path as a JSON Pointer (RFC 6901). */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path
    .map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .slice(0, LONGEST_POINTER)

/** Refuse a request for fields that only the database or the provider could tell to be wrong. */
export const invalid = (...errors: InvalidField[]): { ok: false; failure: Failure } => fail({ kind: 'invalid', errors })
