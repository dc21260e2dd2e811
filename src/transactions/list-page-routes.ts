import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { reference } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { pageOf, type Slice } from '../http/page.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { isId, type TransactionId } from '../id.ts'
import { fail, ok } from '../result.ts'
import { integrationById } from '../seats/integration-store.ts'
import { carryOutSeveral } from './carry-out-several.ts'
import { groupByCause } from './grouping.ts'
import { addressOf, filterOf, ListQuery, listPath, wantsCauses } from './list-filter.ts'
import { listBody } from './list-page.tsx'
import { readList } from './list-read.ts'
import { severalBody } from './several-page.tsx'

const list = '/t/{tenant}/transactions' as const
const PAGE = 50

const SeveralBody = z.strictObject({
  decision: z.enum(['retry', 'cancel']),
  ids: z.array(reference('txn')).max(PAGE).default([]),
})

type Here = Pick<Visit<typeof list>, 'c' | 'tenant' | 'reader' | 'role' | 'csrf' | 'formKey'>

/** The list of a tenant's transactions, and what is decided there on several at once. */
export function listPages(site: Site): void {
  const { ports, api } = site

  const show = async (visit: Here, sent: FormState | null = null) => {
    const { c, tenant, reader } = visit
    const { query, cursor } = placeIn(visit)
    const isRefreshing = c.req.header('hx-request') === 'true'
    const slice: Slice = { after: query.cursor ?? null, limit: PAGE + 1 }
    const causesToo = !isRefreshing && cursor === null && wantsCauses(query)
    const read = await readList(ports.db, tenant.id, filterOf(query, reader.zone), slice, causesToo)
    const page = pageOf(read.rows, slice, row => row)
    return ok<View>({
      title: reader.words.booking.title,
      place: 'bookings',
      body: listBody({
        visit,
        home: `/t/${tenant.id}`,
        path: listPath(tenant.id),
        query,
        cursor,
        next: page.next_cursor,
        rows: page.data,
        counts: read.counts,
        seats: read.seats,
        causes: groupByCause(read.waiting),
        state: sent ?? blank(),
        refreshes: sent === null,
        isRefreshing,
      }),
    })
  }

  site.page({ path: list, may: 'read' }, visit => show(visit))

  site.form(
    { path: `${list}/probe`, may: 'write', body: z.strictObject({ integration_id: reference('int') }) },
    async visit => {
      const { tenant, body } = visit
      const asked = body.integration_id
      const known = isId('int', asked) ? await integrationById(ports.db, tenant.id, asked) : null
      if (known === null) return fail({ kind: 'not_found' })
      const probed = await ports.seatOf(known.id).probe(tenant.id)
      return probed.ok ? ok({ to: backTo(visit), told: 'probed' }) : probed
    },
    show,
  )

  site.form(
    { path: `${list}/several`, may: 'write', body: SeveralBody },
    async visit => {
      const { c, tenant, reader, actor, body } = visit
      const say = reader.words.booking
      if (body.ids.length === 0) return invalid({ pointer: '/ids', message: say.several.noneChosen })
      const ids = body.ids.filter((id): id is TransactionId => isId('txn', id))
      if (ids.length < body.ids.length) return fail({ kind: 'not_found' })
      const several = { kind: body.decision, actor, requestId: api.frame.identify(c) }
      const done = await carryOutSeveral(ports, tenant.id, ids, several)
      if (!done.ok) return done
      const [path, back] = [listPath(tenant.id), backTo(visit)]
      return ok<View>({
        title: say.several.titles[body.decision],
        place: 'bookings',
        trail: [{ label: say.title, url: back }],
        body: severalBody({ reader, path, back, kind: body.decision, outcomes: done.value }),
      })
    },
    show,
  )
}

/** What is listed, and where in it: a form is sent to an address that says so too. */
function placeIn({ c }: Pick<Here, 'c'>) {
  const query = ListQuery.parse(c.req.query())
  return { query, cursor: query.cursor === undefined ? null : (c.req.query('cursor') ?? null) }
}

function backTo(visit: Pick<Here, 'c' | 'tenant'>): string {
  const { query, cursor } = placeIn(visit)
  return addressOf(listPath(visit.tenant.id), query, cursor)
}
