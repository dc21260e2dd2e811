// A person who goes through the guided flow, and what happens outside it: users that sit, and sign-ins by a link.
import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { connections, connectLinks } from '../../db/schema/connections.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import { integrations, seats, serviceAccounts } from '../../db/schema/seats.ts'
import type { Warning } from '../../src/connections/connection.ts'
import { type IntegrationId, newId, type OnboardingId, type ProviderAppId, type TenantId } from '../../src/id.ts'
import { STEPS, type Step } from '../../src/onboarding/onboarding.ts'
import type { Missing } from '../../src/rights/right.ts'
import type { Judged } from '../../src/seats/rpc.ts'
import type { Http } from '../support/http.ts'
import { type Opened, signIn, type Visitor } from '../support/people.ts'
import { addApp, addTenant, idIn, made } from '../support/tenancy.ts'

export const SOURCE = { kind: 'webshop', provider: 'woocommerce', label: 'Webshop B', ref: 'b.shop.example' }

export type World = {
  http: Http
  tenant: TenantId
  key: string
  app: ProviderAppId
  administration: string
  admin: Visitor
}

let count = 0

/** A tenant with an administration and somebody who manages it; another app only when none is given. */
export async function settle(http: Http, app?: ProviderAppId): Promise<World> {
  const { id, key, path } = await addTenant(http)
  const body = { provider: 'exact-online', external_id: '1001', name: 'De Fietsenwinkel' }
  const administration = String(made(await http.call('POST', `${path}/administrations`, { key, body })).id)
  const admin = await signIn(http, 'admin', id)
  return { http, tenant: id, key, app: app ?? (await addApp(http)), administration, admin }
}

/** Another integration of the tenant, on whose seat a user may sit. */
export async function addIntegration({ http, tenant, key, app, administration }: World, label: string) {
  const body = {
    label,
    source: { kind: 'pos', provider: 'lightspeed', ref: label },
    target: { provider_app_id: app, administration_id: administration },
    booking_kinds: ['sales-entry'],
  }
  return idIn('int', made(await http.call('POST', `/v1/tenants/${tenant}/integrations`, { key, body })).id)
}

export async function addAccount({ http, tenant, key }: World, username: string, over: Record<string, unknown> = {}) {
  const body = { provider: 'exact-online', username, email: `${username}@shop.example`, kind: 'full_user', ...over }
  return idIn('sva', made(await http.call('POST', `/v1/tenants/${tenant}/service-accounts`, { key, body })).id)
}

/** Let a user sit on a seat, as a consent would. */
export async function sit(
  { http, tenant, app }: World,
  integration: IntegrationId,
  username: string,
  warnings: Warning[] = [],
): Promise<void> {
  const { db, clock, random } = http.ports
  const providerUserId = `user-${++count}`
  const now = clock.now()
  const known = await db
    .select()
    .from(serviceAccounts)
    .where(and(eq(serviceAccounts.tenantId, tenant), eq(serviceAccounts.username, username)))
  const account = known[0]?.id ?? newId('sva', clock, random)
  const columns = { provider: 'exact-online' as const, kind: 'full_user' as const, roles: [], administrations: [] }
  await runBatch(db, [
    db
      .insert(serviceAccounts)
      .values({
        tenantId: tenant,
        id: account,
        username,
        email: `${username}@shop.example`,
        providerUserId,
        createdAt: now,
        rowVersion: 1,
        ...columns,
      })
      .onConflictDoUpdate({ target: [serviceAccounts.tenantId, serviceAccounts.id], set: { providerUserId } }),
    db.insert(seats).values({
      providerAppId: app,
      providerUserId,
      tenantId: tenant,
      integrationId: integration,
      end: 'target',
      serviceAccountId: account,
      takenAt: now,
    }),
    db
      .update(connections)
      .set({ state: 'active', username, providerUserId, connectedAt: now, userKind: 'full_user', warnings })
      .where(and(eq(connections.tenantId, tenant), eq(connections.integrationId, integration))),
  ])
}

/** One flow of a tenant, as its administrator fills it in. */
export class Journey {
  readonly world: World
  readonly id: OnboardingId

  private constructor(world: World, id: OnboardingId) {
    this.world = world
    this.id = id
  }

  static async start(world: World): Promise<Journey> {
    const { location } = await world.admin.send(`/t/${world.tenant}/onboarding`)
    return new Journey(world, idIn('onb', location?.split('/').at(-2)))
  }

