import type { ProviderAppId } from '../id.ts'
import type { ProviderApp } from '../seats/seat.ts'
import type { Place, Vault } from './vault.ts'

/** Where a provider app's client secret is bound to: the operator's own. The place stays when the secret is replaced. */
export const secretPlace = (provider: string, id: ProviderAppId): Place => ({
  tenant: 'operator',
  connection: id,
  provider,
  field: 'client_secret',
  rowVersion: 1,
})

/** Open a provider app's client secret; throws when the keys at hand cannot. */
export async function secretOf(vault: Vault, app: ProviderApp): Promise<string> {
  const opened = await vault.open(secretPlace(app.provider, app.id), new Uint8Array(app.sealedSecret))
  if (!opened.ok) throw new Error(`The client secret of ${app.id} cannot be opened`)
  return opened.value
}
