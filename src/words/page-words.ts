import type { Failure } from '../failure.ts'
import type { Verdict } from '../rights/right.ts'

/** The refusals that have a page of their own; any other is said as the API says it. */
export const REFUSAL_PAGES = [
  'user_already_seated',
  'wrong_user',
  'consent_declined',
  'link_expired',
  'link_used',
  'state_invalid',
  'state_used',
  'identity_unreadable',
  'consent_overtaken',
  'provider_unreachable',
  'code_refused',
  'provider_app_refused',
] as const
export type RefusalPage = (typeof REFUSAL_PAGES)[number]

/** What a refusal's page says: what happened, what to do now, and the one button. */
export type Refusal = { title: string; happened: string; next: string; action: string }

/** `other` is the label of the integration on which the user sits, within the same tenant only. */
export type RefusalWords = {
  [Kind in RefusalPage]: (failure: Extract<Failure, { kind: Kind }>, other: string | null) => Refusal
}

export type ConnectWords = {
  title(integration: string, provider: string): string
  facts: { tenant: string; integration: string; provider: string; administration: string }
  whoSignsIn: string
  /** A user is named: only this one will do. */
  onlyThisUser(username: string): string
  /** Nobody is named: an unused user is wanted (EOL-11). */
  anUnusedUser: string
  /** The demand of EOL-11, before the provider's log-in starts. */
  aDifferentUser: string
  notTheseUsers: string
  whatIsAsked: string
  consent(provider: string, administration: string): string
  reach: Record<'published' | 'self_registered', (administration: string) => string>
  bookings: string
  whatHappens(provider: string): string
  start(provider: string): string
}

export type ConnectedWords = {
  title(integration: string): string
  lead(username: string, provider: string): string
  verdicts: Record<Verdict['verdict'], (administration: string) => string>
  access(administration: string): string
  rights(administration: string): string
  checks: Record<'fine' | 'missing' | 'unknown', string>
  whatIsMissing: string
  whatIsUnknown: string
  warnings: string
  howToMend: string
  checkAgain: string
  done: string
}

export type PageWords = {
  otherLanguage: string
  connect: ConnectWords
  connected: ConnectedWords
  refused: RefusalWords
  /** The one button where there is nothing to try again. */
  toStart: string
  tryAgain: string
  code: string
}
