import type { Layer } from '../rights/right.ts'
import type { AttemptOutcome, TransactionState } from '../transactions/transaction.ts'

/** What stands on the booking pages. */
export type BookingWords = {
  title: string
  list: BookingListWords
  waiting: WaitingWords
  several: SeveralWords
  one: OneBookingWords
  /** What became of one attempt, in a sentence. */
  outcomes: Record<AttemptOutcome, string>
  /** What to do when nothing more particular is known. */
  next: Record<TransactionState, string>
}

export type BookingListWords = {
  columns: Record<'state' | 'reference' | 'kind' | 'integration' | 'administration' | 'accepted' | 'why', string>
  /** How many more things a held one waits for. */
  andMore(count: number): string
  counts: string
  all: string
  /** More than this many were not counted. */
  moreThan(most: string): string
  filter: Record<
    | 'title'
    | 'state'
    | 'integration'
    | 'kind'
    | 'reference'
    | 'referenceHint'
    | 'exact'
    | 'since'
    | 'until'
    | 'any'
    | 'apply'
    | 'clear',
    string
  >
  none: string
  noneAction: string
  noneHere: string
}

export type WaitingWords = {
  title: string
  /** "214 boekingen wachten op één recht", by the layer of what is missing. */
  heading: Record<Layer, (count: number) => string>
  more(count: number): string
  check: string
  checkText: string
  toIntegration: string
}

export type SeveralWords = {
  choose: string
  chooseOne(reference: string): string
  noneChosen: string
  retryAll(count: number): string
  retryAllText: string
  retryChosen: string
  cancelChosen: string
  cancelChosenText: string
  titles: Record<'retry' | 'cancel', string>
  succeeded: Record<'retry' | 'cancel', (count: number) => string>
  failed(count: number): string
  why: string
  back: string
}

export type OneBookingWords = {
  title(reference: string): string
  /** Said when a page that refreshes itself offers what can no longer be done. */
  changed: string
  reload: string
  notBefore(when: string): string
  missing: string
  stillMissing: string
  doubts: string
  /** EOL-05. */
  manual: string
  choices: string
  retry: Record<'held' | 'failed' | 'uncertain', { action: string; text: string }>
  cancel: { title: string; action: string; text: string }
  resolve: {
    title: string
    text(reference: string, administration: string): string
    question: string
    there: { label: string; hint: string }
    notThere: { label: string; hint: string }
    providerId: string
    providerIdHint: string
    whichOne: string
    contradiction: string
    action: string
  }
  byHand: { title: string; text: string; label: string; action: string }
  attempts: string
  noAttempts: string
  onlyLatest(shown: number, all: number): string
  attempt: Record<'number' | 'at' | 'outcome' | 'status' | 'words', string>
  facts: string
  fact: Record<'id' | 'idempotencyKey' | 'providerId' | 'updated' | 'delivered' | 'sent' | 'tries', string>
  payload: string
  payloadText: string
}
