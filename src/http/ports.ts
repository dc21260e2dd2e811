import type { Db } from '../../db/open.ts'
import type { Clock, Random } from '../clock.ts'
import type { Vault } from '../connections/vault.ts'
import type { IntegrationId } from '../id.ts'
import type { IssuerSettings } from '../people/issuer.ts'
import type { SeatRpc } from '../seats/rpc.ts'
import type { AssetName } from './asset-paths.ts'

export type HttpSettings = {
  /** Where people and providers reach Zetel, without a slash at the end. */
  origin: string
  /** Provider apps may live on loopback over plain http: the local run only. */
  loopbackAllowed: boolean
  /** Who signs people in; null where nobody does, and so nobody gets in. */
  issuer: IssuerSettings | null
}

/** All that the HTTP side needs of the world. */
export type HttpPorts = {
  clock: Clock
  random: Random
  db: Db
  vault: Vault
  settings: HttpSettings
  /** The texts of stylesheet and scripts. */
  assets: Record<AssetName, string>
  fetch(url: string, init: RequestInit): Promise<Response>
  seatOf(integration: IntegrationId): SeatRpc
  /** Tell the operator's log of something unexpected; never with secrets in it. */
  report(what: string, error: unknown): void
  /** SHA-256 of a text's UTF-8 in lower-case hex; synchronous, for it runs at every call. */
  hash(text: string): string
}
