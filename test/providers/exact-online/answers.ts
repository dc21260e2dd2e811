import type { ProviderAnswer } from '../../../src/providers/provider.ts'

/** An answer as a provider gives it; an object becomes JSON. */
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): ProviderAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** Exact's error body, with code and language empty as in every sample seen. */
export const odataError = (value: string) => ({ error: { code: '', message: { lang: '', value } } })

export const rows = (...results: unknown[]) => ({ d: { results } })

export const GUID = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'

export const HTML = '<!DOCTYPE html><html><body>Sign in</body></html>'

/** Answers with status 200 that no reader may take for something said. */
export const ODD: readonly [string, string][] = [
  ['a log-in page', HTML],
  ['nothing', ''],
  ['half of an answer', '{"d":{"results":[{"UserID":"3f2504e0'],
  ['null', 'null'],
  ['a null payload', '{"d":null}'],
  ['null results', '{"d":{"results":null}}'],
  ['a null row', '{"d":{"results":[null]}}'],
  ['a list in a list', '{"d":{"results":[[]]}}'],
  ['a bare list', '[]'],
  ['a number', '7'],
  ['a text', '"true"'],
  ['an error', '{"error":{"message":{"value":"Forbidden"}}}'],
]
