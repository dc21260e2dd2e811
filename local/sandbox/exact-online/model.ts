export type Action = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface User {
  /** GUID in lower case, without braces. */
  user_id: string
  username: string
  full_name: string
  language: 'nl' | 'en'
  kind: 'full' | 'client'
  /** The company last used in the browser. */
  current_division: number
  divisions: number[]
  /** Rights that differ from the kind's default, by `division|endpoint|action`. */
  rights: Record<string, boolean>
  /** Why every call is refused, as the Reason header names it; null when nothing is wrong. */
  block_reason: string | null
}

export interface Client {
  client_id: string
  /** Null until the first token call brings one. */
  client_secret: string | null
  /** Scopes of the app registration: `domain.sub` (manage) or `domain.sub:read`; null means all. */
  scopes: string[] | null
  registration: 'published' | 'self_registered'
}

export interface Grant {
  client_id: string
  username: string
  divisions: 'all' | number[]
  consented_at: number
}

export interface Code {
  client_id: string
  username: string
  redirect_uri: string
  issued_at: number
  used: boolean
}

export interface Chain {
  id: string
  client_id: string
  username: string
  ended: null | 'superseded' | 'revoked' | 'reused'
  generation: number
  /** Highest generation of which the refresh token or the access token was used. */
  confirmed: number
  /** SHA-256 of the newest refresh token, and of the one it replaced. */
  current_sha256: string
  previous_sha256: string | null
}

export interface RefreshToken {
  chain_id: string
  generation: number
  issued_at: number
  used_at: number | null
  dead: boolean
}

export interface AccessToken {
  chain_id: string
  generation: number
  issued_at: number
  expires_at: number
}

export interface Division {
  code: number
  name: string
  country: string
  vat_number: string
  main: boolean
}

export interface BookedLine {
  gl_account: string | null
  gl_code: string | null
  item: string | null
  description: string | null
  excl_cents: number
  vat_code: string | null
  vat_cents: number
}

export interface LedgerRow {
  seq: number
  kind: 'booking' | 'master'
  division: number
  endpoint: string
  id: string
  user: string
  client_id: string
  /** Virtual time, ISO. */
  received_at: string
  your_ref: string | null
  entry_number: number | null
  journal: string | null
  customer: string | null
  currency: string
  lines: BookedLine[]
  excl_cents: number
  vat_cents: number
  incl_cents: number
  body: Record<string, unknown>
  /** 1 as posted, one more for each PUT. */
  revision: number
  deleted_at: string | null
}
