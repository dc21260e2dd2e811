// Tenants whose integrations are seated and healthy or not, without a provider: made through the API, moved in the database.
import { and, eq } from 'drizzle-orm'
import { connections } from '../../db/schema/connections.ts'
import { seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { AdministrationId, IntegrationId, ProviderAppId, ServiceAccountId, TenantId } from '../../src/id.ts'
import type { UserKind } from '../../src/providers/provider.ts'
import type { SourceKind } from '../../src/rights/right.ts'
import type { Http } from '../support/http.ts'
import { addApp, addTenant, idIn, made, newIntegration } from '../support/tenancy.ts'

type Connected = Partial<typeof connections.$inferInsert>

export const HEALTHY: Connected = { state: 'active', lastProbeAt: 1 }
export const BROKEN: Connected = {
  state: 'reconnect_required',
  trouble: { kind: 'consent_revoked', words: '', since: 1 },
}
export const CLIENT: Connected = { ...HEALTHY, warnings: [{ kind: 'client_user', at: 1 }] }

let count = 0

export class World {
  readonly http: Http
  readonly tenant: TenantId
  readonly path: string
  readonly app: ProviderAppId
  readonly #administrations = new Map<string, AdministrationId>()

  private constructor(http: Http, tenant: { id: TenantId; path: string }, app: ProviderAppId) {
    this.http = http
    this.tenant = tenant.id
    this.path = tenant.path
    this.app = app
  }

  static async start(http: Http): Promise<World> {
    return new World(http, await addTenant(http), await addApp(http))
  }

  async integration(
    label: string,
    kind: SourceKind = 'webshop',
    number = '1001',
    app = this.app,
  ): Promise<IntegrationId> {
    const source = { kind, provider: { webshop: 'shopify', pos: 'lightspeed', psp: 'mollie' }[kind], ref: `${++count}` }
    const body = { ...newIntegration(app, await this.#administration(number)), label, source }
    return idIn('int', made(await this.http.call('POST', `${this.path}/integrations`, { body })).id)
  }

  async account(username: string, over: { kind?: UserKind; administrations?: string[]; price?: number } = {}) {
    const { kind = 'full_user', administrations = ['1001'], price = null } = over
    const named = { provider: 'exact-online', username, email: `user${++count}@shop.example`, kind, administrations }
    const body = { ...named, monthly_price_cents: price }
    return idIn('sva', made(await this.http.call('POST', `${this.path}/service-accounts`, { body })).id)
  }

  /** Let a user sit, as a consent does, and the connection be in some state. */
  async sit(
    integration: IntegrationId,
    account: ServiceAccountId,
    connected: Connected,
    app = this.app,
  ): Promise<void> {
    const { db } = this.http
    const seat = { providerAppId: app, providerUserId: account, tenantId: this.tenant, integrationId: integration }
    await db.insert(seats).values({ ...seat, end: 'target', serviceAccountId: account, takenAt: ++count })
    await this.knownAs(account, account)
    await db
      .update(connections)
      .set({ providerUserId: account, ...connected })
      .where(and(eq(connections.tenantId, this.tenant), eq(connections.integrationId, integration)))
  }

  /** Let the provider know an account as this user. */
  async knownAs(account: ServiceAccountId, providerUserId: string): Promise<void> {
    await this.http.db
      .update(serviceAccounts)
      .set({ providerUserId })
      .where(and(eq(serviceAccounts.tenantId, this.tenant), eq(serviceAccounts.id, account)))
  }

  async #administration(number: string): Promise<AdministrationId> {
    const known = this.#administrations.get(number)
    if (known !== undefined) return known
    const body = { provider: 'exact-online', external_id: number, name: `Books ${number}` }
    const id = idIn('adm', made(await this.http.call('POST', `${this.path}/administrations`, { body })).id)
    this.#administrations.set(number, id)
    return id
  }
}
