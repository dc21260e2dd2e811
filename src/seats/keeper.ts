import type { Actor } from '../audit/audit.ts'
import { MINUTE, SECOND } from '../clock.ts'
import { connect, finishConsent } from '../connections/connect.ts'
import { isLive } from '../connections/connection.ts'
import type { Credential } from '../connections/credential.ts'
import { disconnect } from '../connections/disconnect.ts'
import { readConsent, readRefreshJournal } from '../connections/journal.ts'
import { restLinks } from '../connections/link-store.ts'
import { metersOf } from '../connections/meters.ts'
import { proxy } from '../connections/proxy.ts'
import { refreshDueAt } from '../connections/refresh.ts'
import { renew, token } from '../connections/token.ts'
import type { Failure } from '../failure.ts'
import type { ConnectLinkId, IntegrationId, TenantId, TransactionId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { preflight } from '../rights/preflight.ts'
import { allNeeds, nextLook, PROBE_AGAIN_AFTER, probe, standingOf } from '../rights/probe.ts'
import type { BookingKind } from '../rights/right.ts'
import { observed } from '../rights/standing.ts'
import { decide } from '../transactions/decide.ts'
import { drain } from '../transactions/deliver.ts'
import { heldSince } from '../transactions/queue-store.ts'
import { type Submission, submit } from '../transactions/submit.ts'
import type { Acceptance } from '../transactions/transaction.ts'
import { sendNews } from '../webhooks/send-news.ts'
import { adopt } from './adopt.ts'
import { Desk, type Known } from './desk.ts'
import type { SeatPorts } from './ports.ts'
import type { Decision, Judged, Meters, ProxyReply, ProxyRequest, SeatRpc } from './rpc.ts'
import type { End } from './seat.ts'
import { transfer } from './transfer.ts'

/** A denied preflight asks the provider again, at most this often: somebody may just have mended it. */
const ASK_AGAIN_AFTER = 10 * SECOND

/** Keeps one seat: the only one that touches its credential and its queue. Each method loads what is known and runs one flow. */
export class Keeper implements SeatRpc {
  readonly #desk: Desk

  constructor(ports: SeatPorts, integrationId: IntegrationId, end: End) {
    this.#desk = new Desk(ports, integrationId, end)
  }

  async token(tenant: TenantId): Promise<Result<{ accessToken: string; expiresAt: number }, Failure>> {
    return this.#with(tenant, async known => {
      const credential = await token(this.#desk, known)
      if (!credential.ok) return credential
      const { accessToken, expiresAt } = credential.value
      const now = (await this.#desk.load(tenant)) ?? known
      if (now.seat.connection.trouble?.kind === 'access_refused' || accessToken === null)
        return fail({ kind: 'provider_unreachable', retryAt: expiresAt })
      return ok({ accessToken, expiresAt })
    })
  }

  consent(tenant: TenantId, link: ConnectLinkId, code: string) {
    return this.#with(tenant, async known => {
      const connected = await connect(this.#desk, known, link, code)
      if (!connected.ok) return connected
      const probed = await this.#probeAndDrain(tenant, 'all')
      const verdicts =
        probed === null ? [] : probed.seat.integration.bookingKinds.map(kind => this.#judge(probed, kind, null))
      return ok({ ...connected.value, verdicts })
    })
  }

  preflight(tenant: TenantId, kind: BookingKind, administration: string | null): Promise<Result<Judged, Failure>> {
    return this.#with(tenant, async known => {
      const judged = this.#judge(known, kind, administration)
      const asked = known.seat.connection.lastProbeAt ?? 0
      const stale = this.#desk.now() - asked >= ASK_AGAIN_AFTER
      if (judged.verdict === 'allowed' || !stale || !isLive(known.seat.connection.state)) return ok(judged)
      const fresh = await this.#probeAndDrain(tenant, 'missing')
      return ok(this.#judge(fresh ?? known, kind, administration))
    })
  }

  submit(
    tenant: TenantId,
    submission: Submission,
  ): Promise<Result<{ acceptance: Acceptance; judged: Judged }, Failure>> {
    return this.#with(tenant, async known => {
      const accepted = await submit(this.#desk, known, submission)
      if (!accepted.ok) return accepted
      const { verdict, missing, doubts } = accepted.value
      return ok({ acceptance: accepted.value, judged: { ...this.#about(known), verdict, missing, doubts } })
    })
  }

  decide(tenant: TenantId, id: TransactionId, decision: Decision, actor: Actor): Promise<Result<null, Failure>> {
    return this.#with(tenant, known => decide(this.#desk, known, id, decision, actor))
  }

  probe(tenant: TenantId): Promise<Result<null, Failure>> {
    return this.#with(tenant, async known => {
      if (!isLive(known.seat.connection.state)) return fail({ kind: 'not_connected' })
      await this.#probeAndDrain(tenant, 'all')
      return ok(null)
    })
  }

  proxy(tenant: TenantId, request: ProxyRequest, actor: Actor): Promise<Result<ProxyReply, Failure>> {
    return this.#with(tenant, known => proxy(this.#desk, known, request, actor))
  }

  disconnect(tenant: TenantId, actor: Actor): Promise<Result<null, Failure>> {
    return this.#with(tenant, known => disconnect(this.#desk, known, actor))
  }

  transfer(tenant: TenantId, to: IntegrationId, actor: Actor): Promise<Result<null, Failure>> {
    return this.#with(tenant, known => transfer(this.#desk, known, to, actor))
  }

  meters(tenant: TenantId): Promise<Result<Meters, Failure>> {
    return this.#with(tenant, async known => ok(await metersOf(this.#desk, known)))
  }

  async adopt(providerUserId: string, tenant: TenantId, credential: Credential): Promise<boolean> {
    const known = await this.#desk.load(tenant)
    return known === null ? false : adopt(this.#desk, known, providerUserId, credential)
  }

  async reload(tenant: TenantId): Promise<void> {
    this.#desk.forget()
    if ((await this.#desk.load(tenant)) !== null) await this.#desk.wakeAt(this.#desk.now())
  }

  async wake(tenant: TenantId): Promise<void> {
    const known = await this.#desk.load(tenant)
    if (known === null) return
    await this.#workAndTell(known)
    const { db, clock } = this.#desk.ports
    const over = this.#desk.connecting === 0 && (await readConsent(this.#desk, known)) === null
    if (over) await restLinks(db, tenant, this.#desk.integrationId, clock.now() - MINUTE)
  }

  /** Do what is due, and set the next alarm: finish what a crash interrupted, keep the chain alive, probe, deliver. */
  async alarm(): Promise<void> {
    const known = await this.#desk.loadHome()
    if (known !== null) await this.#workAndTell(known)
  }

  async #workAndTell(known: Known): Promise<void> {
    try {
      await this.#work(known)
    } finally {
      sendNews(this.#desk, known.seat.tenant.id)
    }
  }

  async #work(started: Known): Promise<void> {
    const desk = this.#desk
    const { tenant } = started.seat
    if (desk.connecting === 0 && (await readConsent(desk, started)) !== null) await finishConsent(desk, started)
    let known = await desk.load(tenant.id)
    if (known === null || !isLive(known.seat.connection.state)) return
    if ((await readRefreshJournal(desk, known)) !== null || this.#mustRefresh(known)) await renew(desk, known)
    known = (await desk.load(tenant.id)) ?? known
    const waiting = await heldSince(desk.ports.db, tenant.id, desk.integrationId)
    if (this.#mustProbe(known, waiting))
      known = (await probe(desk, known, waiting === null ? 'all' : 'missing')) ?? known
    await drain(desk, known)
    await this.#setNextAlarm(tenant.id)
  }

  #mustRefresh(known: Known): boolean {
    return this.#desk.now() >= refreshDueAt(this.#desk, known)
  }

  #mustProbe(known: Known, waiting: number | null): boolean {
    const { lastProbeAt } = known.seat.connection
    const now = this.#desk.now()
    if (lastProbeAt === null || now - lastProbeAt >= PROBE_AGAIN_AFTER) return true
    const { externalId } = known.seat.administration
    if (allNeeds(known).some(need => observed(known.seat.rights, externalId, need) === null)) return true
    return waiting !== null && now >= nextLook(waiting, lastProbeAt)
  }

  async #setNextAlarm(tenant: TenantId): Promise<void> {
    const known = await this.#desk.load(tenant)
    if (known?.held == null) return
    const now = this.#desk.now()
    const waiting = await heldSince(this.#desk.ports.db, tenant, this.#desk.integrationId)
    const lastProbe = known.seat.connection.lastProbeAt ?? now
    const moments = [
      refreshDueAt(this.#desk, known),
      lastProbe + PROBE_AGAIN_AFTER,
      ...(waiting === null ? [] : [nextLook(waiting, lastProbe)]),
    ]
    await this.#desk.wakeAt(Math.max(now + SECOND, Math.min(...moments)))
  }

  /** Probe for a person who waits, and let go what may go. */
  async #probeAndDrain(tenant: TenantId, depth: 'all' | 'missing'): Promise<Known | null> {
    const known = await this.#desk.load(tenant)
    const probed = known === null ? null : await probe(this.#desk, known, depth)
    await this.#desk.wakeAt(this.#desk.now())
    return probed
  }

  #judge(known: Known, kind: BookingKind, administration: string | null): Judged {
    const about = this.#about(known)
    const number = administration ?? about.administration
    return { ...about, administration: number, ...preflight(standingOf(known), known.provider.needs(kind), number) }
  }

  #about({ seat }: Known): Omit<Judged, 'verdict' | 'missing' | 'doubts'> {
    return {
      administration: seat.administration.externalId,
      registration: seat.app.registration,
      username: seat.connection.username,
      locale: seat.tenant.locale,
    }
  }

  async #with<T>(tenant: TenantId, run: (known: Known) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const known = await this.#desk.load(tenant)
    if (known === null || known.seat.integration.endedAt !== null) return fail({ kind: 'not_found' })
    const result = await run(known)
    if (this.#desk.news) await this.#desk.wakeAt(this.#desk.now())
    return result
  }
}
