import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isTaken } from '../../db/open.ts'
import * as schema from '../../db/schema/schema.ts'
import { newId } from '../../src/id.ts'
import {
  auditOf,
  type Chair,
  chair,
  connectionOf,
  seated,
  seatsOf,
  signalsOf,
  submission,
  whoSitsThere,
  whoSitsThereLater,
} from '../support/chair.ts'
import { A_SHOP, B_SHOP, CLIENT } from '../support/exact.ts'
import { random, Seats } from '../support/seats.ts'

let seats: Seats
beforeAll(async () => {
  seats = await Seats.start()
})
beforeEach(() => {
  seats.sandbox.control.settings({ older_access_token_survives: false, error_limit: 10 })
})
afterEach(() => seats.sandbox.control.clearFaults())
afterAll(() => seats.close())

/** Ten integrations in each of two tenants, at one app. */
async function twenty(): Promise<Chair[]> {
  const app = await seats.app()
  const chairs: Chair[] = []
  for (const tenant of [await seats.tenant('Een'), await seats.tenant('Twee')]) {
    const administration = await seats.administration(tenant)
    for (let i = 0; i < 10; i++) chairs.push(await chair(seats, { tenant, app, administration }))
  }
  return chairs
}

describe('P16 EOL-09 one live connection for one user', () => {
  it.each([true, false])(
    'P16 20 concurrent consents from two tenants: exactly one sits, and it works (older access tokens survive: %s)',
    async survives => {
      // Twenty at once would spend the hour's ten errors of this user, which is another matter.
      seats.sandbox.control.settings({ older_access_token_survives: survives, error_limit: null })
      const chairs = await twenty()
      const answers = await Promise.all(chairs.map(one => seats.consent(one.tenant, one.integration, A_SHOP)))
      for (const one of chairs) await seats.run(one.integration, 0)
      const winner = chairs.find((_, i) => answers[i]?.ok) ?? (await laterWinner(chairs))
      const rows = await seatsOf(seats, winner.app)
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ tenantId: winner.tenant, integrationId: winner.integration })
      const states = await Promise.all(chairs.map(async one => (await connectionOf(seats, one)).state))
      expect(states.filter(state => state === 'active')).toHaveLength(1)
      for (const [i, one] of chairs.entries()) {
        const answer = answers[i]
        if (one === winner || answer === undefined || answer.ok) continue
        if (!survives && answer.failure.kind === 'consent_overtaken') continue
        const seatedAt = one.tenant === winner.tenant ? winner.integration : 'another_tenant'
        expect(answer.failure).toEqual({ kind: 'user_already_seated', seatedAt })
        if (one.tenant !== winner.tenant)
          expectNothingOf(winner, answer, await connectionOf(seats, one), await auditOf(seats, one))
      }
      expect(await whoSitsThere(seats, winner)).toBe(A_SHOP)
      for (const _ of [1, 2]) expect(await whoSitsThereLater(seats, winner)).toBe(A_SHOP)
    },
  )

  it('P16 the loser of another tenant learns nothing, and the winner goes on working', async () => {
    const owner = await seated(seats)
    const stranger = await chair(seats, { app: owner.app })
    const answer = await seats.consent(stranger.tenant, stranger.integration, A_SHOP)
    expect(answer).toEqual({ ok: false, failure: { kind: 'user_already_seated', seatedAt: 'another_tenant' } })
    expectNothingOf(
      owner,
      answer,
      await connectionOf(seats, stranger),
      await auditOf(seats, stranger),
      await signalsOf(seats, stranger),
    )
    expect(await connectionOf(seats, owner)).toMatchObject({
      state: 'active',
      warnings: [{ kind: 'user_signed_in_elsewhere' }],
    })
    expect((await auditOf(seats, owner)).map(entry => entry.action)).toContain('connection.adopted')
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, owner)).toBe(A_SHOP)
  })

  it('EOL-09 two integrations with one user: the first goes on booking, within the tenant it is named', async () => {
    const owner = await seated(seats)
    const second = await chair(seats, owner)
    const answer = await seats.consent(second.tenant, second.integration, A_SHOP)
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'user_already_seated', seatedAt: owner.integration } })
    const booked = seats.sandbox.control.ledger().length
    seats.advance(600_000)
    await seats.keeper(owner.integration).submit(owner.tenant, submission('two-integrations'))
    await seats.ring(owner.integration)
    expect(seats.sandbox.control.ledger()).toHaveLength(booked + 1)
  })

  it('P16 the same integration again is an update in place', async () => {
    const made = await seated(seats)
    const [before] = await seatsOf(seats, made.app)
    seats.advance(1_000)
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({ ok: true })
    const after = await seatsOf(seats, made.app)
    expect(after).toEqual([{ ...before, takenAt: after[0]?.takenAt }])
    expect(await whoSitsThereLater(seats, made)).toBe(A_SHOP)
  })

  it('EOL-09 one user may sit at two apps, also when both consents come at once', async () => {
    const first = await chair(seats)
    const second = await chair(seats, { tenant: first.tenant, administration: first.administration })
    const answers = await Promise.all([first, second].map(one => seats.consent(one.tenant, one.integration, A_SHOP)))
    expect(answers).toMatchObject([{ ok: true }, { ok: true }])
    const accounts = await seats.db
      .select()
      .from(schema.serviceAccounts)
      .where(eq(schema.serviceAccounts.tenantId, first.tenant))
    expect(accounts).toHaveLength(1)
    for (const one of [first, second]) expect(await whoSitsThereLater(seats, one)).toBe(A_SHOP)
  })

  it('EOL-09 a user made anew at the provider under its old name can sit', async () => {
    const made = await seated(seats)
    await seats.keeper(made.integration).disconnect(made.tenant, 'key:test')
    await seats.db
      .update(schema.serviceAccounts)
      .set({ providerUserId: '00000000-0000-4000-8000-00000000dead' })
      .where(eq(schema.serviceAccounts.tenantId, made.tenant))
    expect(await seats.consent(made.tenant, made.integration, A_SHOP)).toMatchObject({ ok: true })
    expect(await whoSitsThere(seats, made)).toBe(A_SHOP)
  })

  it('EOL-09 the database itself refuses a second row for one user at one app', async () => {
    const made = await seated(seats)
    const other = await chair(seats, { app: made.app })
    const [row] = await seatsOf(seats, made.app)
    const insert = seats.db.run(sql`insert into seats
      (provider_app_id, provider_user_id, tenant_id, integration_id, "end", service_account_id, taken_at)
      values (${made.app}, ${row?.providerUserId}, ${other.tenant}, ${other.integration}, 'target', 'sva_x', 1)`)
    const error = await insert.then(
      () => null,
      (refused: unknown) => refused,
    )
    expect(isTaken(error, 'seats.provider_app_id, seats.provider_user_id')).toBe(true)
    expect(await seatsOf(seats, made.app)).toHaveLength(1)
  })

  it('EOL-09 the database refuses two users on one seat', async () => {
    const made = await seated(seats)
    const insert = seats.db.run(sql`insert into seats
      (provider_app_id, provider_user_id, tenant_id, integration_id, "end", service_account_id, taken_at)
      values (${made.app}, 'someone-else', ${made.tenant}, ${made.integration}, 'target', 'sva_x', 1)`)
    const error = await insert.then(
      () => null,
      (refused: unknown) => refused,
    )
    expect(isTaken(error, 'seats.integration_id')).toBe(true)
  })
})

