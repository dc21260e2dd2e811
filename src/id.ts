import type { Clock, Random } from './clock.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type TenantId = Branded<'tenant'>
export type ProviderAppId = Branded<'provider_app'>
export type AdministrationId = Branded<'administration'>
export type ServiceAccountId = Branded<'service_account'>
export type IntegrationId = Branded<'integration'>
export type ConnectionId = Branded<'connection'>
export type TransactionId = Branded<'transaction'>
export type ApiKeyId = Branded<'api_key'>
export type ConnectLinkId = Branded<'connect_link'>
export type AuditId = Branded<'audit'>
export type PersonId = Branded<'person'>
export type InvitationId = Branded<'invitation'>
export type OnboardingId = Branded<'onboarding'>
export type WebhookId = Branded<'webhook'>
export type WebhookDeliveryId = Branded<'webhook_delivery'>

/** Every kind of id with the prefix that the API shows. */
export type IdByPrefix = {
  ten: TenantId
  app: ProviderAppId
  adm: AdministrationId
  sva: ServiceAccountId
  int: IntegrationId
  con: ConnectionId
  txn: TransactionId
  key: ApiKeyId
  lnk: ConnectLinkId
  aud: AuditId
  per: PersonId
  inv: InvitationId
  onb: OnboardingId
  whk: WebhookId
  msg: WebhookDeliveryId
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'

const base32 = (value: bigint, length: number): string => {
  let rest = value
  let text = ''
  for (let i = 0; i < length; i++) {
    text = CROCKFORD[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}

const number = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/**
 * Make a new id: prefix, 48 bits of time, 80 random bits, in lower-case Crockford base32 (26 characters).
 * Ids sort by the time they were made, to the millisecond.
 */
export const newId = <P extends keyof IdByPrefix>(prefix: P, clock: Clock, random: Random): IdByPrefix[P] =>
  `${prefix}_${base32(BigInt(clock.now()), 10)}${base32(number(random(10)), 16)}` as IdByPrefix[P]

/** Tell whether a text has the form of an id of this kind; says nothing about whether such a thing exists. */
export const isId = <P extends keyof IdByPrefix>(prefix: P, text: string): text is IdByPrefix[P] =>
  text.length === prefix.length + 27 &&
  text.startsWith(`${prefix}_`) &&
  /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1))
