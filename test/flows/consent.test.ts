import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/schema.ts'
import { beginSignIn, insertLink, spendState } from '../../src/connections/link-store.ts'
import { type ConnectLinkId, newId } from '../../src/id.ts'
import {
  auditOf,
  type Chair,
  chair,
  connectionOf,
  seated,
  seatsOf,
  tokenRequests,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { killAt, touchesOf } from '../support/crash.ts'
import { A_SHOP, B_SHOP } from '../support/exact.ts'
import { random, Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
afterEach(() => {
  seats.watch = null
  seats.sandbox.control.clearFaults()
})
afterAll(() => seats.close())

const TEN_MINUTES = 600_000

/** A link whose sign-in has begun in one browser. */
async function signIn({ tenant, integration }: Chair, name: string): Promise<ConnectLinkId> {
  const id = newId('lnk', seats.clock, random)
  const now = seats.clock.now()
  const link = { tenantId: tenant, id, integrationId: integration, locale: 'nl' as const, createdAt: now }
  await insertLink(seats.db, { ...link, secretHash: id, expiresAt: now + 7 * 86_400_000 })
  const expires = now + TEN_MINUTES
  await beginSignIn(seats.db, tenant, id, {
    stateHash: `state-${name}`,
    browserHash: `browser-${name}`,
    stateExpiresAt: expires,
  })
  return id
}

const spend = (state: string, browser: string) =>
  spendState(seats.db, `state-${state}`, `browser-${browser}`, seats.clock.now())

describe('P12 P15 the state of a sign-in', () => {
  it('P15 lets exactly one of 20 identical callbacks go on', async () => {
    await signIn(await chair(seats), 'twenty')
    const spent = await Promise.all(Array.from({ length: 20 }, () => spend('twenty', 'twenty')))
    expect(spent.filter(Boolean)).toHaveLength(1)
  })

  it('P12 is refused when it is replayed', async () => {
    await signIn(await chair(seats), 'replay')
    expect([await spend('replay', 'replay'), await spend('replay', 'replay')]).toEqual([true, false])
  })

  it('P12 is refused after ten minutes', async () => {
    await signIn(await chair(seats), 'late')
    seats.advance(TEN_MINUTES)
    expect(await spend('late', 'late')).toBe(false)
  })

  it('P12 is refused from another browser, and stays good for its own', async () => {
    await signIn(await chair(seats), 'mine')
    await signIn(await chair(seats), 'theirs')
    expect(await spend('mine', 'theirs')).toBe(false)
    expect(await spend('unknown', 'mine')).toBe(false)
    expect(await spend('mine', 'mine')).toBe(true)
  })

  it('P12 is over when a newer sign-in begins on the same link', async () => {
    const made = await chair(seats)
    const link = await signIn(made, 'first')
    const expires = seats.clock.now() + TEN_MINUTES
    const second = { stateHash: 'state-second', browserHash: 'browser-second', stateExpiresAt: expires }
    await beginSignIn(seats.db, made.tenant, link, second)
    expect([await spend('first', 'first'), await spend('second', 'second')]).toEqual([false, true])
  })

  it('P12 cannot begin on a link that has been used', async () => {
    const made = await chair(seats)
    const link = await signIn(made, 'used')
    await seats.db.update(schema.connectLinks).set({ usedAt: 1 }).where(eq(schema.connectLinks.id, link))
    const expires = seats.clock.now() + TEN_MINUTES
    await beginSignIn(seats.db, made.tenant, link, {
      stateHash: 'state-again',
      browserHash: 'browser-again',
      stateExpiresAt: expires,
    })
    expect([await spend('used', 'used'), await spend('again', 'again')]).toEqual([false, false])
  })
})

describe('P15 one code', () => {
  it('P15 20 times at the seat at once makes one connection, which works', async () => {
    const made = await chair(seats)
    const code = await seats.code(made.integration, A_SHOP)
    const links = await Promise.all(Array.from({ length: 20 }, () => seats.link(made.tenant, made.integration)))
    const answers = await Promise.all(
      links.map(link => seats.keeper(made.integration).consent(made.tenant, link, code)),
    )
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.failure.kind).toBe('code_refused')
    expect(await seatsOf(seats, made.app)).toHaveLength(1)
    expect(await whoSitsThereLater(seats, made)).toBe(A_SHOP)
  })

  it('P12 is asked for nothing more when the provider refuses it', async () => {
    const made = await chair(seats)
    const link = await seats.link(made.tenant, made.integration)
    const answer = await seats.keeper(made.integration).consent(made.tenant, link, 'made-up')
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'code_refused' } })
    expect(await connectionOf(seats, made)).toMatchObject({ state: 'pending', sealedCurrent: null })
    expect(seats.journal(made.integration).kept.has('consent')).toBe(false)
  })
})

