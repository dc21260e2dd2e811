import { fail, ok, type Result } from '../result.ts'
import {
  dataKeyContext,
  isPlace,
  keyBytes,
  nonceBytes,
  type Place,
  packEnvelope,
  payloadContext,
  unpackEnvelope,
} from './envelope.ts'
import { type KeyringFailure, parseKeyring, type RawKey } from './keyring.ts'

export type { Place } from './envelope.ts'
export type { KeyringFailure } from './keyring.ts'

/** The one outward answer to an envelope that does not open here, whatever is wrong with it: alarm, do not retry. */
export type SealedUnreadable = { kind: 'sealed_unreadable' }

/** Seals secrets for storage. Holds keys that cannot be exported, and caches nothing else. */
export type Vault = {
  /** Encrypt under a fresh data key. Rejects on a bug only: a place or text that is not well-formed, a spent key. */
  seal(place: Place, plaintext: string): Promise<Uint8Array>
  /** Decrypt with the key the envelope names, and no other. */
  open(place: Place, envelope: Uint8Array): Promise<Result<string, SealedUnreadable>>
  /** Id of the key that wrapped this envelope; `''`, which names no key, where the bytes are no envelope. */
  keyId(envelope: Uint8Array): string
  /** Id of the key that wraps: rows under any other id are due for rotation. */
  activeKeyId: string
}

export type VaultOptions = {
  /** The setting `ZETEL_KEYS`: `id:base64,id2:base64…`, 32 bytes each. The first wraps, all unwrap. */
  keys: string | undefined
  /** Gives that many fresh bytes of cryptographic quality. The vault overwrites what it used as a key. */
  random: (bytes: number) => Uint8Array
  /** Sealings already done under the first key. Default 0: then only those of this vault are counted. */
  sealedBefore?: number
  /** Called once, when the first key reaches 2^31 sealings: time to put a new key in front. */
  onKeyWearing?: (keyId: string, sealings: number) => void
}

/** Random 96-bit nonces allow 2^32 uses of one key (NIST SP 800-38D section 8.3): warn at half, stop one short. */
const warnAtSealings = 2 ** 31
const maxSealings = 2 ** 32 - 1

const unreadable = fail<SealedUnreadable>({ kind: 'sealed_unreadable' })

/** Open the vault: AES-256-GCM through WebCrypto. A setting that is not in order is refused; there is no plaintext mode. */
export async function openVault(options: VaultOptions): Promise<Result<Vault, KeyringFailure>> {
  const keyring = parseKeyring(options.keys)
  if (!keyring.ok) return keyring
  const active = keyring.value[0]
  const keys = new Map<string, CryptoKey>()
  for (const key of keyring.value) keys.set(key.id, await importWrappingKey(key, key === active))
  return ok({
    activeKeyId: active.id,
    keyId: (envelope: Uint8Array) => unpackEnvelope(envelope)?.keyId ?? '',
    seal: sealWith(active.id, keys, options),
    open: openWith(keys),
  })
}

function sealWith(keyId: string, keys: Map<string, CryptoKey>, options: VaultOptions): Vault['seal'] {
  const count = countSealings(keyId, options)
  const draw = drawFrom(options.random)
  return async (place, plaintext) => {
    const wrappingKey = keys.get(keyId)
    if (!wrappingKey || !isPlace(place) || !plaintext.isWellFormed()) throw new TypeError('This cannot be sealed')
    count()
    const [wrapNonce, nonce, dataKey] = [draw(nonceBytes), draw(nonceBytes), draw(keyBytes)]
    try {
      const [wrappedKey, ciphertext] = await Promise.all([
        encrypt(wrappingKey, wrapNonce, dataKeyContext(place, keyId), dataKey),
        importDataKey(dataKey).then(key =>
          encrypt(key, nonce, payloadContext(place), new TextEncoder().encode(plaintext)),
        ),
      ])
      return packEnvelope({ keyId, wrapNonce, wrappedKey, nonce, ciphertext })
    } finally {
      dataKey.fill(0)
    }
  }
}

function openWith(keys: Map<string, CryptoKey>): Vault['open'] {
  return async (place, envelope) => {
    const parts = unpackEnvelope(envelope)
    const wrappingKey = parts && keys.get(parts.keyId)
    if (!wrappingKey || !isPlace(place)) return unreadable
    try {
      const wrap = gcm(parts.wrapNonce, dataKeyContext(place, parts.keyId))
      const key = await crypto.subtle.unwrapKey('raw', parts.wrappedKey, wrappingKey, wrap, 'AES-GCM', false, [
        'decrypt',
      ])
      const plaintext = await crypto.subtle.decrypt(gcm(parts.nonce, payloadContext(place)), key, parts.ciphertext)
      return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext))
    } catch {
      return unreadable
    }
  }
}

/** Count before anything is drawn, so that sealings in flight count too. */
function countSealings(keyId: string, { sealedBefore = 0, onKeyWearing }: VaultOptions): () => void {
  let sealings = sealedBefore
  let warned = false
  return () => {
    if (sealings >= maxSealings) throw new RangeError('The first key of ZETEL_KEYS is spent: put a new key in front')
    sealings += 1
    if (warned || sealings < warnAtSealings) return
    warned = true
    onKeyWearing?.(keyId, sealings)
  }
}

function drawFrom(random: VaultOptions['random']): VaultOptions['random'] {
  return bytes => {
    const drawn = random(bytes)
    if (drawn.length !== bytes) throw new RangeError('The random source gave another number of bytes')
    return drawn
  }
}

async function importWrappingKey({ bytes }: RawKey, wraps: boolean): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey(
      'raw',
      bytes,
      'AES-GCM',
      false,
      wraps ? ['encrypt', 'unwrapKey'] : ['unwrapKey'],
    )
  } finally {
    bytes.fill(0)
  }
}

const importDataKey = (bytes: Uint8Array) => crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt'])

const gcm = (iv: Uint8Array, additionalData: Uint8Array) => ({ name: 'AES-GCM', iv, additionalData })

async function encrypt(key: CryptoKey, nonce: Uint8Array, context: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, context), key, bytes))
}
