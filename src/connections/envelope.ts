/** What a sealed value is bound to: it opens nowhere else. */
export type Place = {
  tenant: string
  connection: string
  provider: string
  field: string
  /** Version of the row the value stands in; an integer from 0. */
  rowVersion: number
}

/** The parts of an envelope of version 1, in the order they are stored. */
export type Envelope = {
  keyId: string
  wrapNonce: Uint8Array
  wrappedKey: Uint8Array
  nonce: Uint8Array
  ciphertext: Uint8Array
}

/** Bytes of an AES-256 key. */
export const keyBytes = 32
/** Bytes of an AES-GCM nonce (NIST SP 800-38D section 8.2). */
export const nonceBytes = 12

const version = 1
const tagBytes = 16
const idPattern = /^[A-Za-z0-9._-]{1,32}$/

/** Say whether `text` may name a key: 1–32 letters, digits, `.`, `_` or `-`, so one byte per character. */
export const isKeyId = (text: string): boolean => idPattern.test(text)

/** Lay out `version (1) | id length (1) | id | wrap nonce (12) | wrapped key (48) | nonce (12) | ciphertext and tag`. */
export function packEnvelope(parts: Envelope): Uint8Array {
  const id = new TextEncoder().encode(parts.keyId)
  const { wrapNonce, wrappedKey, nonce, ciphertext } = parts
  return join([Uint8Array.of(version, id.length), id, wrapNonce, wrappedKey, nonce, ciphertext])
}

/** Read a copy of an envelope; undefined where the bytes cannot be one. Proves nothing: only the keys do. */
export function unpackEnvelope(bytes: Uint8Array): Envelope | undefined {
  const copy = new Uint8Array(bytes)
  const idLength = copy[1] ?? 0
  let at = 2
  const take = (length: number) => {
    at += length
    return copy.subarray(at - length, at)
  }
  const keyId = String.fromCharCode(...take(idLength))
  const [wrapNonce, wrappedKey, nonce] = [take(nonceBytes), take(keyBytes + tagBytes), take(nonceBytes)]
  const ciphertext = copy.subarray(at)
  if (copy[0] !== version || !isKeyId(keyId) || ciphertext.length < tagBytes) return undefined
  return { keyId, wrapNonce, wrappedKey, nonce, ciphertext }
}

/** Say whether a place has exactly one spelling in bytes: well-formed text and a whole row version from 0. */
export function isPlace({ tenant, connection, provider, field, rowVersion }: Place): boolean {
  const texts = [tenant, connection, provider, field]
  return texts.every(text => text.isWellFormed()) && Number.isSafeInteger(rowVersion) && rowVersion >= 0
}

/** Spell the associated data of the payload: no two places give the same bytes. */
export const payloadContext = ({ tenant, connection, provider, field, rowVersion }: Place): Uint8Array =>
  spell(['zetel payload', String(version), tenant, connection, provider, field, String(rowVersion)])

/** Spell the associated data of the wrapped data key. */
export const dataKeyContext = ({ tenant, connection }: Place, keyId: string): Uint8Array =>
  spell(['zetel data key', String(version), tenant, connection, keyId])

/** Each text as UTF-8 behind its length in 4 bytes, big-endian. */
function spell(texts: string[]): Uint8Array {
  const encoder = new TextEncoder()
  const room = new Uint8Array(texts.reduce((sum, text) => sum + 4 + text.length * 3, 0))
  const view = new DataView(room.buffer)
  let at = 0
  for (const text of texts) {
    const { written } = encoder.encodeInto(text, room.subarray(at + 4))
    view.setUint32(at, written)
    at += 4 + written
  }
  return room.subarray(0, at)
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
