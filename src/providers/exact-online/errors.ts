import type { Action, Cause, Layer } from '../../rights/right.ts'
import type { Diagnosis, ProviderAnswer } from '../provider.ts'
import { askAgainAt } from './limits.ts'
import { errorText, parse } from './odata.ts'

type Verdict = { layer: Layer; cause: Cause }

/** What Exact says when it says more than "Forbidden" (§3.4); the codes are Invantive's names for the same (DIV-07). */
const SAYINGS: readonly (Verdict & { says: RegExp })[] = [
  {
    says: /user division is not within division scope|itgeneor228|itgeneor060|itgenoda060|itgeneor321/i,
    layer: 'administration',
    cause: 'division_out_of_scope',
  },
  { says: /application scope violated/i, layer: 'app_scope', cause: 'app_scope_missing' },
  { says: /customer's licen[cs]e (is |has )?expired/i, layer: 'licence', cause: 'licence_expired' },
  // §3.3, C: several Exact users hang on one identity; Exact then takes no API connection at all.
  {
    says: /one exact identity account is configured for multiple users/i,
    layer: 'connection',
    cause: 'provider_refuses_connection',
  },
]

/** The `Reason` header, "some possible values" (§3.4, Exact's text of 2020 quoted in P#451). */
const REASONS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['blockeduser', { layer: 'connection', cause: 'user_blocked' }],
  ['inactiveuser', { layer: 'connection', cause: 'user_blocked' }],
  ['blockedcustomer', { layer: 'licence', cause: 'licence_expired' }],
  ['licenseexpired', { layer: 'licence', cause: 'licence_expired' }],
  ['divisionblocked', { layer: 'administration', cause: 'administration_out_of_reach' }],
  ['nodivisionaccess', { layer: 'administration', cause: 'administration_out_of_reach' }],
])

/** Statuses after which nobody knows whether it was booked, whatever the body says. */
const UNCLEAR: ReadonlySet<number> = new Set([408, 502, 503, 504])

/** How much of a provider's words is kept. */
const WORDS = 500

const wordsOf = (answer: ProviderAnswer, text: string | null): string => {
  const plain = answer.body.length <= WORDS && !/^\s*[<{[]/.test(answer.body) ? answer.body.trim() : ''
  const said = text ?? (answer.headers.reason?.trim() || plain || `HTTP ${answer.status}`)
  return said.slice(0, WORDS).toWellFormed()
}

const denialIn = (answer: ProviderAnswer, text: string | null): Verdict | null => {
  const reason = answer.headers.reason ?? ''
  const everything = `${reason}\n${text ?? ''}\n${answer.body}`
  const named = /^\s*([a-z]+)/i.exec(reason)?.[1]?.toLowerCase() ?? ''
  return SAYINGS.find(saying => saying.says.test(everything)) ?? REASONS.get(named) ?? null
}

const isRefusal = (status: number): boolean => (status >= 400 && status < 500) || status === 500 || status === 501

/** Tell what a 2xx is worth without parsing the whole of it: a log-in page, half an answer or an error in it is no success. */
const diagnoseSuccess = (method: Action, answer: ProviderAnswer): Diagnosis => {
  const body = answer.body.trim()
  const unclear: Diagnosis = { kind: 'unclear', words: `HTTP ${answer.status}, unreadable` }
  const emptyIsFine = answer.status === 204 || method === 'PUT' || method === 'DELETE'
  if (body === '') return emptyIsFine ? { kind: 'fine' } : unclear
  const head = body.slice(0, 500)
  if (body.startsWith('<')) {
    const isXml = /^<(\?xml|feed|entry|service|eexact)\b/i.test(head) && !/<!doctype html|<html[\s>]/i.test(head)
    return isXml ? { kind: 'fine' } : unclear
  }
  if (/^\{\s*"error"\s*:/.test(head)) return { kind: 'unclear', words: wordsOf(answer, errorText(body)) }
  const whole = (body.startsWith('{') && body.endsWith('}')) || (body.startsWith('[') && body.endsWith(']'))
  // Only a write's answer is parsed here: it is small, and half of it must not pass for a booking.
  return whole && (method === 'GET' || parse(body) !== undefined) ? { kind: 'fine' } : unclear
}

/**
 * Tell what an answer means from its body and headers, the status last (§3.4): words that name a layer, then 401 and 429, then a bare
 * "Forbidden", of which the missing right is only derived (EOL-04). A business refusal may come as 500 (P56).
 */
export const diagnose = (request: { method: Action; path: string }, answer: ProviderAnswer): Diagnosis => {
  const { status } = answer
  if (status >= 200 && status < 300) return diagnoseSuccess(request.method, answer)
  const text = errorText(answer.body)
  const words = wordsOf(answer, text)
  const denial = status >= 400 ? denialIn(answer, text) : null
  if (denial) return { kind: 'denied', layer: denial.layer, cause: denial.cause, derived: false, words }
  if (status === 401) return { kind: 'unauthorized', words }
  if (status === 429) return { kind: 'rate_limited', until: askAgainAt(answer.headers), words }
  // The gateway's own fault (§1.5, D), and statuses that say nothing.
  if (UNCLEAR.has(status) || answer.body.includes('ExtractVariables')) return { kind: 'unclear', words }
  if (status === 403 || /^forbidden\b/i.test(text ?? '')) {
    return { kind: 'denied', layer: 'right', cause: 'right_derived', derived: true, words }
  }
  return text !== null && isRefusal(status) ? { kind: 'refused', words } : { kind: 'unclear', words }
}
