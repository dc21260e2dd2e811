import type { ConnectionState, TroubleKind } from '../connections/connection.ts'
import type { HealthReason, HealthVerdict } from '../health/verdict.ts'
import type { Assignment } from '../seats/plan.ts'
import type { TransactionReason, TransactionState } from '../transactions/transaction.ts'
import { type Sentences, say, type WhatNext } from './sentences.ts'

export type StateWords = {
  connections: Record<ConnectionState, { name: string; text: string }>
  transactions: Record<TransactionState, { name: string; text: string }>
  reasons: Sentences<TransactionReason, WhatNext>
  troubles: Record<TroubleKind, WhatNext>
  /** `words` of a trouble as the provider said them; empty when they say nothing (EOL-04). */
  providerSaid(words: string): string
  verdicts: Record<HealthVerdict, { name: string; text: string }>
  health: Sentences<HealthReason, WhatNext>
  plan: {
    /** "1 gebruiker tekort" (EOL-10). */
    short(count: number): string
    how: Record<Assignment['how'], string>
    cautions: Record<NonNullable<Assignment['caution']>, string>
  }
}

/** Say why a transaction is where it is, and what to do next. */
export const sayReason = (words: StateWords, reason: TransactionReason): WhatNext =>
  say<TransactionReason, TransactionReason['kind'], WhatNext, []>(words.reasons, reason.kind, reason)

/** Say what a health verdict rests on, and what to do next. */
export const sayHealth = (words: StateWords, reason: HealthReason): WhatNext =>
  say<HealthReason, HealthReason['kind'], WhatNext, []>(words.health, reason.kind, reason)
