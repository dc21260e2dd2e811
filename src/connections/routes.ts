import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { readHealth } from '../health/read.ts'
import type { Api } from '../http/api.ts'
import { localeOf } from '../http/context.ts'
import { moment, reference } from '../http/fields.ts'
import { isId } from '../id.ts'
import { fail, ok } from '../result.ts'
import { loadSeat } from '../seats/store.ts'
import { LOCALES, wordsIn } from '../words/words.ts'
import { makeConnectLink } from './make-link.ts'
import { ConnectionView, connectionView } from './view.ts'

const LinkBody = z.strictObject({
  service_account_id: reference('sva').optional(),
  locale: z.enum(LOCALES).optional(),
})

const base = '/v1/tenants/{tenant}/integrations/{integration}' as const

/** Connections over the API: links to make them, their state, their end, their token. */
export function connectionRoutes(api: Api): void {
  const { ports } = api

  api.route(
    {
      method: 'post',
      path: `${base}/connect-links`,
      scope: 'write',
      tag: 'Connections',
      summary: 'Make a single-use link for the person who holds the dedicated user',
      body: LinkBody,
      answer: [201, z.strictObject({ id: z.string(), url: z.url(), expires_at: moment }).openapi('ConnectLink')],
    },
    async ({ params, body, actor }) => {
      const asked = { serviceAccountId: body.service_account_id, locale: body.locale }
      const made = await makeConnectLink(api, params.tenant, params.integration, asked, actor)
      if (!made.ok) return made
      const { id, url, expiresAt } = made.value
      return ok({ id, url, expires_at: rfc3339(expiresAt) })
    },
  )

  api.route(
    {
      method: 'get',
      path: `${base}/connection`,
      scope: 'read',
      tag: 'Connections',
      summary: 'Show who sits on the seat, how it is, and what to do next',
      answer: [200, ConnectionView],
    },
    async ({ c, params }) => {
      const { tenant, integration } = params
      const [seat, health] = await Promise.all([
        loadSeat(ports.db, tenant, integration, 'target'),
        readHealth(ports.db, tenant, { after: null, limit: 1, only: integration }, ports.clock.now()),
      ])
      const [row] = health
      if (seat === null || row === undefined) return fail({ kind: 'not_found' })
      return ok(connectionView(seat.connection, row, wordsIn(localeOf(c))))
    },
  )

  api.route(
    {
      method: 'delete',
      path: `${base}/connection`,
      scope: 'write',
      tag: 'Connections',
      summary: 'End the connection; the seat is free, the service account stays',
      answer: [204, null],
    },
    ({ params, actor }) => ports.seatOf(params.integration).disconnect(params.tenant, actor),
  )

  api.route(
    {
      method: 'post',
      path: `${base}/connection/transfer`,
      scope: 'write',
      tag: 'Connections',
      summary: 'Move the service account with its credential to another integration',
      body: z.strictObject({ to_integration_id: reference('int') }),
      answer: [204, null],
    },
    async ({ params, body, actor }) => {
      const to = body.to_integration_id
      if (!isId('int', to))
        return fail({
          kind: 'invalid',
          errors: [{ pointer: '/to_integration_id', message: { kind: 'not_found_here' } }],
        })
      const moved = await ports.seatOf(params.integration).transfer(params.tenant, to, actor)
      const unknownTarget =
        !moved.ok &&
        moved.failure.kind === 'not_found' &&
        (await loadSeat(ports.db, params.tenant, params.integration, 'target')) !== null
      return unknownTarget
        ? fail({ kind: 'invalid', errors: [{ pointer: '/to_integration_id', message: { kind: 'not_found_here' } }] })
        : moved
    },
  )

  api.route(
    {
      method: 'post',
      path: `${base}/connection/probe`,
      scope: 'write',
      tag: 'Connections',
      summary: 'Ask the provider now which rights and administrations the seat has, and let go what may go',
      answer: [204, null],
    },
    ({ params }) => ports.seatOf(params.integration).probe(params.tenant),
  )

  api.route(
    {
      method: 'get',
      path: `${base}/token`,
      scope: 'token',
      tag: 'Connections',
      summary: 'Give an access token that may be used now',
      answer: [200, z.strictObject({ access_token: z.string(), expires_at: moment }).openapi('Token')],
    },
    async ({ params }) => {
      const token = await ports.seatOf(params.integration).token(params.tenant)
      return token.ok
        ? ok({ access_token: token.value.accessToken, expires_at: rfc3339(token.value.expiresAt) })
        : token
    },
  )
}