  url(step: Step | 'discard' | `${Step}/${string}`): string {
    return `/t/${this.world.tenant}/onboarding/${this.id}/${step}`
  }

  open(step: Step, headers: Record<string, string> = {}): Promise<Opened> {
    return this.world.admin.open(this.url(step), headers)
  }

  send(step: Step | `${Step}/${string}`, fields: Record<string, string | string[]> = {}): Promise<Opened> {
    return this.world.admin.send(this.url(step), fields)
  }

  /** The fields that answer a step without anything of note. */
  fields(step: Step): Record<string, string | string[]> {
    const { app, administration } = this.world
    if (step === 'source') return SOURCE
    if (step === 'target') return { provider_app_id: app, administration_id: administration }
    if (step === 'bookings') return { 'kinds[]': ['sales-entry', 'customer'] }
    if (step === 'user') return { account: 'anyone' }
    if (step === 'link') return { locale: 'nl' }
    return step === 'test' ? { kind: 'sales-entry' } : {}
  }

  /** Answer everything before a step; the sign-in before `check` has to happen outside. */
  async answerUntil(step: Step): Promise<this> {
    for (const one of STEPS.slice(0, STEPS.indexOf(step))) {
      const { status, html, location } = await this.send(one, this.fields(one))
      expect(status, `${one}: ${html}`).toBe(303)
      expect(location).toBe(this.url(STEPS[STEPS.indexOf(one) + 1] ?? 'done'))
    }
    return this
  }

  async row() {
    const [row] = await this.world.http.db.select().from(onboardings).where(eq(onboardings.id, this.id))
    if (row === undefined) throw new Error(`No flow ${this.id}`)
    return row
  }

  /** The integration it has made. */
  async integration(): Promise<IntegrationId> {
    const { integrationId } = await this.row()
    if (integrationId === null) throw new Error(`No integration of ${this.id}`)
    return integrationId
  }

  /** Every integration of the tenant. */
  integrations() {
    return this.world.http.db.select().from(integrations).where(eq(integrations.tenantId, this.world.tenant))
  }

  /** The link it has given last. */
  async link() {
    const { connectLinkId } = await this.row()
    if (connectLinkId === null) throw new Error(`No link of ${this.id}`)
    const [row] = await this.world.http.db.select().from(connectLinks).where(eq(connectLinks.id, connectLinkId))
    if (row === undefined) throw new Error(`No link ${connectLinkId}`)
    return row
  }

  /** Change what is kept of that link, as a sign-in would. */
  async linkIs(change: Partial<typeof connectLinks.$inferInsert>): Promise<void> {
    const { id } = await this.link()
    await this.world.http.db.update(connectLinks).set(change).where(eq(connectLinks.id, id))
  }

  /** Make a link, and open the page that shows it. */
  async giveLink(locale = 'nl'): Promise<{ page: Opened; url: string }> {
    const { location, html } = await this.send('link', { locale })
    expect(location, html).toBe(this.url('link'))
    const page = await this.open('link')
    return { page, url: /https:\/\/zetel\.test\/connect\/[\w-]{43}/.exec(page.html)?.[0] ?? '' }
  }

  /** Go on to after the sign-in: `username` sits on the seat. */
  async connect(username: string, warnings: Warning[] = []): Promise<this> {
    await sit(this.world, await this.integration(), username, warnings)
    return this
  }
}

/** What a seat says of a booking. */
export const judged = (over: Partial<Judged> = {}): Judged => ({
  verdict: 'allowed',
  missing: [],
  doubts: [],
  administration: '1001',
  registration: 'published',
  username: 'b.shop',
  locale: 'nl',
  ...over,
})

export const lacking = (over: Partial<Missing> = {}): Missing => ({
  layer: 'right',
  resource: 'salesentry/SalesEntries',
  action: 'POST',
  administration: '1001',
  cause: 'right_missing',
  ...over,
})

/** The buttons and links that stand out on a page. */
export const primaries = (html: string): string[] => html.match(/<(?:a|button)\b[^>]*\bdata-primary\b[^>]*>/g) ?? []

/** Write what HTML escapes as it was. */
export const unescaped = (html: string): string =>
  html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

/** The text of a page without its tags, spaces drawn together; a state stands as its name in brackets. */
export const textOf = (html: string): string =>
  unescaped(html.replaceAll(/<span class="state (\w+)">/g, ' [$1] ').replaceAll(/<[^>]*>/g, ' ')).replaceAll(
    /\s+/g,
    ' ',
  )
