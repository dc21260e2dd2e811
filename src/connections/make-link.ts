import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { DAY } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { type ConnectLinkId, type IntegrationId, isId, newId, type ServiceAccountId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { accountById } from '../seats/account-store.ts'
import { loadSeat } from '../seats/store.ts'
import type { Locale } from '../words/words.ts'
import { insertLink } from './link-store.ts'
import { randomText } from './random-text.ts'

const LINK_LIVES = 7 * DAY

/** What a link asks for: a service account of the tenant by its id, as it came, and the language of its pages. */
export type LinkAsked = { serviceAccountId?: string | undefined; locale?: Locale | undefined }

/** A connect link, whose address is shown once; `expiresAt` is Unix ms. */
export type MadeLink = { id: ConnectLinkId; url: string; expiresAt: number }

/** Make a single-use link, good for a week, for the person who holds the dedicated user of an integration. */
export async function makeConnectLink(
  api: Api,
  tenant: TenantId,
  integration: IntegrationId,
  asked: LinkAsked,
  actor: Actor,
): Promise<Result<MadeLink, Failure>> {
  const { clock, random, db, hash, settings } = api.ports
  const seat = await loadSeat(db, tenant, integration, 'target')
  if (seat === null || seat.integration.endedAt !== null) return fail({ kind: 'not_found' })
  const account = await expectedAccount(api, tenant, integration, asked.serviceAccountId)
  if (!account.ok) return account
  const secret = randomText(random)
  const id = newId('lnk', clock, random)
  const now = clock.now()
  const link = {
    tenantId: tenant,
    id,
    integrationId: integration,
    serviceAccountId: account.value,
    locale: asked.locale ?? seat.tenant.locale,
    secretHash: hash(secret),
    expiresAt: now + LINK_LIVES,
    createdAt: now,
  }
  await runBatch(db, [insertLink(db, link), api.audit(tenant, actor, 'connect_link.created', integration)])
  return ok({ id, url: `${settings.origin}/connect/${secret}`, expiresAt: link.expiresAt })
}

/** Check the service account a link asks for: one of this tenant's, and not sitting elsewhere already. */
async function expectedAccount(
  { ports }: Api,
  tenant: TenantId,
  integration: IntegrationId,
  text: string | undefined,
): Promise<Result<ServiceAccountId | null, Failure>> {
  if (text === undefined) return ok(null)
  const account = isId('sva', text) ? await accountById(ports.db, tenant, text) : null
  if (account === null)
    return fail({
      kind: 'invalid',
      errors: [{ pointer: '/service_account_id', message: { kind: 'not_found_here' } }],
    })
  return account.seat === null || account.seat === integration
    ? ok(account.id)
    : fail({ kind: 'service_account_seated', integrationId: account.seat })
}
