import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { isLive } from './connection.ts'
import { type Credential, freshness } from './credential.ts'
import { refresh, resumeRefresh, usable } from './refresh.ts'

/**
 * Give a credential whose access token may be used now, refreshing it first if it is due. Whoever asks while a refresh
 * is in flight shares it (P1); it goes on when the caller leaves.
 */
export async function token(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  const refused = refusal(known)
  if (refused !== null) return fail(refused)
  if (known.held === null) return fail({ kind: 'not_connected' })
  const state = freshness(known.held.current, known.provider.definition.oauth, desk.now())
  if (state === 'fresh') return ok(known.held.current)
  if (desk.now() < desk.tokenBackOff.until) return usable(desk, known)
  return renew(desk, known)
}

/** Refresh now, or join the refresh in flight; for who knows that the access token is not honoured. */
export function renew(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  if (desk.refreshing !== null) return desk.refreshing
  const run = once(desk, known).finally(() => {
    desk.refreshing = null
  })
  desk.refreshing = run
  desk.ports.keep(run.catch(() => undefined)) // Whoever waits on `run` hears of a failure.
  return run
}

async function once(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  const resumed = await resumeRefresh(desk, known)
  return resumed ?? refresh(desk, known)
}

function refusal({ seat }: Known): Failure | null {
  const { state, trouble } = seat.connection
  if (state === 'reconnect_required') return { kind: 'reconnect_required', cause: trouble?.kind ?? 'consent_revoked' }
  return isLive(state) ? null : { kind: 'not_connected' }
}
