// A tenant with one of everything that a page's address can name.
import { sql } from 'drizzle-orm'
import { runBatch } from '../../db/open.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts'
import { newId, type TenantId } from '../../src/id.ts'
import { NOTHING_YET } from '../../src/onboarding/onboarding.ts'
import { insertInvitation } from '../../src/people/person-store.ts'
import { insertTransaction } from '../../src/transactions/store.ts'
import type { Http } from './http.ts'
import { signIn, type Visitor } from './people.ts'
import { addFurnishedTenant } from './tenancy.ts'

export type Furnished = {
  tenant: TenantId
  admin: Visitor
  viewer: Visitor
  /** An id of its own for every name that stands in a path. */
  ids: Record<string, string>
}

/** Furnish a tenant, with an administrator and a viewer who are signed in. */
export async function furnish(http: Http): Promise<Furnished> {
  const { db, clock, random } = http.ports
  const made = await addFurnishedTenant(http)
  const tenantId = made.id
  const [admin, viewer] = [await signIn(http, 'admin', tenantId), await signIn(http, 'viewer', tenantId)]
  const now = clock.now()
  const ids = {
    tenant: tenantId,
    administration: made.administration,
    service_account: made.account,
    integration: made.integration,
    api_key: made.apiKey,
    provider_app: made.app,
    person: viewer.id,
    transaction: newId('txn', clock, random),
    invitation: newId('inv', clock, random),
    onboarding: newId('onb', clock, random),
    webhook: newId('whk', clock, random),
    webhook_delivery: newId('msg', clock, random),
  }
  await insertTransaction(db, {
    tenantId,
    id: ids.transaction,
    integrationId: made.integration,
    bookingKind: 'sales-entry',
    administration: '1001',
    reference: `secret of ${tenantId}`,
    payload: {},
    state: 'held',
    missing: [],
    doubts: [],
    acceptance: { id: ids.transaction, state: 'held', verdict: 'denied', missing: [], doubts: [] },
    idempotencyKey: 'key',
    requestHash: 'hash',
    notBefore: 0,
    acceptedAt: now,
  })
  const dated = { createdAt: now, expiresAt: now + 86_400_000, usedAt: null }
  const invitation = { id: ids.invitation, role: 'viewer', label: 'x', secretHash: tenantId, ...dated } as const
  await runBatch(db, [
    insertInvitation(db, tenantId, invitation),
    db.insert(onboardings).values({
      tenantId,
      id: ids.onboarding,
      draft: NOTHING_YET,
      startedBy: admin.id,
      createdAt: now,
      updatedAt: now,
      rowVersion: 1,
    }),
    db.insert(webhookEndpoints).values({
      tenantId,
      id: ids.webhook,
      url: 'https://hooks.shop.example/zetel',
      events: [],
      sealedSecret: Buffer.from('sealed'),
      createdAt: now,
    }),
    db.insert(webhookDeliveries).values({
      tenantId,
      webhookId: ids.webhook,
      id: ids.webhook_delivery,
      event: 'connection.active',
      payload: '{}',
      createdAt: now,
      attempts: 1,
    }),
  ])
  return { tenant: tenantId, admin, viewer, ids }
}

const TABLES = [
  'administrations',
  'api_keys',
  'audit',
  'connect_links',
  'connections',
  'integrations',
  'invitations',
  'members',
  'onboardings',
  'prices',
  'provider_apps',
  'service_accounts',
  'tenants',
  'transactions',
  'webhook_deliveries',
  'webhook_endpoints',
]

/** All that anyone could have changed. */
export async function everythingIn({ db }: Http): Promise<unknown> {
  return Promise.all(TABLES.map(table => db.all(sql`select * from ${sql.identifier(table)} order by rowid`)))
}
