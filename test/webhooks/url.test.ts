import { describe, expect, it } from 'vitest'
import { webhookUrl } from '../../src/webhooks/url.ts'

const abroad = { origin: 'https://app.zetel.example', loopbackAllowed: false }
const local = { origin: 'http://localhost:8700', loopbackAllowed: true }

const outcome = (text: string, settings = abroad): string => {
  const url = webhookUrl(text, settings)
  return url.ok ? url.value : url.failure
}

const good: [given: string, kept: string][] = [
  ['https://hooks.fietsenwinkel.example', 'https://hooks.fietsenwinkel.example/'],
  [
    'https://hooks.fietsenwinkel.example/zetel?shop=1&x=a%20b',
    'https://hooks.fietsenwinkel.example/zetel?shop=1&x=a%20b',
  ],
  ['HTTPS://Hooks.Fietsenwinkel.EXAMPLE/Zetel', 'https://hooks.fietsenwinkel.example/Zetel'],
  ['https://hooks.fietsenwinkel.example:443/zetel', 'https://hooks.fietsenwinkel.example/zetel'],
  ['https://hooks.fietsenwinkel.example/zetel#top', 'https://hooks.fietsenwinkel.example/zetel'],
  ['https://hooks.fietsenwinkel.example/@team', 'https://hooks.fietsenwinkel.example/@team'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['https://1.fietsenwinkel.example/', 'https://1.fietsenwinkel.example/'],
  ['https://a-b.internal.example/', 'https://a-b.internal.example/'],
]

const hostile: [fault: string, ...urls: string[]][] = [
  [
    'unreadable',
    '',
    'hooks.example.com',
    '//hooks.example.com/',
    'https:',
    'https://',
    'https:hooks.example.com',
    'https:/hooks.example.com',
    'https:///hooks.example.com',
    'https:\\\\hooks.example.com',
    'https://hooks.example.com\\@127.0.0.1/',
    ' https://hooks.example.com/',
    'https://hooks.example.com/ ',
    'https://hooks.exa\tmple.com/',
    'https://hooks.example.com/\r\nHost: 127.0.0.1',
    'https://hooks.exam\u00adple.com/',
    'https://hooks.example.com\u0000/',
    'https://a..example.com/',
    'https://-a.example.com/',
    'https://a_b.example.com/',
    'https://*.example.com/',
    `https://${'a'.repeat(64)}.example.com/`,
    'https://xn--/',
    'https://[::1/',
    'https://[fe80::1%25eth0]/',
    'https://hooks.example.com:99999/',
    'https://example.1/',
  ],
  [
    'not_https',
    'http://hooks.example.com/',
    'ftp://hooks.example.com/',
    'ws://hooks.example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'javascript:alert(1)',
    'data:text/plain,x',
    'blob:https://hooks.example.com/1',
    'about:blank',
  ],
  [
    'port',
    'https://hooks.example.com:80/',
    'https://hooks.example.com:8443/',
    'https://hooks.example.com:22/',
    'https://hooks.example.com:0/',
    'https://hooks.example.com:00080/',
  ],
  [
    'userinfo',
    'https://user@hooks.example.com/',
    'https://user:secret@hooks.example.com/',
    'https://@hooks.example.com/',
    'https://:@hooks.example.com/',
    'https://hooks.example.com@127.0.0.1/',
    'https://hooks.example.com%20@127.0.0.1/',
    'https://127.0.0.1:443@hooks.example.com/',
  ],
  [
    'ip_address',
    'https://127.0.0.1/',
    'https://8.8.8.8/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://127.1/',
    'https://127.0.1/',
    'https://0/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://0177.0.0.01/',
    'https://127.0.0.1./',
    'https://%31%32%37.0.0.1/',
    'https://127%2e0%2e0%2e1/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[2002:7f00:1::]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'http://127.0.0.1/',
  ],
  [
    'not_public',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://ｌｏｃａｌｈｏｓｔ/',
    'https://intranet/',
    'https://db/',
    'https://zetel.internal/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://app.localhost/',
    'https://localhost.localdomain/',
    'https://nas.lan/',
    'https://nas.home.arpa/',
    'https://1.0.0.127.in-addr.arpa/',
    'https://hidden.onion/',
    'https://server.corp/',
  ],
  [
    'trailing_dot',
    'https://hooks.example.com./',
    'https://localhost./',
    'https://app.zetel.example./',
    'https://a.local./',
  ],
  [
    'own',
    'https://app.zetel.example/',
    'https://APP.ZETEL.EXAMPLE/v1',
    'https://app%2ezetel.example/',
    'https://app。zetel.example/',
  ],
]
const cases = hostile.flatMap(([fault, ...urls]) => urls.map(url => [url, fault] as const))

describe('the address of a webhook', () => {
  it.each(good)('is taken: %j', (given, kept) => expect(outcome(given)).toBe(kept))

  it(`P61 has ${cases.length} hostile ways of writing it to stand`, () =>
    expect(cases.length).toBeGreaterThanOrEqual(100))

  it.each(cases)('P61 is refused: %j, as %s', (url, fault) => expect(outcome(url)).toBe(fault))

  it('stays as it is kept, however often it is read', () => {
    for (const [, kept] of good) expect(outcome(kept)).toBe(kept)
  })

  it('may be on loopback, over http and at any port, where that is allowed', () => {
    expect(outcome('http://127.0.0.1:9000/zetel', local)).toBe('http://127.0.0.1:9000/zetel')
    expect(outcome('http://localhost:9000', local)).toBe('http://localhost:9000/')
    expect(outcome('http://[::1]:9000/', local)).toBe('http://[::1]:9000/')
    expect(outcome('http://localhost:9000/')).toBe('not_https')
    expect(outcome('http://192.168.1.2:9000/', local)).toBe('ip_address')
    expect(outcome('http://me@localhost:9000/', local)).toBe('userinfo')
  })

  it('is never Zetel itself, not on loopback either', () => {
    for (const host of ['localhost', '127.0.0.1', '127.0.0.2', '[::1]'])
      expect(outcome(`http://${host}:8700/v1`, local)).toBe('own')
  })
})
