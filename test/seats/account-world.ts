import { and, eq } from 'drizzle-orm'
import { audit } from '../../db/schema/health.ts'
import { serviceAccounts } from '../../db/schema/seats.ts'
import type { IntegrationId, ServiceAccountId, TenantId } from '../../src/id.ts'
import { insertSeat } from '../../src/seats/store.ts'
import type { Http, JsonObject } from '../support/http.ts'
import { signIn } from '../support/people.ts'
import { addFurnishedTenant, idIn, made } from '../support/tenancy.ts'

/** A name that would do something where it is not escaped. */
export const HOSTILE = `<img src=x onerror="alert(1)">`

/** A tenant with one of everything, and its administrator. */
export async function furnished(http: Http) {
  const tenant = await addFurnishedTenant(http)
  const admin = (await signIn(http, 'admin', tenant.id)).prefer('locale', 'nl')
  return { ...tenant, admin, list: `/t/${tenant.id}/service-accounts` }
}

/** Add an account that differs from the usual one. */
export const add = async (http: Http, path: string, over: JsonObject): Promise<ServiceAccountId> => {
  http.clock.at += 1 // So that they stand in this order.
  const person = { provider: 'exact-online', username: 'x', email: 'x@shop.example', kind: 'full_user', ...over }
  return idIn('sva', made(await http.call('POST', `${path}/service-accounts`, { body: person })).id)
}

type Seated = { id: TenantId; app: Awaited<ReturnType<typeof addFurnishedTenant>>['app']; integration: IntegrationId }

/** Let an account sit on the tenant's integration. */
export const sit = (http: Http, { id, app, integration }: Seated, account: ServiceAccountId) =>
  insertSeat(http.db, {
    providerAppId: app,
    providerUserId: account,
    tenantId: id,
    integrationId: integration,
    end: 'target',
    serviceAccountId: account,
    takenAt: http.clock.at,
  })

export const accountsOf = (http: Http, tenant: TenantId) =>
  http.db.select().from(serviceAccounts).where(eq(serviceAccounts.tenantId, tenant)).orderBy(serviceAccounts.id)

export const auditOf = async (
  http: Http,
  tenant: TenantId,
  action: 'service_account.created' | 'service_account.changed',
) =>
  http.db
    .select()
    .from(audit)
    .where(and(eq(audit.tenantId, tenant), eq(audit.action, action)))
    .orderBy(audit.id)

/** What stands in the table, without the frame. */
export const rows = (html: string): string => /<tbody>([\s\S]*?)<\/tbody>/.exec(html)?.[1] ?? ''
