import { HOUR, MINUTE } from '../clock.ts'

/** Moments (Unix ms) of refused calls by endpoint, of the last hour. */
export type ErrorBudget = Record<string, number[]>

/** Answers that count against the provider's hourly error limit (exact-online.md section 4). */
export const countsAsError = (status: number): boolean => [400, 401, 403, 404].includes(status)

/** Name what the provider counts errors by: the endpoint without keys and query, administration included. */
export const endpointOf = (path: string): string => path.replace(/[?(].*$/s, '')

/** Note one error, forgetting those of more than an hour ago. */
export const noteError = (budget: ErrorBudget, endpoint: string, now: number): ErrorBudget => {
  const recent = Object.entries(budget)
    .map(([name, times]) => [name, times.filter(time => now - time < HOUR)] as const)
    .filter(([, times]) => times.length > 0)
  const next = Object.fromEntries(recent)
  return { ...next, [endpoint]: [...(next[endpoint] ?? []), now] }
}

/** The moment from which an endpoint may be called again; 0 when it may now. One error is kept in reserve (10 an hour block the key). */
export function blockedUntil(budget: ErrorBudget, endpoint: string, errorsPerHour: number, now: number): number {
  const recent = (budget[endpoint] ?? []).filter(time => now - time < HOUR)
  const spare = errorsPerHour - 1
  return recent.length < spare ? 0 : (recent[recent.length - spare] ?? now) + HOUR
}

/** Note in place that a call is sent now, forgetting those of more than a minute ago. `sent` is Unix ms, the oldest first. */
export function noteSent(sent: number[], now: number): void {
  while (sent[0] !== undefined && now - sent[0] >= MINUTE) sent.shift()
  sent.push(now)
}

/** Count the calls sent within the last minute. */
export const sentLately = (sent: readonly number[], now: number): number => sent.filter(at => now - at < MINUTE).length

/** List the refused calls of the last hour by endpoint, the most first, and until when each may not be called. */
export function spentErrors(
  budget: ErrorBudget,
  errorsPerHour: number,
  now: number,
): { endpoint: string; count: number; blockedUntil: number | null }[] {
  return Object.entries(budget)
    .map(([endpoint, times]) => {
      const until = blockedUntil(budget, endpoint, errorsPerHour, now)
      const count = times.filter(time => now - time < HOUR).length
      return { endpoint, count, blockedUntil: until > now ? until : null }
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
}
