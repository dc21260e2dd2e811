import { createDecipheriv, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { payloadContext, unpackEnvelope } from '../../src/connections/envelope.ts'
import { openVault, type Place, type Vault, type VaultOptions } from '../../src/connections/vault.ts'

const random = (bytes: number) => webcrypto.getRandomValues(new Uint8Array(bytes))
const key = (byte: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(byte)))
const place: Place = {
  tenant: 'tnt_1',
  connection: 'con_1',
  provider: 'exact-online',
  field: 'refresh_token',
  rowVersion: 7,
}
const unreadable = { ok: false, failure: { kind: 'sealed_unreadable' } }
/** Never edit: rows sealed in version 1 stay in databases and backups. */
const golden = [
  '0102', // version, id length
  '6b31', // key id
  '000102030405060708090a0b', // wrap nonce
  'a3bf8f3d3ce31866de4bc5e7044cee8486ef4121d9bc6b2f41fb0ab395b20b85a7de3f990de7fbbfff64a0aa3f38e9db', // wrapped data key
  '0c0d0e0f1011121314151617', // nonce
  'dbe16fe888258313e207ef95768eb6fa9f80b6e70b7b48e21fe3d144d6', // ciphertext and tag
].join('')

async function open(options: Partial<VaultOptions> = {}): Promise<Vault> {
  const vault = await openVault({ keys: `k1:${key(1)}`, random, ...options })
  if (!vault.ok) throw new Error(vault.failure.kind)
  return vault.value
}

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Numbers its bytes 0, 1, 2 … so that a sealing can be repeated. */
function counting() {
  let next = 0
  return (bytes: number) => Uint8Array.from({ length: bytes }, () => next++ % 256)
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('sealing', () => {
  it('gives back every well-formed text where it was sealed', async () => {
    const vault = await open()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.maxSafeNat(), async (text, rowVersion) => {
        const at = { ...place, rowVersion }
        expect(await vault.open(at, await vault.seal(at, text))).toEqual({ ok: true, value: text })
      }),
    )
    expect(await vault.open(place, await vault.seal(place, '\ufeffbom'))).toEqual({ ok: true, value: '\ufeffbom' })
  })

  it('refuses to seal what would come back changed', async () => {
    const vault = await open()
    await expect(vault.seal(place, 'half a pair \ud800')).rejects.toThrow(TypeError)
    await expect(vault.seal({ ...place, tenant: '\ud800' }, 'x')).rejects.toThrow(TypeError)
    await expect(vault.seal({ ...place, rowVersion: -1 }, 'x')).rejects.toThrow(TypeError)
    await expect(vault.seal({ ...place, rowVersion: Number.NaN }, 'x')).rejects.toThrow(TypeError)
  })

  it('refuses a random source that gives too few bytes', async () => {
    const vault = await open({ random: bytes => random(bytes - 1) })
    await expect(vault.seal(place, 'x')).rejects.toThrow(RangeError)
  })

  it('P21 leaves no readable form of the secret in the envelope', async () => {
    const canary = 'canary/7f3a+ë=secret?token'
    const vault = await open()
    const envelope = Buffer.from(await vault.seal(place, canary))
    const stored = ['latin1', 'hex', 'base64', 'base64url'] as const
    for (const form of formsOf(canary)) for (const as of stored) expect(envelope.toString(as)).not.toContain(form)
    const plain = Buffer.concat([envelope, Buffer.from(canary)])
    expect(formsOf(canary).some(form => plain.toString('latin1').includes(form))).toBe(true)
  })
})

