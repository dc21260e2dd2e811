import { z } from '@hono/zod-openapi'
import type { Api } from '../http/api.ts'
import { reference } from '../http/fields.ts'
import { isId } from '../id.ts'
import { administrationById } from '../providers/administration-store.ts'
import { fail, ok } from '../result.ts'
import { languageOf } from '../transactions/routes.ts'
import { VerdictView, verdictView } from '../transactions/view.ts'
import { wordsIn } from '../words/words.ts'
import { BOOKING_KINDS } from './right.ts'

/** The rights check over the API. */
export function preflightRoute(api: Api): void {
  const { ports } = api
  api.route(
    {
      method: 'post',
      path: '/v1/tenants/{tenant}/integrations/{integration}/preflight',
      scope: 'read',
      tag: 'Rights',
      summary: 'Judge one booking before it is handed over: allowed, denied with all that is missing, or unknown',
      body: z.strictObject({ booking_kind: z.enum(BOOKING_KINDS), administration_id: reference('adm').optional() }),
      answer: [200, VerdictView],
    },
    async ({ c, params, body }) => {
      const number = await numberOf(api, params.tenant, body.administration_id)
      if (number === undefined)
        return fail({
          kind: 'invalid',
          errors: [{ pointer: '/administration_id', message: { kind: 'not_found_here' } }],
        })
      const judged = await ports.seatOf(params.integration).preflight(params.tenant, body.booking_kind, number)
      return judged.ok ? ok(verdictView(judged.value, wordsIn(languageOf(c, judged.value.locale)))) : judged
    },
  )
}

/** The provider's number of an administration: null for none asked for, undefined for one that is not this tenant's. */
async function numberOf({ ports }: Api, tenant: Parameters<typeof administrationById>[1], text: string | undefined) {
  if (text === undefined) return null
  const found = isId('adm', text) ? await administrationById(ports.db, tenant, text) : null
  return found?.externalId
}
