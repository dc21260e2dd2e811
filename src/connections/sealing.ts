import type { Seat } from '../seats/seat.ts'
import type { Connection } from './connection.ts'
import type { Credential, Held } from './credential.ts'
import type { Place, Vault } from './vault.ts'

type Field = 'current' | 'previous'

/** What a sealed credential is bound to: its tenant, connection, provider, field and row version (P22). */
const placeOf = (seat: Seat, field: Field): Place => ({
  tenant: seat.tenant.id,
  connection: seat.connection.id,
  provider: seat.app.provider,
  field,
  rowVersion: seat.connection.rowVersion,
})

export type Sealed = Pick<Connection, 'sealedCurrent' | 'sealedPrevious' | 'proven'>

/** Seal what a seat holds for its connection at its row version, as it will be written. */
export async function sealHeld(vault: Vault, seat: Seat, held: Held | null): Promise<Sealed> {
  const put = (field: Field, credential: Credential | null) =>
    credential === null ? null : vault.seal(placeOf(seat, field), JSON.stringify(credential))
  return {
    sealedCurrent: await put('current', held?.current ?? null),
    sealedPrevious: await put('previous', held?.previous ?? null),
    proven: held?.proven ?? false,
  }
}

/** Open what a seat's connection holds; throws when the keys at hand cannot, or it was sealed for another place. */
export async function openHeld(vault: Vault, seat: Seat): Promise<Held | null> {
  const { sealedCurrent, sealedPrevious, proven } = seat.connection
  const take = async (field: Field, sealed: Uint8Array | null): Promise<Credential | null> => {
    if (sealed === null) return null
    const opened = await vault.open(placeOf(seat, field), new Uint8Array(sealed))
    if (!opened.ok) throw new Error(`The ${field} credential of ${seat.integration.id} cannot be opened`)
    return JSON.parse(opened.value)
  }
  const current = await take('current', sealedCurrent)
  return current === null ? null : { current, previous: await take('previous', sealedPrevious), proven }
}
