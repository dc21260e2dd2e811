import { unwarn, type Warning, warn } from '../connections/connection.ts'
import { type Credential, keepAliveAt, take } from '../connections/credential.ts'
import { calm } from '../connections/journal.ts'
import type { TenantId } from '../id.ts'
import type { Desk, Known } from './desk.ts'

/** What one seat may ask of another. */
export type Neighbour = {
  /** Take over a fresh credential of the user that sits there; false when that user no longer does. */
  adopt(providerUserId: string, tenant: TenantId, credential: Credential): Promise<boolean>
  /** Read everything anew: somebody changed what this seat knows. */
  reload(tenant: TenantId): Promise<void>
}

/**
 * Take over the credential that a user's new sign-in elsewhere has just made, because the provider has replaced the
 * chain this seat lived on (EOL-09). The one last known alive wins; the other is kept until one is proven.
 */
export async function adopt(
  desk: Desk,
  known: Known,
  providerUserId: string,
  credential: Credential,
): Promise<boolean> {
  if (known.seat.connection.providerUserId !== providerUserId || known.seat.connection.state === 'ended') return false
  const warning: Warning = { kind: 'user_signed_in_elsewhere', at: desk.now() }
  const changed = await desk.change(known.seat.tenant.id, now => {
    if (now.seat.connection.providerUserId !== providerUserId) return null
    const held = take(now.held, credential)
    return {
      held,
      connection: {
        state: 'active',
        trouble: null,
        warnings: warn(unwarn(now.seat.connection.warnings, warning.kind), warning),
        accessExpiresAt: held.current.expiresAt,
        dueAt: keepAliveAt(held.current, now.provider.definition.oauth),
      },
      also: [...desk.signal(now, 'adopted'), desk.audit(now, 'zetel', 'connection.adopted')],
    }
  })
  await calm(desk)
  await desk.wakeAt(desk.now())
  return changed !== null
}
