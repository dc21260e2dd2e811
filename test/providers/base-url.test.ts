import { describe, expect, it } from 'vitest'
import { baseUrlFrom } from '../../src/providers/base-url.ts'

describe('a base URL', () => {
  it.each([
    ['https://start.exactonline.nl', 'https://start.exactonline.nl'],
    ['https://start.exactonline.nl/', 'https://start.exactonline.nl'],
    ['HTTPS://START.ExactOnline.NL:443', 'https://start.exactonline.nl'],
    ['https://start.exactonline.nl:8443', 'https://start.exactonline.nl:8443'],
  ])('%s is brought to its origin', (text, origin) => {
    expect(baseUrlFrom(text, false)).toBe(origin)
  })

  it.each([
    'http://start.exactonline.nl',
    'ftp://start.exactonline.nl',
    'https://user@start.exactonline.nl',
    'https://:secret@start.exactonline.nl',
    'https://start.exactonline.nl/api',
    'https://start.exactonline.nl/?a=1',
    'https://start.exactonline.nl/#a',
    'start.exactonline.nl',
    'javascript:alert(1)',
    '',
  ])('%j is refused, in the local run too', text => {
    expect(baseUrlFrom(text, false)).toBeNull()
    expect(baseUrlFrom(text, true)).toBeNull()
  })

  it.each(['http://localhost:8080', 'http://127.0.0.1:1', 'http://[::1]:1'])(
    '%s is taken in the local run only',
    text => {
      expect(baseUrlFrom(text, true)).toBe(text)
      expect(baseUrlFrom(text, false)).toBeNull()
    },
  )

  it.each(['http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://evil.example/127.0.0.1'])(
    '%s is not loopback',
    text => {
      expect(baseUrlFrom(text, true)).toBeNull()
    },
  )
})
