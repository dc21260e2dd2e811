import type { ProviderAnswer } from '../provider.ts'

/** A JSON object of which nothing is known yet. */
export type Row = Readonly<Record<string, unknown>>

/** What .NET writes where there is no id. */
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'

/** Tell whether a value is a JSON object. */
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parse JSON; `undefined` when it is none, never a throw. */
export const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Give what stands under `d` in a successful answer (§2.1); `undefined` for everything else. */
export const payloadOf = (answer: ProviderAnswer): unknown => {
  if (answer.status < 200 || answer.status > 299) return undefined
  const json = parse(answer.body)
  return isRow(json) ? json.d : undefined
}

/** Give the rows of a list and its `__next` address; null unless every row is an object, so that nothing is silently left out. */
export const listOf = (answer: ProviderAnswer): { rows: Row[]; next: string | null } | null => {
  const d = payloadOf(answer)
  const results = isRow(d) ? d.results : d
  if (!Array.isArray(results) || !results.every(isRow)) return null
  const next = isRow(d) ? (d.__next ?? null) : null
  return next === null || typeof next === 'string' ? { rows: results, next } : null
}

/** Write a text as an OData literal for a query: quotes doubled (the only way out of them), then percent-encoded. */
export const literal = (text: string): string => `'${encodeURIComponent(text.toWellFormed().replaceAll("'", "''"))}'`

/** Read the text of an OData error body (§3.4); null when there is none or it is empty. */
export const errorText = (body: string): string | null => {
  const json = parse(body)
  const error = isRow(json) ? json.error : undefined
  const message = isRow(error) ? error.message : undefined
  const value = isRow(message) ? message.value : message
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
