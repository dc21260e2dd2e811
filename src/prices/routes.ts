import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { SchemaFault } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { moment } from '../http/fields.ts'
import { listOf, PageQuery } from '../http/page.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../providers/provider.ts'
import { ok } from '../result.ts'
import { cursorOf, pageOf } from './cursor.ts'
import { MOST_CENTS } from './price.ts'
import { setPrice } from './set-price.ts'
import { listPrices, type PriceRow } from './store.ts'

const fields = {
  provider: z.enum(PROVIDER_NAMES),
  user_kind: z.enum(USER_KINDS),
  valid_from: z.iso.date().openapi({ description: 'The first day on which it holds', example: '2026-01-31' }),
  monthly_cents: z.number().int().min(0).max(MOST_CENTS).openapi({ description: 'Euro cents each month' }),
}

const NewPrice = z.strictObject(fields).openapi('NewPrice')

const Price = z.strictObject({ ...fields, created_at: moment }).openapi('Price')

const Query = PageQuery.extend({
  cursor: z
    .string()
    .max(100)
    .transform((text, context) => {
      const cursor = cursorOf(text)
      if (cursor === null) context.addIssue({ code: 'custom', message: 'not_a_cursor' satisfies SchemaFault })
      return cursor ?? z.NEVER
    })
    .optional(),
})

const shown = (row: PriceRow): z.infer<typeof Price> => ({
  provider: row.provider,
  user_kind: row.userKind,
  valid_from: row.validFrom,
  monthly_cents: row.monthlyCents,
  created_at: rfc3339(row.createdAt),
})

const tag = 'Prices'
const path = '/v1/tenants/{tenant}/prices'

/** Prices over the API: what users of a kind cost each month, from a day on. */
export function priceRoutes(api: Api): void {
  api.route(
    {
      method: 'post',
      path,
      scope: 'admin',
      tag,
      summary: 'Set what users of a kind cost from a day on',
      body: NewPrice,
      answer: [200, Price],
    },
    async ({ params: { tenant }, body, actor }) => {
      const { provider, user_kind: userKind, valid_from: validFrom, monthly_cents: monthlyCents } = body
      return ok(shown(await setPrice(api, tenant, { provider, userKind, validFrom, monthlyCents }, actor)))
    },
  )

  api.route(
    {
      method: 'get',
      path,
      scope: 'read',
      tag,
      summary: 'List the prices, the newest day first',
      query: Query,
      answer: [200, listOf(Price)],
    },
    async ({ params: { tenant }, query: { cursor, limit } }) => {
      const { rows, next } = pageOf(await listPrices(api.ports.db, tenant, cursor ?? null, limit + 1), limit)
      return ok({ data: rows.map(shown), next_cursor: next })
    },
  )
}