describe('a crash during a consent', () => {
  const begin = async (made: Chair, username: string) => {
    const code = await seats.code(made.integration, username)
    const link = await seats.link(made.tenant, made.integration)
    return { link, run: () => seats.keeper(made.integration).consent(made.tenant, link, code) }
  }

  const linkIs = async (link: ConnectLinkId) => {
    const [row] = await seats.db.select().from(schema.connectLinks).where(eq(schema.connectLinks.id, link))
    return row
  }

  it('P3 P15 at any instant: once the answer is here the alarm finishes it, and before that nothing is left behind', async () => {
    const rehearsal = await chair(seats)
    const { run } = await begin(rehearsal, A_SHOP)
    const names = await touchesOf(seats, rehearsal.integration, run)
    const noted = names.indexOf('after journal.put consent')
    const kept = names.lastIndexOf('after journal.put consent')
    expect(kept).toBeGreaterThan(noted)
    for (let at = 0; at < names.indexOf('before journal.delete consent'); at++) {
      const made = await chair(seats)
      const consent = await begin(made, A_SHOP)
      const instant = `${at} ${await killAt(seats, made.integration, at, consent.run)}`
      await seats.run(made.integration, 120_000)
      const link = await linkIs(consent.link)
      expect((await seatsOf(seats, made.app)).length, instant).toBe(at >= kept ? 1 : 0)
      expect(link?.usedAt !== null, instant).toBe(at >= kept)
      if (at >= noted) expect(link?.workingSince, instant).toBeNull()
      expect(await whoSitsThere(seats, made), instant).toBe(at >= kept ? A_SHOP : 'not_connected')
      if (at >= kept) expect(await whoSitsThereLater(seats, made), instant).toBe(A_SHOP)
    }
  })

  it('EOL-09 after the exchange for a user who sits elsewhere: the alarm hands the credential to that seat', async () => {
    const owner = await seated(seats)
    const made = await chair(seats, owner)
    const { run } = await begin(made, A_SHOP)
    const dead = Promise.withResolvers<void>()
    seats.watch = ({ integration, about }) => {
      if (integration !== made.integration || !about.includes('current/Me')) return
      seats.kill(made.integration)
      dead.resolve()
    }
    void run()
    await dead.promise
    seats.watch = null
    await seats.run(made.integration, 120_000)
    await seats.ring(owner.integration)
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, owner)).toBe(A_SHOP)
    expect((await connectionOf(seats, made)).state).toBe('pending')
    expect((await auditOf(seats, made)).map(entry => entry.action)).toEqual(['connection.refused'])
  })

  it('EOL-09 with a second consent waiting: the first is not forgotten', async () => {
    const owner = await seated(seats)
    const made = await chair(seats, owner)
    const [first, second] = [await begin(made, A_SHOP), await begin(made, B_SHOP)]
    const dead = Promise.withResolvers<void>()
    const { body, ...sent } = { ...tokenRequests(made, 'authorization_code'), user: B_SHOP }
    const match = { ...sent, body }
    const fault = seats.sandbox.control.faults({ match, kind: 'hold' })
    let puts = 0
    seats.watch = async ({ integration, what, when, about }) => {
      if (integration !== made.integration || what !== 'journal.put' || about !== 'consent' || when === 'before') return
      puts += 1
      if (puts === 3)
        void seats.sandbox.control
          .awaitRequests({ match: sent })
          .then(() => seats.sandbox.control.release({ id: fault.id }))
      if (puts < 4) return
      seats.kill(made.integration)
      dead.resolve()
    }
    void first.run()
    void second.run()
    await dead.promise
    seats.watch = null
    await seats.run(made.integration, 120_000)
    await seats.ring(owner.integration)
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
  })

  it('P3 an exchange whose answer is lost says so, and the link can be tried again', async () => {
    const made = await chair(seats)
    const { link, run } = await begin(made, A_SHOP)
    seats.sandbox.control.faults({ match: tokenRequests(made, 'authorization_code'), kind: 'drop_after' })
    expect(await run()).toMatchObject({ ok: false, failure: { kind: 'provider_unreachable' } })
    expect(await linkIs(link)).toMatchObject({ usedAt: null, workingSince: null })
    const code = await seats.code(made.integration, A_SHOP)
    expect(await seats.keeper(made.integration).consent(made.tenant, link, code)).toMatchObject({ ok: true })
  })

  it('finishes by itself when the provider could not say who it was', async () => {
    const made = await chair(seats)
    seats.sandbox.control.faults({ match: { path: 'current/Me', client_id: made.client }, kind: 'html_502', times: 2 })
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({
      ok: false,
      failure: { kind: 'identity_unreadable' },
    })
    await seats.run(made.integration, 60_000)
    expect(await whoSitsThere(seats, made)).toBe(A_SHOP)
  })

  it('P5 finishes by itself after the access token has ended', async () => {
    const owner = await seated(seats)
    const made = await chair(seats, owner)
    seats.sandbox.control.faults({ match: { path: 'current/Me', client_id: made.client }, kind: 'html_502', times: 60 })
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({ ok: false })
    await seats.run(made.integration, 3_600_000)
    await seats.ring(owner.integration)
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
    expect(seats.journal(made.integration).kept.has('consent')).toBe(false)
  })

  it('P5 goes on when the journal cannot take the answer', async () => {
    const made = await chair(seats)
    let puts = 0
    seats.watch = ({ what, when, about }) => {
      if (what !== 'journal.put' || about !== 'consent' || when !== 'before') return
      puts += 1
      if (puts === 2) throw new Error('disk full')
    }
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({ ok: true })
    expect(puts).toBe(2)
    expect(await whoSitsThereLater(seats, made)).toBe(A_SHOP)
  })

  it('P4 keeps a consent that came without an access token, and connects when it may refresh', async () => {
    const made = await chair(seats)
    seats.fetch = async (url, init) => {
      const response = await fetch(url, init)
      if (!url.endsWith('/token')) return response
      seats.fetch = (next, options) => fetch(next, options)
      const { access_token: _, ...rest } = (await response.json()) as Record<string, unknown>
      return Response.json(rest)
    }
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({ ok: false })
    await seats.run(made.integration, 1_300_000)
    expect(await whoSitsThere(seats, made)).toBe(A_SHOP)
  })

  it('works on two consents of one seat one after another, the later one winning', async () => {
    const made = await chair(seats)
    const first = await begin(made, A_SHOP)
    const second = await begin(made, B_SHOP)
    const answers = await Promise.all([first.run(), second.run()])
    expect(answers).toMatchObject([{ ok: true }, { ok: true }])
    expect(await whoSitsThereLater(seats, made)).toBe(B_SHOP)
    expect(await seatsOf(seats, made.app)).toHaveLength(1)
  })
})
