import type { ProviderAnswer, TokenDiagnosis } from '../provider.ts'
import { askAgainAt } from './limits.ts'
import { isRow, parse } from './odata.ts'

type Dead = Extract<TokenDiagnosis, { kind: 'dead' }>['cause']

/** What ends a chain, by Exact's own words: the statuses 400 and 401 are both reported for them (§1.5). */
const ENDINGS: readonly { says: RegExp; cause: Dead }[] = [
  { says: /old refresh token used/i, cause: 'reused' },
  { says: /refresh token expired/i, cause: 'expired' },
  { says: /invalid or empty chainid/i, cause: 'broken_chain' },
]

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Only error fields are read and repeated: the body may hold tokens (P21). */
const sayingOf = (answer: ProviderAnswer): { error: string; description: string; holdsTokens: boolean } => {
  const json = parse(answer.body)
  if (isRow(json)) {
    const holdsTokens = json.access_token !== undefined || json.refresh_token !== undefined
    return { error: textOf(json.error), description: textOf(json.error_description), holdsTokens }
  }
  const isPlain = answer.status >= 400 && answer.body.length <= 500 && !/^\s*[<{[]/.test(answer.body)
  return { error: '', description: isPlain ? answer.body.trim() : '', holdsTokens: false }
}

const byErrorCode = (error: string, description: string, words: string): TokenDiagnosis | null => {
  // No source quotes Exact's words for a bad or used code; `code` in the description tells it from a bad refresh token (U).
  if (/\bcode\b/i.test(description) && (error === 'invalid_grant' || error === 'invalid_request')) {
    return { kind: 'code_refused', words }
  }
  // RFC 6749 §5.2: invalid, expired or revoked; Exact gives no reason with it.
  if (error === 'invalid_grant') return { kind: 'dead', cause: 'revoked', words }
  if (error === 'unauthorized_client' || error === 'invalid_client') return { kind: 'app_refused', words }
  return null
}

/**
 * Tell what the token endpoint's refusal means by body and `Reason` header, never by 400 or 401 (P8, §1.4, §1.5).
 * Too early keeps the token in use; whatever is not known is unclear, for a chain must not be given up on a guess.
 */
export const diagnoseToken = (answer: ProviderAnswer): TokenDiagnosis => {
  const { error, description, holdsTokens } = sayingOf(answer)
  const reason = answer.headers.reason?.trim() ?? ''
  const said = error && description ? `${error}: ${description}` : error || description || reason
  const words = (said || `HTTP ${answer.status}`).slice(0, 500).toWellFormed()
  if (holdsTokens) return { kind: 'unclear', words: `HTTP ${answer.status}` }
  const everything = `${description}\n${reason}`
  if (/TooEarlyToRefreshTokens|access[_ ]token not expired/i.test(everything)) return { kind: 'too_early', words }
  const ending = ENDINGS.find(({ says }) => says.test(everything))
  if (ending) return { kind: 'dead', cause: ending.cause, words }
  const byCode = byErrorCode(error.toLowerCase(), description, words)
  if (byCode) return byCode
  if (answer.status === 429 || /rate limit exceeded/i.test(everything)) {
    return { kind: 'rate_limited', until: askAgainAt(answer.headers), words }
  }
  return { kind: 'unclear', words }
}
