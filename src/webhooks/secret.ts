import type { Place, Vault } from '../connections/vault.ts'
import type { TenantId, WebhookId } from '../id.ts'

/** Where an endpoint's signing secret is bound to: made with the endpoint, and never changed. */
export const signingPlace = (tenant: TenantId, id: WebhookId): Place => ({
  tenant,
  connection: id,
  provider: 'webhook',
  field: 'signing_secret',
  rowVersion: 1,
})

/** Open an endpoint's signing secret; null when the keys at hand cannot. */
export async function signingSecretOf(
  vault: Vault,
  endpoint: { tenantId: TenantId; webhookId: WebhookId; sealedSecret: Uint8Array },
): Promise<string | null> {
  const place = signingPlace(endpoint.tenantId, endpoint.webhookId)
  const opened = await vault.open(place, new Uint8Array(endpoint.sealedSecret))
  return opened.ok ? opened.value : null
}
