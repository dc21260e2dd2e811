import type { Db } from '../../db/open.ts'
import type { Clock, Random } from '../clock.ts'
import type { Vault } from '../connections/vault.ts'
import type { IntegrationId } from '../id.ts'
import type { Neighbour } from './adopt.ts'

/** Small durable storage of one seat's own: survives a crash of the runtime and an outage of libSQL. */
export type Journal = {
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

/** The one moment (Unix ms) at which a seat is woken by itself. */
export type Alarm = {
  get(): Promise<number | null>
  set(at: number): Promise<void>
}

export type SeatSettings = {
  /** Where people and providers reach Zetel, without a slash at the end. */
  origin: string
  /** Overrides how long a booking may stay invisible to look-ups; null leaves it to the provider's definition. */
  lookUpSettleSeconds: number | null
}

/** All that a seat needs of the world. */
export type SeatPorts = {
  clock: Clock
  random: Random
  db: Db
  vault: Vault
  fetch: (url: string, init: RequestInit) => Promise<Response>
  journal: Journal
  alarm: Alarm
  /** Keep the runtime alive until this is done, whoever asked for it and left (finding 1.3). */
  keep(work: Promise<unknown>): void
  seatOf(integration: IntegrationId): Neighbour
  settings: SeatSettings
  /** Tell the operator's log of something unexpected; never with secrets in it. */
  report(what: string, error: unknown): void
}
