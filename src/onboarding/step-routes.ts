import type { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import type { FormState } from '../http/attempt.ts'
import type { Site } from '../http/site.ts'
import type { View, Went } from '../http/view.ts'
import { fail, ok, type Result } from '../result.ts'
import { listUrl, ONE, stepUrl } from './address.ts'
import { isOpen, nextStep, type Step, stepAfter } from './onboarding.ts'
import { type Flow, flowOf } from './onboarding-store.ts'
import type { StepVisit } from './step-page.tsx'

type Shown = Promise<Result<View, Failure>>

export type Showing = {
  step: Step
  /** `state` is that of a form that was refused; null when nobody has sent it. */
  show(visit: StepVisit, flow: Flow, state: FormState | null): Shown
}

export type Acting<B> = {
  /** Below the step's own address; none for the step's own form. */
  under?: string
  body?: z.ZodType<B>
  /** Give where to go, a page, or null for the next question. */
  act(visit: StepVisit & { body: B }, flow: Flow): Promise<Result<View | Went | null, Failure>>
}

/** Declare a question's page. One that cannot be opened yet leads to the first question without an answer. */
export function showStep(site: Site, { step, show }: Showing): void {
  site.page({ path: `${ONE}/${step}`, may: 'write' }, async visit => {
    const entered = await enter(site, visit, step)
    if (!entered.ok) return entered
    return isHere(entered.value) ? show(visit, entered.value, null) : ok(entered.value)
  })
}

/** Declare what a form on a question's page sends; answered, it leads to the next question. */
export function actOnStep<B = Record<string, never>>(
  site: Site,
  { step, show }: Showing,
  { under = '', body, act }: Acting<B>,
): void {
  site.form(
    { path: `${ONE}/${step}${under}`, may: 'write', ...(body === undefined ? {} : { body }) },
    async visit => {
      const entered = await enter(site, visit, step)
      if (!entered.ok) return entered
      if (!isHere(entered.value)) return ok(entered.value)
      const done = await act(visit, entered.value)
      if (!done.ok) return done
      return ok(done.value ?? { to: stepUrl(visit.tenant.id, visit.params.onboarding, stepAfter(step)) })
    },
    async (visit, state) => {
      const entered = await enter(site, visit, step)
      if (!entered.ok) return entered
      return isHere(entered.value) ? show(visit, entered.value, state) : fail({ kind: 'changed_meanwhile' })
    },
  )
}

const isHere = (entered: Flow | Went): entered is Flow => !('to' in entered)

/** Find the flow, or where to go instead: to the question that comes first, or to the list when its integration has ended. */
async function enter(site: Site, { tenant, params }: StepVisit, step: Step): Promise<Result<Flow | Went, Failure>> {
  const flow = await flowOf(site.ports.db, tenant.id, params.onboarding)
  if (flow === null) return fail({ kind: 'not_found' })
  if (flow.finishedAt === null && flow.integration !== null && flow.integration.endedAt !== null)
    return ok({ to: listUrl(tenant.id) })
  const next = nextStep(flow, flow.connection?.state ?? null)
  return ok(isOpen(step, next) ? flow : { to: stepUrl(tenant.id, flow.id, next) })
}
