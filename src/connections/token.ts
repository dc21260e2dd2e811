import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Desk, Known } from '../seats/desk.ts'
import { isLive } from './connection.ts'
import { type Credential, freshness } from './credential.ts'
import { readRefreshJournal } from './journal.ts'
import { refresh, resumeRefresh } from './refresh.ts'
import { usable } from './token-trouble.ts'

/**
 * Give a credential whose access token may be used now, refreshing it first if it is due. Whoever asks while a refresh
 * is in flight shares it (P1); it goes on when the caller leaves.
 */
export async function token(desk: Desk, { seat }: Known): Promise<Result<Credential, Failure>> {
  const known = await desk.load(seat.tenant.id) // The caller may have learned what it knows before the last refresh.
  if (known === null) return fail({ kind: 'not_connected' })
  const refused = refusal(known)
  if (refused !== null) return fail(refused)
  if (known.held === null) return fail({ kind: 'not_connected' })
  const state = freshness(known.held.current, known.provider.definition.oauth, desk.now())
  return state === 'fresh' ? ok(known.held.current) : renew(desk, known)
}

/** Refresh now, or join the refresh in flight; for who knows that the access token is not honoured. */
export function renew(desk: Desk, known: Known): Promise<Result<Credential, Failure>> {
  return desk.refreshing ?? inFlight(desk, once(desk, known))
}

/**
 * Do something with the credential while no refresh is in flight and none may begin: a refresh that ended afterwards
 * would bring what belongs elsewhere by then. Whoever asks for a token meanwhile waits.
 */
export async function withoutRefresh<T>(desk: Desk, known: Known, run: () => Promise<T>): Promise<T> {
  while (desk.refreshing !== null) await desk.refreshing.catch(() => undefined)
  const running = run()
  const afterwards = async (): Promise<Result<Credential, Failure>> => {
    await running.catch(() => undefined) // The caller hears of it.
    const now = await desk.load(known.seat.tenant.id)
    return now === null ? fail({ kind: 'not_connected' }) : usable(desk, now)
  }
  void inFlight(desk, afterwards())
  return running
}

function inFlight(desk: Desk, work: Promise<Result<Credential, Failure>>): Promise<Result<Credential, Failure>> {
  const run = work.finally(() => {
    desk.refreshing = null
  })
  desk.refreshing = run
  desk.ports.keep(run.catch(() => undefined)) // Whoever waits on `run` hears of a failure.
  return run
}

async function once(desk: Desk, before: Known): Promise<Result<Credential, Failure>> {
  const known = await desk.load(before.seat.tenant.id)
  if (known === null) return fail({ kind: 'not_connected' })
  if (isReplaced(before, known)) return usable(desk, known)
  const resumed = await resumeRefresh(desk, known)
  if (resumed === null) return refresh(desk, known)
  return resumed.ok ? resumed : goOn(desk, known, resumed)
}

/** What could be saved at last may have ended meanwhile: then it is refreshed at once. */
async function goOn(
  desk: Desk,
  before: Known,
  resumed: Result<Credential, Failure>,
): Promise<Result<Credential, Failure>> {
  const known = await desk.load(before.seat.tenant.id)
  const finished = known !== null && (await readRefreshJournal(desk, known)) === null
  return finished && isLive(known.seat.connection.state) ? refresh(desk, known) : resumed
}

/** What was to be refreshed is gone already: asking again would spend a refresh token for nothing, or a spent one. */
const isReplaced = (before: Known, now: Known): boolean =>
  before.held?.current.accessToken !== now.held?.current.accessToken ||
  before.held?.current.refreshToken !== now.held?.current.refreshToken

function refusal({ seat }: Known): Failure | null {
  const { state, trouble } = seat.connection
  if (state === 'reconnect_required') return { kind: 'reconnect_required', cause: trouble?.kind ?? 'consent_revoked' }
  return isLive(state) ? null : { kind: 'not_connected' }
}
