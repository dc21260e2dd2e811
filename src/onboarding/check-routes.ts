import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { invalid } from '../http/input.ts'
import type { Site } from '../http/site.ts'
import { fail, ok, type Result } from '../result.ts'
import { BOOKING_KINDS, type BookingKind } from '../rights/right.ts'
import type { Judged } from '../seats/rpc.ts'
import { stepUrl } from './address.ts'
import { checkView } from './check-page.tsx'
import { doneView } from './done-page.tsx'
import { finish } from './finish.ts'
import type { Flow } from './onboarding-store.ts'
import { answer } from './save.ts'
import { actOnStep, type Showing, showStep } from './step-routes.ts'
import { targetOf } from './target-read.ts'
import { testView } from './test-page.tsx'

/** The questions after the sign-in: are the rights there, and would a booking go. */
export function checkSteps(site: Site): void {
  const { api, ports } = site

  /** Ask the seat about one kind of booking. */
  const judge = async ({ tenantId, integrationId }: Flow, kind: BookingKind): Promise<Result<Judged, Failure>> =>
    integrationId === null
      ? fail({ kind: 'not_connected' })
      : ports.seatOf(integrationId).preflight(tenantId, kind, null)

  const check: Showing = {
    step: 'check',
    show: async (visit, flow, state) => {
      const judged: Judged[] = []
      // One after another: the first may ask the provider anew, and the others then know.
      for (const kind of flow.draft.bookings?.kinds ?? []) {
        const one = await judge(flow, kind)
        if (!one.ok) return one
        judged.push(one.value)
      }
      const target = await targetOf(ports.db, visit.tenant.id, flow.draft)
      return ok(checkView({ visit, flow, state, target, judged }))
    },
  }
  showStep(site, check)
  actOnStep(site, check, {
    act: ({ tenant }, flow) => answer(api, tenant.id, flow, { checked: true }),
  })
  actOnStep(site, check, {
    under: '/again',
    act: async ({ tenant }, flow) => {
      if (flow.integrationId === null) return fail({ kind: 'not_connected' })
      const probed = await ports.seatOf(flow.integrationId).probe(tenant.id)
      return probed.ok ? ok({ to: stepUrl(tenant.id, flow.id, 'check'), told: 'probed' }) : probed
    },
  })

  const test: Showing = {
    step: 'test',
    show: async (visit, flow, state) => {
      const target = await targetOf(ports.db, visit.tenant.id, flow.draft)
      return ok(testView({ visit, flow, state, target, tried: null }))
    },
  }
  showStep(site, test)
  actOnStep(site, test, {
    body: z.strictObject({ kind: z.enum(BOOKING_KINDS) }),
    act: async (visit, flow) => {
      const { tenant, body } = visit
      if (!flow.draft.bookings?.kinds.includes(body.kind))
        return invalid({ pointer: '/kind', message: { kind: 'not_a_booking_kind_here' } })
      const judged = await judge(flow, body.kind)
      if (!judged.ok) return judged
      const saved = await answer(api, tenant.id, flow, { tried: true })
      if (!saved.ok) return saved
      const target = await targetOf(ports.db, tenant.id, flow.draft)
      return ok(testView({ visit, flow, state: null, target, tried: { kind: body.kind, judged: judged.value } }))
    },
  })
  actOnStep(site, test, { under: '/finish', act: ({ tenant }, flow) => finish(api, tenant.id, flow) })

  showStep(site, { step: 'done', show: async (visit, flow) => ok(doneView(visit, flow)) })
}
