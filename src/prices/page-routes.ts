import { z } from '@hono/zod-openapi'
import type { Failure, InvalidField } from '../failure.ts'
import { blank, type FormState } from '../http/attempt.ts'
import { invalid } from '../http/input.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../providers/provider.ts'
import { ok, type Result } from '../result.ts'
import { cursorOf, pageOf } from './cursor.ts'
import { centsOf } from './money.ts'
import { dayOf, type Price } from './price.ts'
import { pricesBody } from './prices-page.tsx'
import { setPrice } from './set-price.ts'
import { listPrices, pricesInForce } from './store.ts'

const path = '/t/{tenant}/settings/prices'
const LONGEST_PAGE = 50

const Query = z.object({ cursor: z.string().max(100).optional() })

const Typed = z.strictObject({
  provider: z.enum(PROVIDER_NAMES),
  user_kind: z.enum(USER_KINDS),
  valid_from: z.string().max(40),
  price: z.string().max(40),
})

/** What users cost, below a tenant's settings. */
export function pricePages(site: Site): void {
  const { api } = site
  const { clock } = api.ports
  const today = () => dayOf(clock.now())

  site.page({ path, may: 'read', query: Query }, visit =>
    show(site, visit, blank({ user_kind: 'full_user', valid_from: today() }), visit.query.cursor),
  )
  site.form(
    { path, may: 'write', body: Typed },
    async ({ tenant, body, actor }) => {
      const price = priceFrom(body)
      if (!price.ok) return price
      await setPrice(api, tenant.id, price.value, actor)
      return ok({ to: `/t/${tenant.id}/settings/prices`, told: 'saved' })
    },
    (visit, state) => show(site, visit, state),
  )
}

/** Read a price as it was typed; every field that is wrong is named. */
function priceFrom(typed: z.infer<typeof Typed>): Result<Price, Failure> {
  const validFrom = z.iso.date().safeParse(typed.valid_from.trim())
  const monthlyCents = centsOf(typed.price)
  const errors: InvalidField[] = [
    ...(validFrom.success ? [] : [{ pointer: '/valid_from', message: { kind: 'not_a_day' as const } }]),
    ...(monthlyCents === null ? [{ pointer: '/price', message: { kind: 'not_money' as const } }] : []),
  ]
  if (!validFrom.success || monthlyCents === null) return invalid(...errors)
  return ok({ provider: typed.provider, userKind: typed.user_kind, validFrom: validFrom.data, monthlyCents })
}

async function show(
  { ports }: Site,
  visit: Visit<typeof path>,
  state: FormState,
  cursor = '',
): Promise<Result<View, Failure>> {
  const today = dayOf(ports.clock.now())
  const after = cursorOf(cursor)
  const [inForce, found] = await Promise.all([
    pricesInForce(ports.db, visit.tenant.id, today),
    listPrices(ports.db, visit.tenant.id, after, LONGEST_PAGE + 1),
  ])
  const { rows, next } = pageOf(found, LONGEST_PAGE)
  return ok({
    title: visit.reader.words.price.title,
    place: 'settings',
    setting: 'prices',
    body: pricesBody({
      visit,
      base: `/t/${visit.tenant.id}/settings/prices`,
      today,
      inForce,
      history: rows,
      next,
      further: after !== null,
      state,
    }),
  })
}
