import { SECOND } from '../clock.ts'
import type { ConnectLinkId } from '../id.ts'
import type { ProviderAnswer } from '../providers/provider.ts'
import type { Desk, Known } from '../seats/desk.ts'
import type { Place } from './vault.ts'

/** What a seat writes down before and after it asks the token endpoint, in its own storage and sealed. */
export type RefreshJournal = {
  askedAt: number
  /** What was asked with, and whose it was; null while there is no answer. */
  refreshToken: string | null
  user: string | null
  answer: ProviderAnswer | null
  receivedAt: number | null
}

/** No token request before `until` (Unix ms), after so many unclear answers in a row. */
export type BackOff = { failures: number; until: number }

/** A consent being worked on: which link, and the token endpoint's answer once it is there. */
export type ConsentJournal = {
  linkId: ConnectLinkId
  askedAt: number
  answer: ProviderAnswer | null
  receivedAt: number | null
}

const REFRESH = 'refresh'
const CONSENT = 'consent'
const BACK_OFF = 'back_off'
/** An interrupted refresh is finished soon: some providers take the old token again for 30 s only (PROMISES 1.2, D). */
const FINISH_AFTER = 10 * SECOND

type Stored = { askedAt: number; receivedAt?: number; sealed?: Uint8Array; linkId?: ConnectLinkId }

/** Write that the token endpoint is about to be asked; a start that finds only this asks once more (P3). */
export async function noteIntent(desk: Desk, askedAt: number): Promise<void> {
  await desk.wakeAt(askedAt + FINISH_AFTER)
  await desk.ports.journal.put(REFRESH, { askedAt } satisfies Stored)
}

/** Write that an answer was of no use: as if none had come, so that the same refresh token is tried again. */
export const forgetAnswer = (desk: Desk, askedAt: number): Promise<void> =>
  desk.ports.journal.put(REFRESH, { askedAt } satisfies Stored)

/** Write the raw answer down, sealed, before anything looks at it (P4, P5). */
export async function noteAnswer(
  desk: Desk,
  known: Known,
  { askedAt, refreshToken, user }: Pick<RefreshJournal, 'askedAt' | 'refreshToken' | 'user'>,
  answer: ProviderAnswer,
  receivedAt: number,
): Promise<void> {
  const secrets = JSON.stringify({ answer, refreshToken, user })
  const sealed = await desk.ports.vault.seal(placeOf(known, REFRESH, askedAt), secrets)
  await desk.ports.journal.put(REFRESH, { askedAt, receivedAt, sealed } satisfies Stored)
}

/** Read what the last refresh left; null when it came to its end. Throws when no key at hand opens it. */
export async function readRefreshJournal(desk: Desk, known: Known): Promise<RefreshJournal | null> {
  const stored = (await desk.ports.journal.get(REFRESH)) as Stored | null | undefined
  if (stored == null) return null
  const { askedAt, receivedAt = null, sealed } = stored
  if (sealed === undefined) return { askedAt, refreshToken: null, user: null, answer: null, receivedAt: null }
  const { answer, refreshToken, user } = await open(desk, placeOf(known, REFRESH, askedAt), sealed)
  return { askedAt, refreshToken, user, answer, receivedAt }
}

export const clearJournal = (desk: Desk): Promise<void> => desk.ports.journal.delete(REFRESH)

/** Until when the token endpoint is left alone; kept where sleep does not forget it (P10). */
export async function backOffOf(desk: Desk): Promise<BackOff> {
  desk.tokenBackOff ??= ((await desk.ports.journal.get(BACK_OFF)) as BackOff | undefined) ?? { failures: 0, until: 0 }
  return desk.tokenBackOff
}

/** Leave the token endpoint alone for a while. */
export async function backOff(desk: Desk, next: BackOff): Promise<void> {
  desk.tokenBackOff = next
  await desk.ports.journal.put(BACK_OFF, next)
}

/** A token came: the endpoint may be asked whenever it is due. */
export async function calm(desk: Desk): Promise<void> {
  const { until } = await backOffOf(desk)
  desk.tokenBackOff = { failures: 0, until: 0 }
  if (until > 0) await desk.ports.journal.delete(BACK_OFF)
}

/** Write that a consent's code is about to be exchanged; `answer` follows as soon as it is there. */
export async function noteConsent(desk: Desk, known: Known, consent: ConsentJournal): Promise<void> {
  const { linkId, askedAt, answer, receivedAt } = consent
  const base = { linkId, askedAt } satisfies Stored
  if (answer === null) return desk.ports.journal.put(CONSENT, base)
  const sealed = await desk.ports.vault.seal(placeOf(known, CONSENT, askedAt), JSON.stringify({ answer }))
  return desk.ports.journal.put(CONSENT, { ...base, receivedAt: receivedAt ?? askedAt, sealed } satisfies Stored)
}

/** Read the consent being worked on; null when there is none. */
export async function readConsent(desk: Desk, known: Known): Promise<ConsentJournal | null> {
  const stored = (await desk.ports.journal.get(CONSENT)) as Stored | null | undefined
  if (stored?.linkId === undefined) return null
  const { linkId, askedAt, receivedAt = null, sealed } = stored
  if (sealed === undefined) return { linkId, askedAt, answer: null, receivedAt: null }
  const { answer } = await open(desk, placeOf(known, CONSENT, askedAt), sealed)
  return { linkId, askedAt, answer, receivedAt }
}

export const clearConsent = (desk: Desk): Promise<void> => desk.ports.journal.delete(CONSENT)

const placeOf = ({ seat }: Known, field: string, askedAt: number): Place => ({
  tenant: seat.tenant.id,
  connection: seat.connection.id,
  provider: seat.app.provider,
  field: `journal.${field}`,
  rowVersion: askedAt,
})

type Opened = { answer: ProviderAnswer; refreshToken: string; user: string | null }

async function open(desk: Desk, place: Place, sealed: Uint8Array): Promise<Opened> {
  const opened = await desk.ports.vault.open(place, sealed)
  if (!opened.ok) throw new Error(`The journal of ${desk.integrationId} cannot be opened`)
  return JSON.parse(opened.value)
}
