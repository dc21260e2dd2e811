import type { SeatObject } from './seat.ts'

/** Settings and bindings; README lists them. */
export type Env = {
  SEAT: DurableObjectNamespace<SeatObject>
  /** libSQL over HTTP, and its token where it asks for one. */
  ZETEL_DATABASE_URL: string
  ZETEL_DATABASE_TOKEN?: string
  /** `id:base64,…`: 32-byte keys that seal secrets; the first seals, all open. There is no plaintext mode. */
  ZETEL_KEYS: string
  /** Where people and providers reach Zetel, without a slash at the end. */
  ZETEL_ORIGIN: string
  /** `1` lets provider apps live on loopback over plain http: local runs only. */
  ZETEL_LOOPBACK_PROVIDERS?: string
  /** Overrides how many seconds a booking may stay invisible to a provider's look-ups. */
  ZETEL_LOOK_UP_SETTLE_SECONDS?: string
  /** Who signs people in: an OpenID issuer with our client id and secret there. */
  ZETEL_ISSUER?: string
  ZETEL_ISSUER_CLIENT_ID?: string
  ZETEL_ISSUER_CLIENT_SECRET?: string
  /** E-mail addresses, with commas between them, that are the operator's once the issuer has verified them. */
  ZETEL_OPERATORS?: string
}
