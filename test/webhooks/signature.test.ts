import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newId } from '../../src/id.ts'
import { newSecret, signedHeaders } from '../../src/webhooks/signature.ts'
import { random } from '../support/seats.ts'
import { signatureOf } from './receiver.ts'

const clock = { now: () => Date.now() }
const id = newId('msg', clock, random)

describe('P59 the signature of a message', () => {
  it('is what the reference library and plain HMAC-SHA256 say, for 1,000 of 1,000 random texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 2_000 }).map(one => one.toWellFormed())
    const check = fc.property(text, payload => {
      const secret = newSecret(random)
      const headers = signedHeaders([secret], id, payload, clock.now())
      new Webhook(secret).verify(payload, headers, { jsonParse: false })
      const timestamp = headers['webhook-timestamp'] ?? ''
      expect(headers['webhook-signature']).toBe(signatureOf(secret, { id, timestamp, body: Buffer.from(payload) }))
    })
    fc.assert(check, { numRuns: 1_000 })
  })

  it('is given once for each secret, so that either may be held while they change', () => {
    const [old, fresh] = [newSecret(random), newSecret(random)]
    const headers = signedHeaders([fresh, old], id, '{}', clock.now())
    expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=$/)
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify('{}', headers)).toEqual({})
    expect(() => new Webhook(newSecret(random)).verify('{}', headers)).toThrow()
  })

  it('rests on a secret of 32 random bytes, another one each time', () => {
    const secrets = Array.from({ length: 100 }, () => newSecret(random))
    expect(new Set(secrets).size).toBe(100)
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_/)
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
    }
  })
})
