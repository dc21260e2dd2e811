import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { invalid } from '../http/input.ts'
import { newId, type TenantId, type WebhookDeliveryId, type WebhookId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type DeliveryRow, replayDelivery } from './delivery-store.ts'
import { countEndpoints, deleteEndpoint, type EndpointRow, endpointById, insertEndpoint } from './endpoint-store.ts'
import type { EventName } from './event.ts'
import { signingPlace } from './secret.ts'
import { newSecret } from './signature.ts'
import { webhookUrl } from './url.ts'

/** More endpoints than this a tenant cannot have: every event is written once for each. */
export const MOST_ENDPOINTS = 20

/** An endpoint just made, with the secret that is shown this once. */
export type MadeEndpoint = EndpointRow & { secret: string }

/** Add an endpoint with a secret of its own; no events means all of them. */
export async function addEndpoint(
  api: Api,
  tenant: TenantId,
  asked: { url: string; events: readonly EventName[] },
  actor: Actor,
): Promise<Result<MadeEndpoint, Failure>> {
  const { clock, random, db, vault, settings } = api.ports
  const url = webhookUrl(asked.url, settings)
  if (!url.ok) return invalid({ pointer: '/url', message: { kind: 'not_a_webhook_url', why: url.failure } })
  if ((await countEndpoints(db, tenant)) >= MOST_ENDPOINTS)
    return fail({ kind: 'webhooks_full', atMost: MOST_ENDPOINTS })
  const id = newId('whk', clock, random)
  const secret = newSecret(random)
  const sealedSecret = await vault.seal(signingPlace(tenant, id), secret)
  const endpoint = { id, url: url.value, events: [...asked.events], createdAt: clock.now(), disabledAt: null }
  await runBatch(db, [
    insertEndpoint(db, tenant, { ...endpoint, sealedSecret }),
    api.audit(tenant, actor, 'webhook.created', id, { host: new URL(endpoint.url).host }),
  ])
  return ok({ ...endpoint, tenantId: tenant, secret })
}

/** Remove an endpoint: nothing is sent there from now on, and what was told to it is forgotten. */
export async function removeEndpoint(
  api: Api,
  tenant: TenantId,
  id: WebhookId,
  actor: Actor,
): Promise<Result<null, Failure>> {
  const { db } = api.ports
  const endpoint = await endpointById(db, tenant, id)
  if (endpoint === null) return fail({ kind: 'not_found' })
  await runBatch(db, [
    ...deleteEndpoint(db, tenant, id),
    api.audit(tenant, actor, 'webhook.deleted', id, { host: new URL(endpoint.url).host }),
  ])
  return ok(null)
}

/** Send a delivery again, as the same message and from the first attempt on, whatever became of it before. */
export async function replay(
  api: Api,
  tenant: TenantId,
  webhook: WebhookId,
  id: WebhookDeliveryId,
): Promise<Result<DeliveryRow, Failure>> {
  const { clock, db } = api.ports
  const endpoint = await endpointById(db, tenant, webhook)
  if (endpoint === null) return fail({ kind: 'not_found' })
  if (endpoint.disabledAt !== null) return fail({ kind: 'webhook_disabled' })
  const delivery = await replayDelivery(db, tenant, webhook, id, clock.now())
  return delivery === null ? fail({ kind: 'not_found' }) : ok(delivery)
}
