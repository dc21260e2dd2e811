import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBatch } from '../../db/open.ts'
import { secretPlace } from '../../src/connections/secret.ts'
import { updateSecret } from '../../src/providers/app-store.ts'
import { ACCESS_MS, seated, token } from '../support/chair.ts'
import { Seats } from '../support/seats.ts'

let seats: Seats
/** The client secrets with which the token endpoint was asked. */
const asked: (string | null)[] = []
beforeAll(async () => {
  seats = await Seats.start()
  seats.fetch = (url, init) => {
    if (url.endsWith('/token')) asked.push(new URLSearchParams(String(init.body)).get('client_secret'))
    return fetch(url, init)
  }
})
afterAll(() => seats.close())

describe('a seat at work', () => {
  it('asks with the secret it knows until it is told to read anew, and with the new one from then on', async () => {
    const chair = await seated(seats)
    const refresh = async () => {
      asked.length = 0
      seats.advance(ACCESS_MS)
      await token(seats, chair)
      return asked
    }
    expect(await refresh()).toEqual(['secret'])
    const sealed = await seats.vault.seal(secretPlace('exact-online', chair.app), 'the-next-secret')
    await runBatch(seats.db, [updateSecret(seats.db, chair.app, sealed)])
    expect(await refresh()).toEqual(['secret'])
    await seats.keeper(chair.integration).reload(chair.tenant)
    expect(await refresh()).toEqual(['the-next-secret'])
  })

  it('does not put the old knowledge back when it is told so in the middle of a change', async () => {
    const chair = await seated(seats)
    const sealed = await seats.vault.seal(secretPlace('exact-online', chair.app), 'the-next-secret')
    const keeper = seats.keeper(chair.integration)
    let reloaded: Promise<void> | null = null
    seats.watch = async ({ what, when, about }) => {
      if (what !== 'db' || when !== 'after' || reloaded !== null || !about.includes('update \\"connections\\"')) return
      reloaded = runBatch(seats.db, [updateSecret(seats.db, chair.app, sealed)]).then(() => keeper.reload(chair.tenant))
      await reloaded
    }
    await keeper.probe(chair.tenant)
    expect(reloaded).not.toBeNull()
    seats.watch = null
    asked.length = 0
    seats.advance(ACCESS_MS)
    await token(seats, chair)
    expect(asked).toEqual(['the-next-secret'])
  })
})
