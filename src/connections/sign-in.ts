import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { runBatch } from '../../db/open.ts'
import { seats, serviceAccounts } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import type { Clock, Random } from '../clock.ts'
import { DAY, MINUTE } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { TenantId } from '../id.ts'
import { providerNamed } from '../providers/catalog.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Seat } from '../seats/seat.ts'
import { loadSeat } from '../seats/store.ts'
import { redirectUri } from './connect.ts'
import { beginSignIn, type ConnectLink, linkBySecret, linkByState, linkOf, spendState } from './link-store.ts'
import { randomText } from './random-text.ts'
import { authorizeUrl } from './token-endpoint.ts'

/** A sign-in must come back within this time (P12). */
const STATE_LIVES = 10 * MINUTE

export type SignInPorts = {
  clock: Clock
  random: Random
  db: Db
  hash(text: string): string
  settings: { origin: string }
}

/** What a connect link's page tells the person who opens it. */
export type Invitation = {
  link: ConnectLink
  seat: Seat
  tenantName: string
  /** The user that is asked for; null when any unused one will do. */
  expected: string | null
  /** Users of this tenant that sit at this provider app already, and so must not be used (EOL-11). */
  taken: string[]
}

/** Find what a link invites to: good once, for a week. */
export async function invitation(
  { clock, db, hash }: SignInPorts,
  secret: string,
): Promise<Result<Invitation, Failure>> {
  const link = await linkBySecret(db, hash(secret))
  if (link === null) return fail({ kind: 'not_found' })
  if (link.usedAt !== null) return fail({ kind: 'link_used' })
  if (link.expiresAt <= clock.now()) return fail({ kind: 'link_expired' })
  const [seat, worked] = await Promise.all([
    loadSeat(db, link.tenantId, link.integrationId, 'target'),
    linkOf(db, link.tenantId, link.id),
  ])
  if (seat === null || seat.integration.endedAt !== null) return fail({ kind: 'link_expired' })
  const [name, taken] = await Promise.all([tenantName(db, link.tenantId), takenUsers(db, seat)])
  return ok({ link, seat, tenantName: name, expected: worked?.expected?.username ?? null, taken })
}

/** Begin the sign-in: give where to send the browser, and the secret that binds it to this browser (RFC 9700, P12). */
export async function startSignIn(ports: SignInPorts, invited: Invitation, browser: string): Promise<string> {
  const { clock, db, hash, random, settings } = ports
  const { link, seat } = invited
  const provider = providerNamed(seat.app.provider)
  if (provider === null) throw new Error(`No provider named ${seat.app.provider}`)
  const state = randomText(random)
  const signIn = { stateHash: hash(state), browserHash: hash(browser), stateExpiresAt: clock.now() + STATE_LIVES }
  await runBatch(db, [beginSignIn(db, link.tenantId, link.id, signIn)])
  return authorizeUrl(seat.app, provider.definition.oauth, redirectUri(settings.origin), state).href
}

/**
 * Check a sign-in that comes back and spend its `state`: it must be known, unused, in time, and from the browser that
 * began it. Until then nothing is asked of the provider.
 */
export async function returnFrom(
  { clock, db, hash }: SignInPorts,
  state: string,
  browser: string | null,
): Promise<Result<ConnectLink, Failure>> {
  const link = await linkByState(db, hash(state))
  if (link === null || browser === null || link.browserHash !== hash(browser)) return fail({ kind: 'state_invalid' })
  if (link.usedAt !== null || link.stateUsedAt !== null) return fail({ kind: 'state_used' })
  const spent = await spendState(db, hash(state), hash(browser), clock.now())
  if (spent) return ok(link)
  return fail({ kind: (link.stateExpiresAt ?? 0) <= clock.now() ? 'state_invalid' : 'state_used' })
}

/**
 * Find the connection that a link has made, for the browser that made it and for a day: long enough to give a missing
 * right and look again. To anyone else the link is used.
 */
export async function madeBy(
  { clock, db, hash }: SignInPorts,
  secret: string,
  browser: string | null,
): Promise<Result<ConnectLink, Failure>> {
  const link = await linkBySecret(db, hash(secret))
  if (link === null) return fail({ kind: 'not_found' })
  const theirs = browser !== null && link.browserHash === hash(browser)
  const lately = link.usedAt !== null && clock.now() - link.usedAt < DAY
  return theirs && lately ? ok(link) : fail({ kind: 'link_used' })
}

async function tenantName(db: Db, tenant: TenantId): Promise<string> {
  const [row] = await db.select({ name: tenants.name }).from(tenants).where(eq(tenants.id, tenant))
  return row?.name ?? ''
}

async function takenUsers(db: Db, { tenant, app, integration }: Seat): Promise<string[]> {
  const rows = await db
    .select({ username: serviceAccounts.username, at: seats.integrationId })
    .from(seats)
    .innerJoin(
      serviceAccounts,
      and(eq(serviceAccounts.tenantId, seats.tenantId), eq(serviceAccounts.id, seats.serviceAccountId)),
    )
    .where(and(eq(seats.tenantId, tenant.id), eq(seats.providerAppId, app.id)))
  return rows.filter(row => row.at !== integration.id).map(row => row.username)
}
