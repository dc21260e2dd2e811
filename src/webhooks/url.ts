import { fail, ok, type Result } from '../result.ts'

/** Why an address is not one that events are sent to. */
export type UrlFault =
  | 'unreadable'
  | 'not_https'
  | 'port'
  | 'userinfo'
  | 'ip_address'
  | 'not_public'
  | 'trailing_dot'
  | 'own'

/** Where Zetel itself is, and whether receivers may live on loopback: local runs only. */
export type UrlSettings = { origin: string; loopbackAllowed: boolean }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Names that lead nowhere in public (RFC 6761, 6762, 7686, 8375; ICANN's `internal`), and those that private networks use. */
const NOT_PUBLIC = /\.(internal|local|localhost|localdomain|lan|home|corp|intranet|private|arpa|onion|test|invalid)$/

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const SINGLE_LABEL = new RegExp(`^${LABEL}$`)
const PUBLIC_NAME = new RegExp(`^(${LABEL}\\.)+${LABEL}$`)

/**
 * Bring the address of a receiver to the one form in which it is kept and asked: https on port 443, by a name in public, and
 * not Zetel itself (P61). What a name leads to cannot be seen here: the platform keeps private networks out.
 */
export function webhookUrl(text: string, { origin, loopbackAllowed }: UrlSettings): Result<string, UrlFault> {
  const url = /[\s\p{Cc}\p{Cf}\\]/u.test(text) ? null : URL.parse(text)
  if (url === null) return fail('unreadable')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('not_https')
  // Readers disagree about `https:host` and `https:///host`: only one way of writing it is taken.
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1]
  if (authority === undefined) return fail('unreadable')
  if (authority.includes('@')) return fail('userinfo')
  url.hash = ''
  const own = new URL(origin)
  const fault =
    loopbackAllowed && LOOPBACK.test(url.hostname) ? faultOnLoopback(url, own) : faultInPublic(url, own.hostname)
  return fault === null ? ok(url.href) : fail(fault)
}

const faultOnLoopback = (url: URL, own: URL): UrlFault | null =>
  LOOPBACK.test(own.hostname) && url.port === own.port ? 'own' : null

/** The reader has brought every notation of an IP address to one: four numbers, or brackets. */
function faultInPublic({ protocol, port, hostname }: URL, own: string): UrlFault | null {
  if (/^[\d.]+$|^\[/.test(hostname)) return 'ip_address'
  if (protocol !== 'https:') return 'not_https'
  if (port !== '') return 'port'
  if (hostname.endsWith('.')) return 'trailing_dot'
  if (hostname === own) return 'own'
  if (SINGLE_LABEL.test(hostname) || NOT_PUBLIC.test(hostname)) return 'not_public'
  return PUBLIC_NAME.test(hostname) ? null : 'unreadable'
}
