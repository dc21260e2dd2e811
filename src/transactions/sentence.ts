import { explain, type RemedyAbout } from '../rights/remedy.ts'
import type { Missing } from '../rights/right.ts'
import type { WhatNext } from '../words/sentences.ts'
import { sayReason } from '../words/state-words.ts'
import type { Words } from '../words/words.ts'
import type { Transaction } from './transaction.ts'

/** What is known of a seat, for the remedies of what is missing there; null when the seat is not to be found. */
export type SeatKnown = Pick<RemedyAbout, 'registration' | 'username'> | null

/** Say what is to be known of a seat to explain what is missing on it. Nobody says which licences are accountants'. */
export const aboutSeat = (seat: SeatKnown): RemedyAbout => ({
  registration: seat?.registration ?? 'published',
  username: seat?.username ?? null,
  accountancy: null,
})

type Told = Pick<Transaction, 'state' | 'reason'> & { missing: readonly Missing[]; resolvedBy: string | null }

/** Say in a sentence why a transaction is where it is, and what to do next. */
export function sayWhy({ state, reason, missing, resolvedBy }: Told, seat: SeatKnown, words: Words): WhatNext {
  const { booking, states } = words
  const [first, ...others] = state === 'held' ? missing : []
  if (first !== undefined) {
    const { reason: text } = explain(first, aboutSeat(seat), words)
    return {
      text: others.length === 0 ? text : `${text} ${booking.list.andMore(others.length)}`,
      next: booking.next.held,
    }
  }
  if (reason === null) return { text: states.transactions[state].text, next: booking.next[state] }
  return sayReason(states, reason.kind === 'resolved' ? { ...reason, by: resolvedBy ?? reason.by } : reason)
}