/** The text itself, in a URL, in hex, and in base64 at each of its three alignments without the edges. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const shifted = [0, 1, 2].map(pad => Buffer.concat([Buffer.alloc(pad), bytes]))
  const base64 = shifted.flatMap(it => [it.toString('base64').slice(4, -4), it.toString('base64url').slice(4, -4)])
  return [bytes.toString('latin1'), encodeURIComponent(text), bytes.toString('hex'), ...base64]
}

describe('binding', () => {
  const elsewhere: Partial<Place>[] = [
    { tenant: 'tnt_2' },
    { connection: 'con_2' },
    { provider: 'yuki' },
    { field: 'access_token' },
    { rowVersion: 6 },
    { rowVersion: 8 },
    { tenant: 'tnt_1c', connection: 'on_1' },
    { tenant: place.connection, connection: place.tenant },
    { provider: '', field: `${place.provider}${place.field}` },
    { field: `${place.field}7`, rowVersion: 0 },
    { tenant: '\ud800' },
    { rowVersion: Number.NaN },
  ]

  it.each(elsewhere)('P22 rejects an envelope moved to %j', async change => {
    const vault = await open()
    const envelope = await vault.seal(place, 'secret')
    expect(await vault.open({ ...place, ...change }, envelope)).toEqual(unreadable)
  })

  it('P22 rejects any other place, also when its parts run together to the same text', async () => {
    const vault = await open()
    await fc.assert(
      fc.asyncProperty(placesOfSameText(), async ([here, there]) => {
        const same = JSON.stringify(here) === JSON.stringify(there)
        const opened = await vault.open(there, await vault.seal(here, 'secret'))
        expect(opened).toEqual(same ? { ok: true, value: 'secret' } : unreadable)
      }),
      { numRuns: 500 },
    )
  })

  it('P22 spells no two places alike', () => {
    fc.assert(
      fc.property(placesOfSameText(), ([here, there]) => {
        const alike = hexOf(payloadContext(here)) === hexOf(payloadContext(there))
        expect(alike).toBe(JSON.stringify(here) === JSON.stringify(there))
      }),
      { numRuns: 5_000 },
    )
  })

  it('P22 rejects a data key carried over from another envelope of the same connection', async () => {
    const vault = await open()
    const [one, two] = [await vault.seal(place, 'one'), await vault.seal(place, 'two')]
    const header = 2 + vault.activeKeyId.length + 12 + 48
    const mixed = Uint8Array.from([...one.subarray(0, header), ...two.subarray(header)])
    expect(await vault.open(place, mixed)).toEqual(unreadable)
  })
})

/** One text cut into four parts at two sets of places, so that only the lengths tell the two apart. */
function placesOfSameText() {
  const cuts = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8))
  const cut = (text: string, at: number[]): Place => {
    const [a = 0, b = 0, c = 0] = at.toSorted((one, two) => one - two)
    const parts = { tenant: text.slice(0, a), connection: text.slice(a, b), provider: text.slice(b, c) }
    return { ...parts, field: text.slice(c), rowVersion: text.length }
  }
  return fc
    .tuple(fc.string({ unit: fc.constantFrom('a', '1', '\0', ','), maxLength: 8 }), cuts, cuts)
    .map(([text, one, two]) => [cut(text, one), cut(text, two)] as const)
}

describe('tampering', () => {
  it('P23 rejects every single flipped bit with the same outward error', async () => {
    const vault = await open({ keys: `k1:${key(1)},k0:${key(2)},k3:${key(3)}` })
    const envelope = await vault.seal(place, 'refresh')
    const flips = Array.from({ length: envelope.length * 8 }, (_, bit) => {
      const flipped = Uint8Array.from(envelope)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return flipped
    })
    const answers = await Promise.all(flips.map(flipped => vault.open(place, flipped)))
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(unreadable)]))
    expect(answers.length).toBeGreaterThan(700)
  })

  it('P23 rejects every truncation and every added byte with the same outward error', async () => {
    const vault = await open()
    const envelope = await vault.seal(place, 'refresh')
    for (let length = 0; length < envelope.length; length++) {
      expect(await vault.open(place, envelope.subarray(0, length))).toEqual(unreadable)
      expect(await vault.open(place, envelope.subarray(envelope.length - length))).toEqual(unreadable)
    }
    expect(await vault.open(place, Uint8Array.from([...envelope, 0]))).toEqual(unreadable)
  })

  it('P23 reads arbitrary bytes as unreadable, and never throws', async () => {
    const vault = await open()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
        expect(await vault.open(place, bytes)).toEqual(unreadable)
        expect(vault.keyId(bytes)).toMatch(/^[\w.-]{0,32}$/)
      }),
    )
  })
})

