import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'

/** The largest body taken: 1 MiB. */
export const MOST_BYTES = 1024 * 1024

/** Brackets within brackets: more than any booking has, and far less than overflows a stack. */
const DEEPEST = 100

/** Read a body, refusing one that says it is too large and one that turns out to be, without reading on. */
export async function readBody(request: Request, atMostBytes = MOST_BYTES): Promise<Result<Uint8Array, Failure>> {
  const tooLarge = fail<Failure>({ kind: 'too_large', atMostBytes })
  if (Number(request.headers.get('content-length')) > atMostBytes) return tooLarge
  if (request.body === null) return ok(new Uint8Array())
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return ok(joined(chunks, length))
    length += value.byteLength
    if (length > atMostBytes) {
      // Not awaited: a sender that goes on sending must not hold up the refusal.
      reader.cancel().catch(() => undefined)
      return tooLarge
    }
    chunks.push(value)
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** Read a body as JSON in UTF-8, which it must say it is. No body at all reads as an object without fields. */
export function parseJson(bytes: Uint8Array, contentType: string | undefined): Result<unknown, Failure> {
  if (bytes.byteLength === 0) return ok({})
  if (!isJson(contentType)) return fail({ kind: 'unsupported_media_type' })
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    const value: unknown = JSON.parse(text)
    return isTooDeep(text) ? fail({ kind: 'malformed_json' }) : ok(value)
  } catch {
    return fail({ kind: 'malformed_json' })
  }
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')

/** Tell whether the brackets of well-formed JSON stand deeper than is safe (RFC 8259 section 9 allows such a limit). */
function isTooDeep(json: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (inText && character === '\\') at += 1
    else if (character === '"') inText = !inText
    else if (!inText && (character === '[' || character === '{')) depth += 1
    else if (!inText && (character === ']' || character === '}')) depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
