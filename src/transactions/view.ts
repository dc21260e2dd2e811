import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { id, moment } from '../http/fields.ts'
import { explain } from '../rights/remedy.ts'
import { BOOKING_KINDS, LAYERS, type Missing } from '../rights/right.ts'
import type { Judged } from '../seats/rpc.ts'
import { quotable } from '../words/quotable.ts'
import { sayReason } from '../words/state-words.ts'
import type { Words } from '../words/words.ts'
import type { AttemptRow, TransactionRow } from './store.ts'
import { TRANSACTION_STATES } from './transaction.ts'

export const MissingView = z
  .strictObject({
    layer: z.enum(LAYERS),
    resource: z.string(),
    action: z.string(),
    administration: z.string(),
    code: z.string(),
    reason: z.string(),
    derived: z.boolean().openapi({ description: 'Concluded from the attempted action, not said by the provider' }),
    words: z.string().nullable(),
    remedy: z.strictObject({
      text: z.string(),
      path: z.string(),
      paths: z.array(z.string()),
      steps: z.array(z.string()),
    }),
  })
  .openapi('Missing')

export type About = Pick<Judged, 'registration' | 'username'>

export const missingView = (missing: readonly Missing[], about: About, words: Words): z.output<typeof MissingView>[] =>
  missing.map(one => explain(one, { ...about, accountancy: null }, words))

export const VerdictView = z
  .strictObject({
    verdict: z.enum(['allowed', 'denied', 'unknown']),
    missing: z.array(MissingView),
    doubts: z.array(MissingView).openapi({ description: 'What could not be proven' }),
  })
  .openapi('Verdict')

export const verdictView = (judged: Judged, words: Words): z.output<typeof VerdictView> => ({
  verdict: judged.verdict,
  missing: missingView(judged.missing, judged, words),
  doubts: missingView(judged.doubts, judged, words),
})

export const TransactionView = z
  .strictObject({
    id: id('txn'),
    integration_id: id('int'),
    booking_kind: z.enum(BOOKING_KINDS),
    reference: z.string(),
    administration: z.string(),
    state: z.enum(TRANSACTION_STATES),
    reason: z.strictObject({ code: z.string(), text: z.string(), next_step: z.string() }).nullable(),
    missing: z.array(MissingView),
    provider_id: z.string().nullable(),
    not_before: moment.nullable(),
    accepted_at: moment,
    updated_at: moment,
    delivered_at: moment.nullable(),
  })
  .openapi('Transaction')

export const AttemptView = z
  .strictObject({
    number: z.int(),
    at: moment,
    outcome: z.string(),
    status: z.int().nullable(),
    words: z.string().nullable(),
  })
  .openapi('Attempt')

export const TransactionWithAttempts = TransactionView.extend({
  payload: z.record(z.string(), z.unknown()),
  attempts: z.array(AttemptView),
}).openapi('TransactionWithAttempts')

export function transactionView(row: TransactionRow, about: About, words: Words): z.output<typeof TransactionView> {
  const said = row.reason === null ? null : sayReason(words.states, row.reason)
  return {
    id: row.id,
    integration_id: row.integrationId,
    booking_kind: row.bookingKind,
    reference: row.reference,
    administration: row.administration,
    state: row.state,
    reason:
      row.reason === null || said === null ? null : { code: row.reason.kind, text: said.text, next_step: said.next },
    missing: missingView(row.missing, about, words),
    provider_id: row.providerId,
    not_before: row.notBefore === 0 ? null : rfc3339(row.notBefore),
    accepted_at: rfc3339(row.acceptedAt),
    updated_at: rfc3339(row.updatedAt),
    delivered_at: row.deliveredAt === null ? null : rfc3339(row.deliveredAt),
  }
}

export const attemptView = ({ number, at, outcome, status, words }: AttemptRow): z.output<typeof AttemptView> => ({
  number,
  at: rfc3339(at),
  outcome,
  status,
  words: words === null ? null : quotable(words),
})