describe('limits', () => {
  it('P24 repeats no nonce and no data key in 100,000 sealings', async () => {
    const vault = await open()
    const dataKeys = watchDataKeysWithoutCipher()
    const nonces = new Set<string>()
    for (let done = 0; done < 100_000; done++) {
      const parts = unpackEnvelope(await vault.seal(place, ''))
      for (const nonce of parts ? [parts.wrapNonce, parts.nonce] : []) nonces.add(hexOf(nonce))
    }
    expect([nonces.size, dataKeys.size]).toEqual([200_000, 100_000])
  })

  it('P24 warns once when the first key reaches 2^31 sealings', async () => {
    const onKeyWearing = vi.fn()
    const vault = await open({ sealedBefore: 2 ** 31 - 2, onKeyWearing })
    await vault.seal(place, 'x')
    expect(onKeyWearing).not.toHaveBeenCalled()
    await vault.seal(place, 'x')
    await vault.seal(place, 'x')
    expect(onKeyWearing.mock.calls).toEqual([['k1', 2 ** 31]])
  })

  it('P24 stops before 2^32 sealings, those in flight included, and still opens', async () => {
    const vault = await open({ sealedBefore: 2 ** 32 - 3 })
    const sealings = await Promise.allSettled([1, 2, 3, 4].map(() => vault.seal(place, 'x')))
    expect(sealings.map(sealing => sealing.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    const [first] = sealings
    if (first?.status !== 'fulfilled') throw new Error('the first sealing failed')
    expect(await vault.open(place, first.value)).toEqual({ ok: true, value: 'x' })
  })
})

/** The cipher takes nine tenths of the time and draws nothing: 100,000 sealings go without it. */
function watchDataKeysWithoutCipher(): Set<string> {
  const seen = new Set<string>()
  const importKey = async (_: string, bytes: Uint8Array) => void seen.add(hexOf(bytes))
  vi.stubGlobal('crypto', { subtle: { importKey, encrypt: async () => new ArrayBuffer(48) } })
  return seen
}

describe('key ids', () => {
  it('P25 wraps under the first key, names it in the envelope, and opens under both', async () => {
    const [old, both] = [await open(), await open({ keys: `k2:${key(2)},k1:${key(1)}` })]
    const [before, after] = [await old.seal(place, 'before'), await both.seal(place, 'after')]
    expect([both.activeKeyId, both.keyId(before), both.keyId(after)]).toEqual(['k2', 'k1', 'k2'])
    expect(await both.open(place, before)).toEqual({ ok: true, value: 'before' })
    expect(await both.open(place, after)).toEqual({ ok: true, value: 'after' })
    expect(await old.open(place, after)).toEqual(unreadable)
  })

  it('P25 fails closed on an unknown key id without trying a key', async () => {
    const envelope = await (await open()).seal(place, 'x')
    const renamed = await open({ keys: `other:${key(1)}` })
    const [unwrap, decrypt] = [vi.spyOn(crypto.subtle, 'unwrapKey'), vi.spyOn(crypto.subtle, 'decrypt')]
    expect(await renamed.open(place, envelope)).toEqual(unreadable)
    expect([unwrap.mock.calls.length, decrypt.mock.calls.length]).toEqual([0, 0])
  })

  it('P25 tries the named key only, and no other when it does not fit', async () => {
    const envelope = await (await open()).seal(place, 'x')
    const swapped = await open({ keys: `k1:${key(2)},k2:${key(1)}` })
    const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey')
    expect(await swapped.open(place, envelope)).toEqual(unreadable)
    expect(unwrap).toHaveBeenCalledTimes(1)
  })

  it('P25 binds the wrapped data key to the key id', async () => {
    const envelope = await (await open()).seal(place, 'x')
    const renamed = await open({ keys: `k9:${key(1)}` })
    envelope.set(new TextEncoder().encode('k9'), 2)
    expect(renamed.keyId(envelope)).toBe('k9')
    expect(await renamed.open(place, envelope)).toEqual(unreadable)
  })

  it('P25 names no key for bytes that are no envelope', async () => {
    expect((await open()).keyId(new Uint8Array(3))).toBe('')
  })
})

describe('the setting', () => {
  const short = btoa('x'.repeat(31))
  const long = btoa('x'.repeat(33))
  const malformed = { kind: 'key_malformed', position: 1 }
  const refused: [string, string | undefined, object][] = [
    ['nothing', undefined, { kind: 'keys_missing' }],
    ['an empty text', '', { kind: 'keys_missing' }],
    ['blanks', ' \n', { kind: 'keys_missing' }],
    ['a key without an id', key(1), malformed],
    ['an empty id', `:${key(1)}`, malformed],
    ['a key where the id belongs', `${key(1)}:k1`, malformed],
    ['an unpadded key where the id belongs', `${key(1).replace('=', '')}:${key(2)}`, malformed],
    ['an id of 33 characters', `${'k'.repeat(33)}:${key(1)}`, malformed],
    ['an id that is not ASCII', `sleutel-é:${key(1)}`, malformed],
    ['an id without a key', 'k1:', { kind: 'key_wrong_length', position: 1, bytes: 0, wantedBytes: 32 }],
    ['a short key', `k1:${short}`, { kind: 'key_wrong_length', position: 1, bytes: 31, wantedBytes: 32 }],
    ['a long key', `k1:${long}`, { kind: 'key_wrong_length', position: 1, bytes: 33, wantedBytes: 32 }],
    ['a key that is not base64', `k1:${'*'.repeat(44)}`, malformed],
    ['a key in hex', `k1:${'0f'.repeat(32)}`, { kind: 'key_wrong_length', position: 1, bytes: 48, wantedBytes: 32 }],
    ['a key in base64url', `k1:${key(255).replaceAll('/', '_')}`, malformed],
    ['a key without padding', `k1:${key(1).replace('=', '')}`, malformed],
    ['a key with stray bits', `k1:${key(1).replace('E=', 'F=')}`, malformed],
    ['a comma too many', `k1:${key(1)},`, { kind: 'key_malformed', position: 2 }],
    [
      'one bad key behind a good one',
      `k1:${key(1)},k2:oops`,
      { kind: 'key_wrong_length', position: 2, bytes: 3, wantedBytes: 32 },
    ],
    ['an id twice', `k1:${key(1)},k1:${key(2)}`, { kind: 'key_id_repeated', position: 2, firstPosition: 1 }],
    ['a key twice', `k1:${key(1)},k2:${key(2)},k3:${key(2)}`, { kind: 'key_repeated', position: 3, firstPosition: 2 }],
  ]

  it.each(refused)('P28 refuses %s, and says why without quoting it', async (_, keys, failure) => {
    expect(await openVault({ keys, random })).toEqual({ ok: false, failure })
  })

  it('P28 takes keys set apart by blanks and a last line break', async () => {
    expect((await open({ keys: `k2:${key(2)}, k1:${key(1)}\n` })).activeKeyId).toBe('k2')
  })
})

describe('the keys', () => {
  it('P31 holds only keys that refuse to be exported and do no more than they must', async () => {
    const made = watchKeys()
    const vault = await open({ keys: `k2:${key(2)},k1:${key(1)}` })
    await vault.open(place, await vault.seal(place, 'x'))
    const keys = await Promise.all(made())
    expect(keys.map(it => it.usages.toSorted())).toEqual([
      ['encrypt', 'unwrapKey'],
      ['unwrapKey'],
      ['encrypt'],
      ['decrypt'],
    ])
    for (const it of keys) await expect(crypto.subtle.exportKey('raw', it)).rejects.toThrow()
  })

  it('P31 wipes the data key after sealing, also when sealing fails', async () => {
    const drawn: Uint8Array[] = []
    const keep = (bytes: number) => {
      const fresh = random(bytes)
      drawn.push(fresh)
      return fresh
    }
    const vault = await open({ random: keep })
    await vault.seal(place, 'x')
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('out of memory'))
    await expect(vault.seal(place, 'x')).rejects.toThrow('out of memory')
    const dataKeys = drawn.filter(bytes => bytes.length === 32)
    expect(dataKeys).toEqual([new Uint8Array(32), new Uint8Array(32)])
  })

  it('P31 wipes the bytes of the setting once they are imported', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    await open()
    expect(importKey.mock.calls.map(call => call[1])).toEqual([new Uint8Array(32)])
  })
})

