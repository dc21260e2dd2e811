// Endpoints and what is told to them, put straight into the database.
import { eq, sql } from 'drizzle-orm'
import { type Db, runBatch } from '../../db/open.ts'
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts'
import type { Clock } from '../../src/clock.ts'
import type { Vault } from '../../src/connections/vault.ts'
import { newId, type TenantId, type WebhookDeliveryId, type WebhookId } from '../../src/id.ts'
import { insertEndpoint } from '../../src/webhooks/endpoint-store.ts'
import { type EventName, eventText } from '../../src/webhooks/event.ts'
import { tell } from '../../src/webhooks/outbox-store.ts'
import { signingPlace } from '../../src/webhooks/secret.ts'
import { newSecret } from '../../src/webhooks/signature.ts'
import { random } from '../support/seats.ts'

type World = { db: Db; vault: Vault; clock: Clock }

export type Endpoint = { id: WebhookId; secret: string }

export async function endpointAt(
  { db, vault, clock }: World,
  tenant: TenantId,
  url: string,
  events: EventName[] = [],
): Promise<Endpoint> {
  const id = newId('whk', clock, random)
  const secret = newSecret(random)
  const sealedSecret = await vault.seal(signingPlace(tenant, id), secret)
  await runBatch(db, [insertEndpoint(db, tenant, { id, url, events, sealedSecret, createdAt: clock.now() })])
  return { id, secret }
}

/** Tell a tenant's endpoints of something; gives the message's id. */
export async function happen(
  { db, clock }: World,
  tenant: TenantId,
  event: EventName = 'rights.lost',
  data: Record<string, string | null> = {},
): Promise<WebhookDeliveryId> {
  const id = newId('msg', clock, random)
  const at = clock.now()
  await runBatch(db, [
    tell(db, tenant, { id, event, at, payload: eventText(event, at, { tenant_id: tenant, ...data }) }),
  ])
  return id
}

/** What was told to an endpoint, in the order in which it was written. */
export const deliveriesTo = (db: Db, { id }: Pick<Endpoint, 'id'>) =>
  db.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, id)).orderBy(sql`rowid`)

export async function deliveryTo(db: Db, endpoint: Pick<Endpoint, 'id'>) {
  const [row, ...others] = await deliveriesTo(db, endpoint)
  if (row === undefined || others.length > 0) throw new Error(`${others.length} deliveries more than one`)
  return row
}

export async function endpointRow(db: Db, { id }: Pick<Endpoint, 'id'>) {
  const [row] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id))
  if (row === undefined) throw new Error('no such endpoint')
  return row
}
