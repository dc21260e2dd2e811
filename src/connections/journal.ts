import { MINUTE } from '../clock.ts'
import type { ConnectLinkId } from '../id.ts'
import type { ProviderAnswer } from '../providers/provider.ts'
import type { Desk, Known } from '../seats/desk.ts'
import type { Place } from './vault.ts'

/** What a seat writes down before and after it asks the token endpoint, in its own storage and sealed. */
export type RefreshJournal = {
  askedAt: number
  refreshToken: string | null
  answer: ProviderAnswer | null
  receivedAt: number | null
}

/** A consent being worked on: which link, and the token endpoint's answer once it is there. */
export type ConsentJournal = {
  linkId: ConnectLinkId
  askedAt: number
  answer: ProviderAnswer | null
  receivedAt: number | null
}

const REFRESH = 'refresh'
const CONSENT = 'consent'

type Stored = { askedAt: number; receivedAt?: number; sealed?: Uint8Array; linkId?: ConnectLinkId }

/** Write that the token endpoint is about to be asked; a start that finds only this asks once more (P3). */
export async function noteIntent(desk: Desk, askedAt: number): Promise<void> {
  await desk.ports.journal.put(REFRESH, { askedAt } satisfies Stored)
  await desk.wakeAt(askedAt + MINUTE)
}

/** Write the raw answer down, sealed, before anything looks at it (P4, P5). */
export async function noteAnswer(
  desk: Desk,
  known: Known,
  askedAt: number,
  refreshToken: string,
  answer: ProviderAnswer,
  receivedAt: number,
): Promise<void> {
  const sealed = await desk.ports.vault.seal(placeOf(known, REFRESH, askedAt), JSON.stringify({ answer, refreshToken }))
  await desk.ports.journal.put(REFRESH, { askedAt, receivedAt, sealed } satisfies Stored)
}

export async function readRefreshJournal(desk: Desk, known: Known): Promise<RefreshJournal | null> {
  const stored = (await desk.ports.journal.get(REFRESH)) as Stored | null | undefined
  if (stored == null) return null
  const { askedAt, receivedAt = null, sealed } = stored
  if (sealed === undefined) return { askedAt, refreshToken: null, answer: null, receivedAt: null }
  const { answer, refreshToken } = await open(desk, placeOf(known, REFRESH, askedAt), sealed)
  return { askedAt, refreshToken, answer, receivedAt }
}

export const clearJournal = (desk: Desk): Promise<void> => desk.ports.journal.delete(REFRESH)

/** Write that a consent's code is about to be exchanged; `answer` follows as soon as it is there. */
export async function noteConsent(desk: Desk, known: Known, consent: ConsentJournal): Promise<void> {
  const { linkId, askedAt, answer, receivedAt } = consent
  const base = { linkId, askedAt } satisfies Stored
  if (answer === null) return desk.ports.journal.put(CONSENT, base)
  const sealed = await desk.ports.vault.seal(placeOf(known, CONSENT, askedAt), JSON.stringify({ answer }))
  return desk.ports.journal.put(CONSENT, { ...base, receivedAt: receivedAt ?? askedAt, sealed } satisfies Stored)
}

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

type Opened = { answer: ProviderAnswer; refreshToken: string }

async function open(desk: Desk, place: Place, sealed: Uint8Array): Promise<Opened> {
  const opened = await desk.ports.vault.open(place, sealed)
  if (!opened.ok) throw new Error(`The journal of ${desk.integrationId} cannot be opened`)
  return JSON.parse(opened.value)
}
