import type { Db } from '../../db/open.ts'
import type { TenantId } from '../id.ts'
import { type AdministrationRow, administrationById } from '../providers/administration-store.ts'
import { type AppRow, appById } from '../providers/app-store.ts'
import { providerNamed } from '../providers/catalog.ts'
import type { Provider } from '../providers/provider.ts'
import type { Draft } from './onboarding.ts'

/** Where a flow's bookings will go. */
export type Target = { app: AppRow; administration: AdministrationRow; provider: Provider }

/** Find what was chosen as target. Nothing of it can be deleted, so that it is there is not in doubt. */
export async function targetOf(db: Db, tenant: TenantId, { target }: Draft): Promise<Target> {
  if (target === null) throw new Error('No target has been chosen')
  const [app, administration] = await Promise.all([
    appById(db, target.providerAppId),
    administrationById(db, tenant, target.administrationId),
  ])
  const provider = providerNamed(app?.provider ?? '')
  if (app === null || administration === null || provider === null)
    throw new Error(`The target ${target.providerAppId} ${target.administrationId} is gone`)
  return { app, administration, provider }
}