function watchKeys() {
  const imported = vi.spyOn(crypto.subtle, 'importKey')
  const unwrapped = vi.spyOn(crypto.subtle, 'unwrapKey')
  return () => [...imported.mock.results, ...unwrapped.mock.results].map(({ value }) => value as Promise<CryptoKey>)
}

describe('the format', () => {
  it('P32 opens the golden envelope of version 1 for ever', async () => {
    expect(await (await open()).open(place, bytesOf(golden))).toEqual({ ok: true, value: 'golden secret' })
  })

  it('P32 seals the golden envelope again from the same random bytes', async () => {
    expect(hexOf(await (await open({ random: counting() })).seal(place, 'golden secret'))).toBe(hexOf(bytesOf(golden)))
  })

  it('P32 is what a second implementation, from node:crypto, reads by its description', () => {
    const whole = Buffer.from(bytesOf(golden))
    const at = (start: number, end?: number) => whole.subarray(start, end)
    const wrapContext = spell('zetel data key', '1', place.tenant, place.connection, 'k1')
    const dataKey = decipher(Buffer.alloc(32, 1), at(4, 16), wrapContext, at(16, 64))
    const { tenant, connection, provider, field } = place
    const context = spell('zetel payload', '1', tenant, connection, provider, field, '7')
    expect(decipher(dataKey, at(64, 76), context, at(76)).toString()).toBe('golden secret')
  })

  it('P32 refuses a version it does not know', async () => {
    for (const version of [0, 2, 255]) {
      const other = bytesOf(golden)
      other[0] = version
      expect(await (await open()).open(place, other)).toEqual(unreadable)
    }
  })
})

function spell(...texts: string[]): Buffer {
  return Buffer.concat(
    texts.map(text =>
      Buffer.concat([Buffer.from(text.length.toString(16).padStart(8, '0'), 'hex'), Buffer.from(text)]),
    ),
  )
}

function decipher(secret: Buffer, nonce: Buffer, context: Buffer, sealed: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', secret, nonce).setAAD(context).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
}
