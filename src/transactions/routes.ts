import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Actor } from '../audit/audit.ts'
import type { Failure, SchemaFault } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { localeOf } from '../http/context.ts'
import { id, jsonObject, line, reference } from '../http/fields.ts'
import { listOf, pageFields, pageOf, sliceOf } from '../http/page.ts'
import { isId, type TenantId, type TransactionId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import type { Decision } from '../seats/rpc.ts'
import { type Locale, wordsIn } from '../words/words.ts'
import { aboutSeats, NOBODY } from './about.ts'
import { carryOut } from './carry-out.ts'
import { recordByHand } from './record-by-hand.ts'
import { attemptsOf, listTransactions, transactionById } from './store.ts'
import type { Submission } from './submit.ts'
import { TRANSACTION_STATES } from './transaction.ts'
import {
  attemptView,
  TransactionView,
  TransactionWithAttempts,
  transactionView,
  VerdictView,
  verdictView,
} from './view.ts'

const Document = z.strictObject({ format: z.literal('ubl'), content: z.string().min(1) })

const Body = z
  .strictObject({
    booking_kind: z.enum(BOOKING_KINDS),
    reference: line(200),
    payload: jsonObject.optional(),
    document: Document.optional(),
  })
  .refine(body => (body.payload === undefined) !== (body.document === undefined), {
    path: ['payload'],
    message: 'either_payload_or_document' satisfies SchemaFault,
  })
  .openapi('NewTransaction')

const Accepted = VerdictView.extend({ id: id('txn'), state: z.enum(['queued', 'held']) }).openapi('AcceptedTransaction')

const list = '/v1/tenants/{tenant}/transactions' as const
const one = `${list}/{transaction}` as const

/** Transactions over the API: hand over, look up, decide. */
export function transactionRoutes(api: Api): void {
  const { ports } = api

  api.route(
    {
      method: 'post',
      path: '/v1/tenants/{tenant}/integrations/{integration}/transactions',
      scope: 'transactions',
      tag: 'Transactions',
      summary: 'Hand over one booking; 202 means that it is kept and will be delivered once',
      body: Body,
      query: z.strictObject({ on_denied: z.enum(['hold', 'reject']).default('hold') }),
      answer: [202, Accepted],
      idempotency: 'own',
    },
    async ({ c, params, body, query, idempotencyKey, requestHash }) => {
      if (idempotencyKey === null) return fail({ kind: 'idempotency_key_missing' })
      const content = contentOf(body)
      if (content === null) return fail({ kind: 'not_found' })
      const submission: Submission = {
        bookingKind: body.booking_kind,
        reference: body.reference,
        content,
        idempotencyKey,
        requestHash: requestHash(),
        onDenied: query.on_denied,
      }
      const accepted = await ports.seatOf(params.integration).submit(params.tenant, submission)
      if (!accepted.ok) return accepted
      const { acceptance, judged } = accepted.value
      const words = wordsIn(languageOf(c, judged.locale))
      return ok({ id: acceptance.id, state: acceptance.state, ...verdictView(judged, words) })
    },
  )

  api.route(
    {
      method: 'get',
      path: list,
      scope: 'read',
      tag: 'Transactions',
      summary: 'List transactions, oldest first',
      query: z.strictObject({
        ...pageFields,
        state: z.enum(TRANSACTION_STATES).optional(),
        integration_id: reference('int').optional(),
      }),
      answer: [200, listOf(TransactionView)],
    },
    async ({ c, params, query }) => {
      const slice = sliceOf(query)
      const integration = query.integration_id ?? null
      if (integration !== null && !isId('int', integration)) return ok({ data: [], next_cursor: null })
      const rows = await listTransactions(ports.db, params.tenant, {
        ...slice,
        state: query.state ?? null,
        integration,
      })
      const about = await aboutSeats(
        ports.db,
        params.tenant,
        rows.map(row => row.integrationId),
      )
      const words = wordsIn(localeOf(c))
      return ok(pageOf(rows, slice, row => transactionView(row, about.get(row.integrationId) ?? NOBODY, words)))
    },
  )

  api.route(
    {
      method: 'get',
      path: one,
      scope: 'read',
      tag: 'Transactions',
      summary: 'Show one transaction with every attempt and the provider’s words',
      answer: [200, TransactionWithAttempts],
    },
    ({ c, params }) => show(api, c, params.tenant, params.transaction),
  )

  const decide = async (c: Context, tenant: TenantId, transaction: TransactionId, actor: Actor, decision: Decision) => {
    const decided = await carryOut(ports, tenant, transaction, decision, actor)
    return decided.ok ? show(api, c, tenant, transaction) : decided
  }

  for (const kind of ['retry', 'cancel'] as const) {
    api.route(
      {
        method: 'post',
        path: `${one}/${kind}` as const,
        scope: 'transactions',
        tag: 'Transactions',
        summary:
          kind === 'retry'
            ? 'Try a failed, held or uncertain transaction again'
            : 'Give up a transaction that has not been sent',
        answer: [200, TransactionWithAttempts],
      },
      ({ c, params, actor }) => decide(c, params.tenant, params.transaction, actor, { kind }),
    )
  }

  api.route(
    {
      method: 'post',
      path: `${one}/resolve`,
      scope: 'transactions',
      tag: 'Transactions',
      summary: 'Say whether an uncertain transaction was booked; if not, it is sent again',
      body: z.strictObject({ outcome: z.enum(['delivered', 'not_delivered']), provider_id: line(100).optional() }),
      answer: [200, TransactionWithAttempts],
    },
    ({ c, params, body, actor }) =>
      decide(c, params.tenant, params.transaction, actor, {
        kind: 'resolve',
        delivered: body.outcome === 'delivered',
        providerId: body.provider_id ?? null,
      }),
  )

  triedByHandRoute(api)
}

/** EOL-05: what Exact Online's own pop-up said when a person did the same by hand, kept with the failure. */
function triedByHandRoute(api: Api): void {
  api.route(
    {
      method: 'post',
      path: `${one}/tried-by-hand`,
      scope: 'transactions',
      tag: 'Transactions',
      summary: 'Record what the provider’s own screen said when a person tried the same by hand',
      body: z.strictObject({ words: line(2000) }),
      answer: [200, TransactionWithAttempts],
    },
    async ({ c, params, body, actor }) => {
      const { tenant, transaction } = params
      const recorded = await recordByHand(api, tenant, transaction, body.words, actor)
      return recorded.ok ? show(api, c, tenant, transaction) : recorded
    },
  )
}

const contentOf = ({ payload, document }: z.output<typeof Body>): Submission['content'] | null =>
  payload !== undefined ? { payload } : document !== undefined ? { document } : null

/** Speak the caller's language when it says one, else the tenant's. */
export const languageOf = (c: Context, tenants: Locale): Locale =>
  c.req.header('accept-language') === undefined ? tenants : localeOf(c)

async function show(
  api: Api,
  c: Context,
  tenant: TenantId,
  id: TransactionId,
): Promise<Result<z.output<typeof TransactionWithAttempts>, Failure>> {
  const { db } = api.ports
  const [row, attempts] = await Promise.all([transactionById(db, tenant, id), attemptsOf(db, tenant, id)])
  if (row === null) return fail({ kind: 'not_found' })
  const about = await aboutSeats(db, tenant, [row.integrationId])
  const view = transactionView(row, about.get(row.integrationId) ?? NOBODY, wordsIn(localeOf(c)))
  return ok({ ...view, payload: row.payload, attempts: attempts.map(attemptView) })
}
