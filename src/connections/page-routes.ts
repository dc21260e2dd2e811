import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { emptySeatsBeside } from '../health/connection-read.ts'
import type { FormState } from '../http/attempt.ts'
import { reference } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { IntegrationId, TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { loadSeat } from '../seats/store.ts'
import { editPages } from './edit-routes.ts'
import { endingPages } from './ending-routes.ts'
import { loadOverview } from './load-overview.ts'
import { madeLinkView } from './made-link-page.tsx'
import { makeConnectLink } from './make-link.ts'
import { overviewView } from './overview-page.tsx'
import { type FormName, type Here, pathOf } from './overview-props.ts'

const BASE = '/t/{tenant}/integrations/{integration}'

type HereIn = Here & Pick<Visit<typeof BASE>, 'params'>

/** Each filter by itself: one that makes no sense is no filter, and leaves the other as it is. */
const Query = z.object({
  day: z.iso.date().nullable().catch(null).default(null),
  before: z
    .string()
    .regex(/^aud_[0-9a-z]{26}$/)
    .nullable()
    .catch(null)
    .default(null),
})

/** Pages of one integration and its connection. */
export function connectionPages(site: Site): void {
  const { ports, api } = site

  const show = async (
    { tenant, params, ...visit }: HereIn,
    { day, before }: z.output<typeof Query> = { day: null, before: null },
    attempts: Partial<Record<FormName, FormState>> = {},
  ): Promise<Result<View, Failure>> => {
    const asked = { now: visit.reader.now, before }
    const overview = await loadOverview(ports, tenant.id, params.integration, asked)
    if (!overview.ok) return overview
    const props = { visit: { ...visit, tenant }, overview: overview.value, day, paged: before !== null, attempts }
    return ok(overviewView(props))
  }
  /** Show the page again with one of its forms refused. */
  const again =
    (form: FormName) =>
    (visit: HereIn, state: FormState): Promise<Result<View, Failure>> =>
      show(visit, undefined, { [form]: state })

  const seatIn = (tenant: TenantId, integration: IntegrationId) => loadSeat(ports.db, tenant, integration, 'target')

  site.page({ path: BASE, may: 'read', query: Query }, visit => show(visit, visit.query))

  site.form(
    { path: `${BASE}/probe`, may: 'write' },
    async ({ tenant, params }) => {
      if ((await seatIn(tenant.id, params.integration)) === null) return fail({ kind: 'not_found' })
      const probed = await ports.seatOf(params.integration).probe(tenant.id)
      return probed.ok ? ok({ to: pathOf(tenant.id, params.integration), told: 'probed' }) : probed
    },
    again('probe'),
  )

  site.form(
    { path: `${BASE}/connect-link`, may: 'write' },
    async ({ params, ...visit }) => {
      const { tenant, actor } = visit
      const seat = await seatIn(tenant.id, params.integration)
      if (seat === null) return fail({ kind: 'not_found' })
      const asked = { serviceAccountId: seat.serviceAccount?.id }
      const made = await makeConnectLink(api, tenant.id, params.integration, asked, actor)
      return made.ok ? ok(madeLinkView(visit, seat, made.value)) : made
    },
    again('connect'),
  )

  site.form(
    { path: `${BASE}/transfer`, may: 'write', body: z.strictObject({ to_integration_id: reference('int') }) },
    async ({ tenant, params, body, actor }) => {
      const seats = await emptySeatsBeside(ports.db, tenant.id, params.integration)
      const to = seats.find(({ id }) => id === body.to_integration_id)
      if (to === undefined) return invalid({ pointer: '/to_integration_id', message: { kind: 'not_found_here' } })
      const moved = await ports.seatOf(params.integration).transfer(tenant.id, to.id, actor)
      return moved.ok ? ok({ to: pathOf(tenant.id, to.id), told: 'transferred' }) : moved
    },
    again('transfer'),
  )

  /** Whoever comes back to where a form was sent, by another language or by hand, finds the page it stands on. */
  const toPage = async ({ tenant, params }: HereIn) =>
    (await seatIn(tenant.id, params.integration)) === null
      ? fail<Failure>({ kind: 'not_found' })
      : ok({ to: pathOf(tenant.id, params.integration) })
  site.page({ path: `${BASE}/probe`, may: 'read' }, toPage)
  site.page({ path: `${BASE}/connect-link`, may: 'read' }, toPage)
  site.page({ path: `${BASE}/transfer`, may: 'read' }, toPage)

  endingPages(site)
  editPages(site)
}
