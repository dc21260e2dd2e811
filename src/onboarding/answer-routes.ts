import { z } from '@hono/zod-openapi'
import type { Site } from '../http/site.ts'
import { listAdministrations } from '../providers/administration-store.ts'
import { listApps } from '../providers/app-store.ts'
import { ok } from '../result.ts'
import { answerBookings, answerSource, BookingsForm, SourceForm } from './answer.ts'
import { bookingsView } from './bookings-page.tsx'
import { chooseTarget, TargetForm } from './choose-target.ts'
import { rightsView } from './rights-page.tsx'
import { answer } from './save.ts'
import { sourceView } from './source-page.tsx'
import { actOnStep, type Showing, showStep } from './step-routes.ts'
import { targetView } from './target-page.tsx'
import { targetOf } from './target-read.ts'

/** More than anyone has: beyond them the number can still be typed. */
const EVERY = { after: null, limit: 1_000 }

/** The questions that need nobody else: source, target, bookings and the rights they take. */
export function answerPages(site: Site): void {
  const { api, ports } = site

  const source: Showing = {
    step: 'source',
    show: async (visit, flow, state) => ok(sourceView(visit, flow, state)),
  }
  showStep(site, source)
  actOnStep(site, source, {
    body: SourceForm,
    act: ({ tenant, body, actor }, flow) => answerSource(api, tenant.id, flow, body, actor),
  })

  const target: Showing = {
    step: 'target',
    show: async (visit, flow, state) => {
      const [apps, administrations] = await Promise.all([
        listApps(ports.db, EVERY),
        listAdministrations(ports.db, visit.tenant.id, EVERY),
      ])
      return ok(targetView({ visit, flow, state, apps, administrations }))
    },
  }
  showStep(site, target)
  actOnStep(site, target, {
    body: TargetForm,
    act: ({ tenant, body, actor, reader }, flow) =>
      chooseTarget(api, tenant.id, flow, body, actor, reader.words.onboarding),
  })

  const bookings: Showing = {
    step: 'bookings',
    show: async (visit, flow, state) => {
      const { provider } = await targetOf(ports.db, visit.tenant.id, flow.draft)
      return ok(bookingsView(visit, flow, state, provider))
    },
  }
  showStep(site, bookings)
  actOnStep(site, bookings, {
    body: BookingsForm,
    act: async ({ tenant, body, actor }, flow) => {
      const { provider } = await targetOf(ports.db, tenant.id, flow.draft)
      return answerBookings(api, tenant.id, flow, body, provider, actor)
    },
  })

  const rights: Showing = {
    step: 'rights',
    show: async (visit, flow) => ok(rightsView(visit, flow, await targetOf(ports.db, visit.tenant.id, flow.draft))),
  }
  showStep(site, rights)
  actOnStep(site, rights, {
    body: z.strictObject({}),
    act: ({ tenant }, flow) => answer(api, tenant.id, flow, { rightsRead: true }),
  })
}
