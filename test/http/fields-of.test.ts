import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameOf } from '../../src/http/attempt.ts'
import { fieldsOf, objectOf } from '../../src/http/fields-of.ts'
import { pointerTo } from '../../src/http/input.ts'

const read = (body: string) => objectOf(fieldsOf(body), ['csrf'])

describe('a form’s fields', () => {
  it.each([
    ['label=Webshop+NL', { label: 'Webshop NL' }],
    ['source.kind=pos&source.ref=1', { source: { kind: 'pos', ref: '1' } }],
    ['roles[]=a&roles[]=b', { roles: ['a', 'b'] }],
    ['lines.0.rate=21&lines.1.rate=9', { lines: [{ rate: '21' }, { rate: '9' }] }],
    ['lines.2.rate=21', { lines: [{ rate: '21' }] }],
    ['roles[]=', { roles: [] }],
    ['label=&email=a', { email: 'a' }],
    ['csrf=x&label=a', { label: 'a' }],
    ['a=1&a=2', { a: '1' }],
  ])('%s reads as %j', (body, object) => {
    expect(read(body)).toEqual(object)
  })

  it('never reach into what every object has', () => {
    for (const body of [
      '__proto__.polluted=1',
      'constructor.prototype.polluted=1',
      'a.__proto__.polluted=1',
      '__proto__[]=1',
    ])
      read(body)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it('are read whatever is sent, without a throw', () => {
    fc.assert(fc.property(fc.string(), body => typeof read(body) === 'object'))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z0-9.[\]_]{1,12}$/), fc.string())), pairs => {
        expect(() => read(new URLSearchParams(pairs).toString())).not.toThrow()
      }),
    )
  })

  it('are named by where a fault stands', () => {
    expect(nameOf(pointerTo(['source', 'kind']))).toBe('source.kind')
    expect(nameOf(pointerTo(['lines', 0, 'gl_account']))).toBe('lines.0.gl_account')
  })
})
