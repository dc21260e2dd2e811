import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { attempted, type FormState } from '../http/attempt.ts'
import { line } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import type { Site } from '../http/site.ts'
import type { View, Went } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Missing } from '../rights/right.ts'
import type { Decision } from '../seats/rpc.ts'
import type { Told } from '../words/site-words.ts'
import { carryOut } from './carry-out.ts'
import type { ChoiceForm, Sent } from './choice-forms.tsx'
import { listPath } from './list-filter.ts'
import { oneBody } from './one-page.tsx'
import { readTransaction } from './one-read.ts'
import { recordByHand } from './record-by-hand.ts'
import { TRANSACTION_STATES } from './transaction.ts'

const one = '/t/{tenant}/transactions/{transaction}' as const

/** What a refreshing page was drawn with. */
const Seen = z.object({ seen: z.enum(TRANSACTION_STATES).optional().catch(undefined) })

const Resolution = z.strictObject({
  outcome: z.enum(['delivered', 'not_delivered']),
  provider_id: line(100).optional(),
})

/** A screen breaks its lines where it likes: what is kept is one line. */
const ByHand = z.strictObject({
  words: z
    .string()
    .transform(text => text.replaceAll(/\s*[\r\n]+\s*/g, ' '))
    .pipe(line(2000)),
})

type Here = Pick<Visit<typeof one>, 'c' | 'tenant' | 'params' | 'reader' | 'role' | 'csrf' | 'formKey' | 'actor'>
type Shown = Result<View, Failure>

const TOLD = { retry: 'retried', cancel: 'cancelled', resolve: 'resolved' } as const satisfies Record<
  Decision['kind'],
  Told
>

/** The page of one transaction, and what a person decides there. */
export function onePages(site: Site): void {
  const { ports } = site
  const urlOf = ({ tenant, params }: Here) => `${listPath(tenant.id)}/${params.transaction}`

  const show = async (visit: Here, sent: Sent | null = null, missing: Missing[] | null = null): Promise<Shown> => {
    const { c, tenant, params, reader } = visit
    const whole = await readTransaction(ports.db, tenant.id, params.transaction)
    if (whole === null) return fail({ kind: 'not_found' })
    const { booking } = reader.words
    const seen = c.req.header('hx-request') === 'true' ? (Seen.parse(c.req.query()).seen ?? null) : null
    return ok<View>({
      title: booking.one.title(whole.row.reference),
      place: 'bookings',
      trail: [{ label: booking.title, url: listPath(tenant.id) }],
      body: oneBody({
        visit,
        home: `/t/${tenant.id}`,
        url: urlOf(visit),
        whole: missing === null ? whole : { ...whole, row: { ...whole.row, missing } },
        sent,
        stillMissing: missing !== null,
        seen,
      }),
    })
  }

  const again = (form: ChoiceForm) => (visit: Here, state: FormState) => show(visit, { form, state })

  const decide = async (visit: Here, decision: Decision): Promise<Result<View | Went, Failure>> => {
    const { tenant, params, actor, reader } = visit
    const decided = await carryOut(ports, tenant.id, params.transaction, decision, actor)
    if (decided.ok) return ok({ to: urlOf(visit), told: TOLD[decision.kind] })
    const { failure } = decided
    if (failure.kind !== 'rights_missing') return decided
    const state = attempted(new Map(), failure, reader.words)
    const shown = await show(visit, { form: 'retry', state }, failure.missing)
    return shown.ok ? ok({ ...shown.value, status: 409 }) : shown
  }

  site.page({ path: one, may: 'read', query: Seen }, visit => show(visit))

  for (const kind of ['retry', 'cancel'] as const)
    site.form({ path: `${one}/${kind}` as const, may: 'write' }, visit => decide(visit, { kind }), again(kind))

  site.form(
    { path: `${one}/resolve`, may: 'write', body: Resolution },
    async visit => {
      const { outcome, provider_id: providerId = null } = visit.body
      const delivered = outcome === 'delivered'
      const { contradiction } = visit.reader.words.booking.one.resolve
      // Whoever names a booking that is there must not have it sent again by a slip of the hand.
      if (!delivered && providerId !== null) return invalid({ pointer: '/provider_id', message: contradiction })
      return decide(visit, { kind: 'resolve', delivered, providerId })
    },
    again('resolve'),
  )

  site.form(
    { path: `${one}/tried-by-hand`, may: 'write', body: ByHand },
    async visit => {
      const { tenant, params, body, actor } = visit
      const recorded = await recordByHand(site.api, tenant.id, params.transaction, body.words, actor)
      return recorded.ok ? ok({ to: urlOf(visit), told: 'recorded' }) : recorded
    },
    again('tried-by-hand'),
  )
}
