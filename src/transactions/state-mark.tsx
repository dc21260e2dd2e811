import type { FC } from 'hono/jsx'
import type { HealthVerdict } from '../health/verdict.ts'
import { Mark } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { TransactionState } from './transaction.ts'

const MARK_OF: Record<TransactionState, HealthVerdict | 'held'> = {
  held: 'held',
  queued: 'unknown',
  sending: 'unknown',
  delivered: 'healthy',
  uncertain: 'attention',
  failed: 'broken',
  cancelled: 'unknown',
}

/** The state of a transaction as icon and word. */
export const StateMark: FC<{ state: TransactionState; reader: Reader }> = ({ state, reader }) => (
  <Mark state={MARK_OF[state]} word={reader.words.states.transactions[state].name} />
)
