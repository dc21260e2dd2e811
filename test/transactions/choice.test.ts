import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision } from '../../src/seats/rpc.ts'
import { type Choice, choicesOn } from '../../src/transactions/choice.ts'
import {
  TRANSACTION_STATES,
  type TransactionReason,
  type TransactionState,
} from '../../src/transactions/transaction.ts'
import { Seats } from '../support/seats.ts'
import { Till } from '../support/till.ts'

let seats: Seats
let till: Till
beforeAll(async () => {
  seats = await Seats.start()
  till = await Till.open(seats)
})
afterAll(() => seats.close())

const DECISIONS: Record<Choice, Decision> = {
  retry: { kind: 'retry' },
  cancel: { kind: 'cancel' },
  resolve: { kind: 'resolve', delivered: true, providerId: null },
}
const reasons: TransactionReason[] = [
  { kind: 'no_look_up', words: '' },
  { kind: 'several_found', ids: ['P1'] },
]
const cases = TRANSACTION_STATES.flatMap((state): { state: TransactionState; reason: TransactionReason | null }[] =>
  state === 'uncertain' ? reasons.map(reason => ({ state, reason })) : [{ state, reason: null }],
)

describe('what is offered on a page', () => {
  it.each(cases)('of $state ($reason.kind) is what the seat takes', async ({ state, reason }) => {
    const taken: Choice[] = []
    for (const choice of ['retry', 'cancel', 'resolve'] as const) {
      const id = await till.book(`${state} ${reason?.kind} ${choice}`)
      await till.force(id, { state, reason, missing: [] })
      if ((await till.decide(id, DECISIONS[choice])).ok) taken.push(choice)
      await till.force(id, { state: 'cancelled' })
    }
    expect(choicesOn({ state, reason }).toSorted()).toEqual(taken.toSorted())
  })
})
