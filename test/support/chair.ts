import { and, eq } from 'drizzle-orm'
import * as schema from '../../db/schema/schema.ts'
import type { AdministrationId, IntegrationId, ProviderAppId, TenantId } from '../../src/id.ts'
import { A_SHOP, salesEntry } from './exact.ts'
import type { Seats } from './seats.ts'

/** An integration and all that it belongs to, with an app of its own: one test does not meet another's chains. */
export type Chair = {
  tenant: TenantId
  app: ProviderAppId
  client: string
  administration: AdministrationId
  integration: IntegrationId
}

export async function chair(seats: Seats, over: Partial<Omit<Chair, 'integration'>> = {}): Promise<Chair> {
  const tenant = over.tenant ?? (await seats.tenant())
  const app = over.app ?? (await seats.app())
  const administration = over.administration ?? (await seats.administration(tenant))
  const integration = await seats.integration(tenant, app, administration)
  return { tenant, app, client: `zetel-${app}`, administration, integration }
}

/** A chair on which a user sits. */
export async function seated(seats: Seats, username = A_SHOP, over: Partial<Omit<Chair, 'integration'>> = {}) {
  const made = await chair(seats, over)
  const connected = await seats.consent(made.tenant, made.integration, username)
  if (!connected.ok) throw new Error(`not seated: ${connected.failure.kind}`)
  await seats.ring(made.integration)
  return made
}

const TOKEN = '/api/oauth2/token'

/** What a fault must match to meet this app's token requests only. */
export const tokenRequests = ({ client }: Chair, kind: 'refresh_token' | 'authorization_code' = 'refresh_token') => ({
  path: TOKEN,
  client_id: client,
  body: `grant_type=${kind}`,
})

/** How often this app has asked for a refresh, as the provider counted. */
export const refreshes = (seats: Seats, { client }: Chair): number =>
  seats.sandbox.control.log().filter(entry => entry.client === client && entry.grant_type === 'refresh_token').length

/** Everything this app has asked the provider. */
export const asked = (seats: Seats, { client }: Chair): number =>
  seats.sandbox.control.log().filter(entry => entry.client === client).length

/** Wait until the provider has this app's so-manieth token request. */
export async function reached(seats: Seats, { client }: Chair, count: number): Promise<void> {
  const awaited = await seats.sandbox.control.awaitRequests({ match: { path: TOKEN, client_id: client }, count })
  if (!awaited.reached) throw new Error(`${awaited.count} token requests instead of ${count}`)
}

export async function connectionOf(seats: Seats, { integration }: Pick<Chair, 'integration'>) {
  const [row] = await seats.db
    .select()
    .from(schema.connections)
    .where(eq(schema.connections.integrationId, integration))
  if (row === undefined) throw new Error('no connection')
  return row
}

export const seatsOf = (seats: Seats, app: ProviderAppId) =>
  seats.db.select().from(schema.seats).where(eq(schema.seats.providerAppId, app))

export const signalsOf = async (seats: Seats, { tenant, integration }: Chair): Promise<string[]> => {
  const rows = await seats.db
    .select({ kind: schema.signals.kind })
    .from(schema.signals)
    .where(and(eq(schema.signals.tenantId, tenant), eq(schema.signals.integrationId, integration)))
  return rows.map(row => row.kind)
}

export const auditOf = async (seats: Seats, { tenant, integration }: Chair) =>
  seats.db
    .select()
    .from(schema.audit)
    .where(and(eq(schema.audit.tenantId, tenant), eq(schema.audit.subject, integration)))

export const token = (seats: Seats, { tenant, integration }: Pick<Chair, 'tenant' | 'integration'>) =>
  seats.keeper(integration).token(tenant)

/** Ask the provider who sits here, through the seat; the provider's status, or why it was not asked. */
export async function whoSitsThere(seats: Seats, { tenant, integration }: Chair): Promise<string> {
  const path = 'current/Me?$select=UserName,CurrentDivision'
  const reply = await seats
    .keeper(integration)
    .proxy(tenant, { method: 'GET', path, contentType: null, body: null }, 'key:test')
  if (!reply.ok) return reply.failure.kind
  return reply.value.status === 200
    ? (/"UserName":\s*"([^"]+)"/.exec(reply.value.body)?.[1] ?? '')
    : `${reply.value.status}`
}

/** Let the access token end, and ask who sits here: alive means that the refresh token kept is the right one. */
export async function whoSitsThereLater(seats: Seats, chair: Chair): Promise<string> {
  seats.advance(ACCESS_MS)
  return whoSitsThere(seats, chair)
}

/** How long the played provider's access tokens live. */
export const ACCESS_MS = 600_000

export const submission = (key: string) => ({
  bookingKind: 'sales-entry' as const,
  reference: key,
  content: { payload: salesEntry() },
  idempotencyKey: key,
  requestHash: key,
  onDenied: 'hold' as const,
})
