import { SECOND } from '../clock.ts'
import type { Definition, ProviderAnswer } from '../providers/provider.ts'
import type { Credential } from './credential.ts'

/** What could be read of a token endpoint's answer, however odd it is: a fresh refresh token is never thrown away (P4). */
export type TokensRead = { accessToken: string | null; refreshToken: string | null; expiresIn: number | null }

/** Read the tokens in an answer leniently: JSON if it is, else whatever fields stand whole in the text. */
export function readTokens(answer: ProviderAnswer): TokensRead {
  const fields = wholeJson(answer.body) ?? fieldsInText(answer.body)
  const seconds = Number(fields.expires_in ?? Number.NaN)
  return {
    accessToken: text(fields.access_token),
    refreshToken: text(fields.refresh_token),
    expiresIn: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  }
}

type Fields = { access_token?: unknown; refresh_token?: unknown; expires_in?: unknown }

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function wholeJson(body: string): Fields | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null // Not JSON, or cut off: the fields may still stand in it.
  }
}

function fieldsInText(body: string): Fields {
  const found: Record<string, string> = {}
  for (const [, name, quoted, bare] of body.matchAll(
    /"(access_token|refresh_token|expires_in)"\s*:\s*(?:("(?:[^"\\]|\\.)*")|(\d+)(?=\s*[,}]))/g,
  )) {
    if (name !== undefined) found[name] = quoted === undefined ? (bare ?? '') : unquoted(quoted)
  }
  return found
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return '' // An escape that means nothing: the field is not whole.
  }
}

/**
 * Make a credential of a successful answer; null when neither token can be read. A missing refresh token means that
 * the one used goes on (RFC 6749 section 6, P6). Without a stated life the definition's is taken.
 */
export function credentialFrom(
  answer: ProviderAnswer,
  oauth: Definition['oauth'],
  at: { aliveAt: number; receivedAt: number },
  usedRefreshToken: string | null,
): Credential | null {
  if (answer.status < 200 || answer.status > 299) return null
  const read = readTokens(answer)
  const refreshToken = read.refreshToken ?? (read.accessToken === null ? null : usedRefreshToken)
  if (refreshToken === null) return null
  return {
    accessToken: read.accessToken,
    refreshToken,
    renewed: usedRefreshToken !== null,
    ...at,
    expiresAt: at.receivedAt + (read.expiresIn ?? oauth.accessSeconds) * SECOND,
  }
}
