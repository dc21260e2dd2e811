import type { Transaction } from './transaction.ts'

export type Choice = 'retry' | 'cancel' | 'resolve'

/** Name what a person may decide on a transaction as it stands; the seat refuses anything else. */
export function choicesOn({ state, reason }: Pick<Transaction, 'state' | 'reason'>): Choice[] {
  switch (state) {
    case 'held':
    case 'failed':
      return ['retry', 'cancel']
    case 'queued':
      return ['cancel']
    case 'uncertain':
      return reason?.kind === 'no_look_up' ? ['resolve'] : ['resolve', 'retry']
    case 'sending':
    case 'delivered':
    case 'cancelled':
      return []
  }
}
