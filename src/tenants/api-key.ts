import type { Random } from '../clock.ts'
import { randomText } from '../connections/random-text.ts'
import type { ApiKeyId, TenantId } from '../id.ts'

/** What an API key may do; `admin` changes a tenant's settings and keys, and includes `read` and `write`. */
export const SCOPES = ['read', 'write', 'transactions', 'token', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Who calls: a key of one tenant, or of the operator (tenant null), who reaches all tenants. */
export type Caller = { keyId: ApiKeyId; tenant: TenantId | null; scopes: readonly Scope[] }

export const isScope = (text: string): text is Scope => SCOPES.some(scope => scope === text)

export const mayDo = ({ scopes }: Caller, asked: Scope): boolean =>
  scopes.includes(asked) || ((asked === 'read' || asked === 'write') && scopes.includes('admin'))

/** A key's secret is shown once; its hash finds it, its prefix lets a person recognise it. */
export type NewApiKey = { key: string; hash: string; prefix: string }

/** Make a key: `zetel_` and 256 random bits in base64url (43 characters). `hash` is SHA-256 in hex. */
export function newApiKey(random: Random, hash: (text: string) => string): NewApiKey {
  const key = `zetel_${randomText(random)}`
  return { key, hash: hash(key), prefix: key.slice(0, 12) }
}

/** Take the key out of an `Authorization` header (RFC 6750 section 2.1); null for whatever cannot be one. */
export const keyIn = (authorization: string | undefined): string | null =>
  /^Bearer +(zetel_[A-Za-z0-9_-]{43}) *$/i.exec(authorization ?? '')?.[1] ?? null