describe('who sits down', () => {
  it('EOL-09 another free user moves the seat, and the first is free again', async () => {
    const made = await seated(seats)
    expect(await seats.consent(made.tenant, made.integration, B_SHOP)).toMatchObject({ ok: true })
    expect(await seatsOf(seats, made.app)).toHaveLength(1)
    expect(await whoSitsThereLater(seats, made)).toBe(B_SHOP)
    const second = await chair(seats, made)
    expect(await seats.consent(second.tenant, second.integration, A_SHOP)).toMatchObject({ ok: true })
    expect(await whoSitsThereLater(seats, second)).toBe(A_SHOP)
    expect(await whoSitsThere(seats, made)).toBe(B_SHOP)
  })

  it('EOL-06 a client user sits, with a warning', async () => {
    const made = await chair(seats)
    await seats.consent(made.tenant, made.integration, CLIENT)
    expect((await connectionOf(seats, made)).warnings).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'client_user' })]),
    )
  })

  const linkFor = async (made: Chair, account: Partial<typeof schema.serviceAccounts.$inferInsert>) => {
    const id = newId('sva', seats.clock, random)
    await seats.db.insert(schema.serviceAccounts).values({
      tenantId: made.tenant,
      id,
      provider: 'exact-online',
      username: B_SHOP,
      email: '',
      kind: 'full_user',
      roles: [],
      administrations: [],
      createdAt: 1,
      rowVersion: 1,
      ...account,
    })
    const link = await seats.link(made.tenant, made.integration)
    await seats.db.update(schema.connectLinks).set({ serviceAccountId: id }).where(eq(schema.connectLinks.id, link))
    return link
  }

  it('EOL-11 refuses another user than the one the link asks for', async () => {
    const made = await chair(seats)
    const link = await linkFor(made, {})
    const wrong = await seats
      .keeper(made.integration)
      .consent(made.tenant, link, await seats.code(made.integration, A_SHOP))
    expect(wrong).toEqual({ ok: false, failure: { kind: 'wrong_user', expected: B_SHOP, signedIn: A_SHOP } })
    expect(await seatsOf(seats, made.app)).toHaveLength(0)
    const right = await seats
      .keeper(made.integration)
      .consent(made.tenant, link, await seats.code(made.integration, B_SHOP))
    expect(right).toMatchObject({ ok: true })
    expect(await whoSitsThere(seats, made)).toBe(B_SHOP)
  })

  it('EOL-11 the wrong user who sits elsewhere goes on working there', async () => {
    const owner = await seated(seats)
    const made = await chair(seats, owner)
    const link = await linkFor(made, {})
    const answer = await seats
      .keeper(made.integration)
      .consent(made.tenant, link, await seats.code(made.integration, A_SHOP))
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'user_already_seated', seatedAt: owner.integration } })
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, owner)).toBe(A_SHOP)
  })

  it('EOL-11 the user who sits here already goes on working when the link asked for another', async () => {
    const owner = await seated(seats)
    const link = await linkFor(owner, {})
    const answer = await seats
      .keeper(owner.integration)
      .consent(owner.tenant, link, await seats.code(owner.integration, A_SHOP))
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'wrong_user' } })
    expect(await whoSitsThere(seats, owner)).toBe(A_SHOP)
    expect(await whoSitsThereLater(seats, owner)).toBe(A_SHOP)
  })
})

/** Nobody may have been quick enough to be told so; then the alarm seated one. */
async function laterWinner(chairs: readonly Chair[]): Promise<Chair> {
  const [row] = await seatsOf(seats, chairs[0]?.app ?? ('' as Chair['app']))
  const winner = chairs.find(one => one.integration === row?.integrationId)
  if (winner === undefined) throw new Error('nobody sits')
  return winner
}

/** No id, name or number of the other tenant in anything this tenant can see. */
function expectNothingOf(other: Chair, ...seen: unknown[]): void {
  const text = JSON.stringify(seen)
  for (const id of [other.tenant, other.integration, other.administration]) expect(text).not.toContain(id)
}
