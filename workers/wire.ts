import { hash as digest } from 'node:crypto'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { type Db, openDb } from '../db/open.ts'
import htmx from '../node_modules/htmx.org/dist/htmx.min.js'
import type { Clock, Random } from '../src/clock.ts'
import { openVault, type Vault } from '../src/connections/vault.ts'
import stylesheet from '../src/http/assets/zetel.css'
import script from '../src/http/assets/zetel.js'
import type { HttpPorts } from '../src/http/ports.ts'
import type { IntegrationId } from '../src/id.ts'
import type { IssuerSettings } from '../src/people/issuer.ts'
import type { SeatPorts } from '../src/seats/ports.ts'
import type { Env } from './env.ts'
import type { SeatObject } from './seat.ts'

// The one place that names drivers, the clock and randomness.

const clock: Clock = { now: () => Date.now() }
const random: Random = bytes => crypto.getRandomValues(new Uint8Array(bytes))
const hash = (text: string): string => digest('sha256', text, 'hex')

/** Tell the operator's log; of a failed query the database's own words, and not the query with its values. */
export const report = (what: string, error: unknown): void => {
  const told = error instanceof DrizzleQueryError ? (error.cause ?? new Error('A query failed')) : error
  const { name, message, stack } = told instanceof Error ? told : new Error(String(told))
  console.error(JSON.stringify({ level: 'error', what, name, message, stack }))
}

const vaults = new Map<string, Promise<Vault>>()

/** Open the vault once for each isolate; without valid keys nothing starts (P28). */
function vaultOf({ ZETEL_KEYS: keys }: Env): Promise<Vault> {
  const opened =
    vaults.get(keys) ??
    openVault({ keys, random }).then(result => {
      if (!result.ok) throw new Error(`ZETEL_KEYS is not usable: ${JSON.stringify(result.failure)}`)
      return result.value
    })
  vaults.set(keys, opened)
  return opened
}

const dbOf = (env: Env): Db => openDb(env.ZETEL_DATABASE_URL, env.ZETEL_DATABASE_TOKEN)

/** A seat is addressed by its integration and end, so a request needs no look-up first. */
export const seatOf = (env: Env, integration: IntegrationId): DurableObjectStub<SeatObject> =>
  env.SEAT.get(env.SEAT.idFromName(`${integration}:target`))

const settingsOf = (env: Env) => ({
  origin: env.ZETEL_ORIGIN,
  loopbackAllowed: env.ZETEL_LOOPBACK_PROVIDERS === '1',
  lookUpSettleSeconds: env.ZETEL_LOOK_UP_SETTLE_SECONDS === undefined ? null : Number(env.ZETEL_LOOK_UP_SETTLE_SECONDS),
})

/** Who signs people in; without an issuer the dashboard is shut, and the API goes on. */
function issuerOf(env: Env): IssuerSettings | null {
  const { ZETEL_ISSUER: url, ZETEL_ISSUER_CLIENT_ID: clientId, ZETEL_ISSUER_CLIENT_SECRET: clientSecret } = env
  if (!url || !clientId || !clientSecret) return null
  const operators = (env.ZETEL_OPERATORS ?? '').split(',').map(email => email.trim().toLowerCase())
  return { url, clientId, clientSecret, operators: operators.filter(email => email !== '') }
}

/** Ring again in half a minute: an alarm that failed must not be the last. */
export const retryAlarm = (ctx: DurableObjectState): Promise<void> => ctx.storage.setAlarm(clock.now() + 30_000)

/** What the HTTP side needs, for one request. */
export const httpPorts = async (env: Env): Promise<HttpPorts> => ({
  clock,
  random,
  hash,
  report,
  db: dbOf(env),
  vault: await vaultOf(env),
  settings: { ...settingsOf(env), issuer: issuerOf(env) },
  assets: { stylesheet, script, htmx },
  fetch: (url, init) => fetch(url, init),
  seatOf: integration => seatOf(env, integration),
})

/** What one seat needs, for as long as its object lives. */
export const seatPorts = async (env: Env, ctx: DurableObjectState): Promise<SeatPorts> => ({
  clock,
  random,
  report,
  db: dbOf(env),
  vault: await vaultOf(env),
  fetch: (url, init) => fetch(url, init),
  journal: {
    get: key => ctx.storage.get(key),
    put: (key, value) => ctx.storage.put(key, value),
    delete: async key => {
      await ctx.storage.delete(key)
    },
  },
  alarm: {
    get: () => ctx.storage.getAlarm(),
    set: at => ctx.storage.setAlarm(at),
  },
  keep: work => ctx.waitUntil(work),
  seatOf: integration => seatOf(env, integration),
  settings: settingsOf(env),
})
