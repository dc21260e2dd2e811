import { z } from '@hono/zod-openapi'
import type { InvalidField } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { localeOf } from '../http/context.ts'
import { distinct, id, line, reference } from '../http/fields.ts'
import { isId, type TenantId } from '../id.ts'
import { dayOf, pricing } from '../prices/price.ts'
import { pricesInForce } from '../prices/store.ts'
import { administrationById } from '../providers/administration-store.ts'
import { appById } from '../providers/app-store.ts'
import { providerNamed } from '../providers/catalog.ts'
import { USER_KINDS } from '../providers/provider.ts'
import { fail, ok } from '../result.ts'
import { stepsForNewUser } from '../rights/remedy.ts'
import { BOOKING_KINDS, rightKey, SOURCE_KINDS } from '../rights/right.ts'
import { type Words, wordsIn } from '../words/words.ts'
import { type Assignment, plan } from './plan.ts'
import { candidates, existingWanted, notYetSeated, type Planned } from './plan-store.ts'

const Asked = z.strictObject({
  label: line(200),
  source_kind: z.enum(SOURCE_KINDS),
  booking_kinds: distinct(z.enum(BOOKING_KINDS), BOOKING_KINDS.length),
  administration_id: reference('adm'),
  provider_app_id: reference('app'),
})

const Body = z
  .strictObject({ integrations: z.array(Asked).max(200).optional() })
  .openapi('SeatPlanRequest', { description: 'Without `integrations`: plan for the existing ones.' })

const Place = z.strictObject({
  label: z.string(),
  integration_id: id('int').nullable(),
  source_kind: z.enum(SOURCE_KINDS),
  administration: z.string(),
  how: z.enum(['seated', 'reuse', 'new_user']),
  text: z.string(),
  service_account: z.strictObject({ id: id('sva'), username: z.string(), kind: z.enum(USER_KINDS) }).nullable(),
  caution: z.strictObject({ code: z.string(), text: z.string() }).nullable(),
  steps: z.array(z.string()).openapi({ description: 'What to do, in order, where a user has to be made' }),
  rights: z.array(z.strictObject({ resource: z.string(), action: z.string(), name: z.string() })),
})

const SeatPlanView = z
  .strictObject({
    assignments: z.array(Place),
    users_needed: z.int(),
    short: z.int().openapi({ description: 'How many users have to be made' }),
    text: z.string(),
    steps: z.array(z.string()),
    monthly_cost: z.strictObject({
      currency: z.literal('EUR'),
      known_cents: z.int(),
      users_without_price: z
        .int()
        .openapi({ description: 'Users whose price is not known: the cost is at least `known_cents`' }),
    }),
  })
  .openapi('SeatPlan')

/** The seat plan over the API: who sits where, who can, and how many users are short (EOL-10). */
export function planRoute(api: Api): void {
  const { db, clock } = api.ports
  api.route(
    {
      method: 'post',
      path: '/v1/tenants/{tenant}/seat-plan',
      scope: 'read',
      tag: 'Seats',
      summary: 'Plan who sits where, and how many users have to be made',
      body: Body,
      answer: [200, SeatPlanView],
    },
    async ({ c, params, body }) => {
      const wanted =
        body.integrations === undefined
          ? ok(await existingWanted(db, params.tenant))
          : await asked(api, params.tenant, body.integrations)
      if (!wanted.ok) return wanted
      const today = dayOf(clock.now())
      const [users, prices] = await Promise.all([
        candidates(db, params.tenant),
        pricesInForce(db, params.tenant, today),
      ])
      const made = plan(wanted.value, users, pricing(prices, today))
      const words = wordsIn(localeOf(c))
      const places = made.assignments.map((assignment, at) => placeView(assignment, wanted.value[at], words))
      return ok({
        assignments: places,
        users_needed: made.usersNeeded,
        short: made.short,
        text: words.states.plan.short(made.short),
        steps: [...new Set(places.flatMap(place => place.steps))],
        monthly_cost: {
          currency: 'EUR' as const,
          known_cents: made.monthlyCost.knownCents,
          users_without_price: made.monthlyCost.usersWithoutPrice,
        },
      })
    },
  )
}

function placeView(
  { wanted, account, how, caution }: Assignment,
  planned: Planned | undefined,
  words: Words,
): z.output<typeof Place> {
  return {
    label: wanted.label,
    integration_id: wanted.integrationId,
    source_kind: wanted.sourceKind,
    administration: wanted.administration,
    how,
    text: words.states.plan.how[how],
    service_account: account === null ? null : { id: account.id, username: account.username, kind: account.kind },
    caution: caution === null ? null : { code: caution, text: words.states.plan.cautions[caution] },
    steps: how === 'new_user' ? stepsForNewUser(wanted.administration, words) : [],
    rights: rightsOf(planned, words),
  }
}

/** What the user will need, by the names its administrator knows. */
function rightsOf(planned: Planned | undefined, words: Words): z.output<typeof Place>['rights'] {
  const provider = planned === undefined ? null : providerNamed(planned.provider)
  const needs = (planned?.bookingKinds ?? []).flatMap(kind => provider?.needs(kind) ?? [])
  const once = new Map(needs.map(need => [rightKey('', need), need]))
  return [...once.values()].map(({ resource, action }) => ({
    resource,
    action,
    name: words.rights.name({ resource, action }),
  }))
}

async function asked({ ports }: Api, tenant: TenantId, integrations: z.output<typeof Asked>[]) {
  const errors: InvalidField[] = []
  const planned: Planned[] = []
  for (const [at, one] of integrations.entries()) {
    const administration = isId('adm', one.administration_id)
      ? await administrationById(ports.db, tenant, one.administration_id)
      : null
    const app = isId('app', one.provider_app_id) ? await appById(ports.db, one.provider_app_id) : null
    const missing = (field: string) =>
      errors.push({ pointer: `/integrations/${at}/${field}`, message: { kind: 'not_found_here' } })
    if (administration === null) missing('administration_id')
    if (app === null) missing('provider_app_id')
    if (administration === null || app === null) continue
    planned.push(
      notYetSeated({
        label: one.label,
        sourceKind: one.source_kind,
        bookingKinds: one.booking_kinds,
        administration: administration.externalId,
        provider: app.provider,
        providerAppId: app.id,
      }),
    )
  }
  return errors.length > 0 ? fail({ kind: 'invalid' as const, errors }) : ok(planned)
}
