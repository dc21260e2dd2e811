import type { Identity, ProviderAnswer, ProviderRequest, UserKind } from '../provider.ts'
import { EMPTY_GUID, isRow, listOf, payloadOf, type Row } from './odata.ts'

/** Ask who the token belongs to; works for any app and needs no administration (§2.1, A*). */
export const whoAmI = (): ProviderRequest => ({
  method: 'GET',
  path: '/api/v1/current/Me',
  headers: { accept: 'application/json' },
})

/** Bring a UserID to its one form: no braces, lower case (§1.6). Seats are keyed on it (EOL-09). */
export const normalUserId = (userId: string): string => userId.replace(/[{}\s]/g, '').toLowerCase()

const isSet = (flag: unknown): boolean => flag === true || flag === 1

/** Tell the user's kind from the flags of Me (§2.1, A*): EOL-06 hangs on IsClientUser, so without it nothing is known. */
const kindOf = (me: Row): UserKind => {
  if (isSet(me.IsClientUser) || isSet(me.IsMyFirmPortalUser) || isSet(me.IsMyFirmLiteUser)) return 'client_user'
  if (isSet(me.IsStarterUser)) return 'starter_user'
  if (isSet(me.IsEmployeeSelfServiceUser)) return 'self_service_user'
  return me.IsClientUser === false || me.IsClientUser === 0 ? 'full_user' : 'unknown'
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** CurrentDivision is the company last opened in the browser: it changes, so it is never a key (§2.1, C). */
const divisionOf = (value: unknown): string | null => {
  const digits = typeof value === 'number' ? String(value) : text(value)
  return /^[1-9]\d*$/.test(digits) ? digits : null
}

/** Read the one user of Me; null when there is none, more than one, or no usable UserID. */
export const readIdentity = (answer: ProviderAnswer): Identity | null => {
  const rows = listOf(answer)?.rows ?? [payloadOf(answer)]
  const me = rows[0]
  if (rows.length !== 1 || !isRow(me)) return null
  const userId = normalUserId(text(me.UserID))
  if (userId === '' || userId === EMPTY_GUID) return null
  return {
    userId,
    username: text(me.UserName),
    email: text(me.Email),
    kind: kindOf(me),
    currentAdministration: divisionOf(me.CurrentDivision),
  }
}
