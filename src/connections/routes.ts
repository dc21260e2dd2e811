import { z } from '@hono/zod-openapi'
import { runBatch } from '../../db/open.ts'
import { DAY, rfc3339 } from '../clock.ts'
import type { Failure } from '../failure.ts'
import { readHealth } from '../health/read.ts'
import type { Api } from '../http/api.ts'
import { localeOf } from '../http/context.ts'
import { moment, reference } from '../http/fields.ts'
import { type IntegrationId, isId, newId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { accountById } from '../seats/account-store.ts'
import { loadSeat } from '../seats/store.ts'
import { LOCALES, wordsIn } from '../words/words.ts'
import { insertLink } from './link-store.ts'
import { randomText } from './random-text.ts'
import { ConnectionView, connectionView } from './view.ts'

const LINK_LIVES = 7 * DAY

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
      const { tenant, integration } = params
      const seat = await loadSeat(ports.db, tenant, integration, 'target')
      if (seat === null || seat.integration.endedAt !== null) return fail({ kind: 'not_found' })
      const account = await expectedAccount(api, tenant, integration, body.service_account_id)
      if (!account.ok) return account
      const secret = randomText(ports.random)
      const id = newId('lnk', ports.clock, ports.random)
      const now = ports.clock.now()
      await runBatch(ports.db, [
        insertLink(ports.db, {
          tenantId: tenant,
          id,
          integrationId: integration,
          serviceAccountId: account.value,
          locale: body.locale ?? seat.tenant.locale,
          secretHash: ports.hash(secret),
          expiresAt: now + LINK_LIVES,
          createdAt: now,
        }),
        api.audit(tenant, actor, 'connect_link.created', integration),
      ])
      return ok({ id, url: `${ports.settings.origin}/connect/${secret}`, expires_at: rfc3339(now + LINK_LIVES) })
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

/** Check the service account a link asks for: one of this tenant's, and not sitting elsewhere already. */
async function expectedAccount({ ports }: Api, tenant: TenantId, integration: IntegrationId, text: string | undefined) {
  if (text === undefined) return ok(null)
  const unknown = fail<Failure>({
    kind: 'invalid',
    errors: [{ pointer: '/service_account_id', message: { kind: 'not_found_here' } }],
  })
  if (!isId('sva', text)) return unknown
  const account = await accountById(ports.db, tenant, text)
  if (account === null) return unknown
  const elsewhere: Result<never, Failure> | null =
    account.seat === null || account.seat === integration
      ? null
      : fail({ kind: 'service_account_seated', integrationId: account.seat })
  return elsewhere ?? ok(text)
}
