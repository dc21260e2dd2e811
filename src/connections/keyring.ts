import { fail, ok, type Result } from '../result.ts'
import { isKeyId, keyBytes } from './envelope.ts'

/** Why `ZETEL_KEYS` is refused. Names entries by position (from 1) and never quotes them: they may hold a key. */
export type KeyringFailure =
  | { kind: 'keys_missing' }
  /** Not `id:base64`: the id is 1–32 of `A-Za-z0-9._-`, the key standard base64 with its padding. */
  | { kind: 'key_malformed'; position: number }
  | { kind: 'key_wrong_length'; position: number; bytes: number; wantedBytes: number }
  | { kind: 'key_id_repeated'; position: number; firstPosition: number }
  | { kind: 'key_repeated'; position: number; firstPosition: number }

/** One entry of the setting, still raw: import it and wipe `bytes`. */
export type RawKey = { id: string; bytes: Uint8Array }

/** The keys of the setting in order; at least one. The first wraps, all unwrap. */
export type Keyring = [RawKey, ...RawKey[]]

/** Read `id:base64,id2:base64…` (`ZETEL_KEYS`). There is no plaintext mode: anything less than a full key is refused. */
export function parseKeyring(setting: string | undefined): Result<Keyring, KeyringFailure> {
  if (!setting?.trim()) return fail({ kind: 'keys_missing' })
  const keys: RawKey[] = []
  for (const [index, entry] of setting.split(',').entries()) {
    const key = parseKey(entry.trim(), index + 1)
    if (!key.ok) return key
    const repeated = findRepeat(keys, key.value)
    if (repeated) return fail(repeated)
    keys.push(key.value)
  }
  const [first, ...rest] = keys
  return first ? ok<Keyring>([first, ...rest]) : fail({ kind: 'keys_missing' })
}

function parseKey(entry: string, position: number): Result<RawKey, KeyringFailure> {
  const colon = entry.indexOf(':')
  const id = entry.slice(0, Math.max(colon, 0))
  const bytes = decodeBase64(entry.slice(colon + 1))
  if (!isKeyId(id) || !bytes) return fail({ kind: 'key_malformed', position })
  if (bytes.length !== keyBytes)
    return fail({ kind: 'key_wrong_length', position, bytes: bytes.length, wantedBytes: keyBytes })
  return ok({ id, bytes })
}

function findRepeat(keys: RawKey[], key: RawKey): KeyringFailure | undefined {
  const position = keys.length + 1
  const sameId = keys.findIndex(other => other.id === key.id)
  if (sameId >= 0) return { kind: 'key_id_repeated', position, firstPosition: sameId + 1 }
  const sameKey = keys.findIndex(other => other.bytes.every((byte, at) => byte === key.bytes[at]))
  return sameKey >= 0 ? { kind: 'key_repeated', position, firstPosition: sameKey + 1 } : undefined
}

/** Strict: `atob` also takes blanks, missing padding and stray bits, so one key would have many spellings. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const binary = atob(text)
  return btoa(binary) === text ? Uint8Array.from(binary, character => character.charCodeAt(0)) : undefined
}
