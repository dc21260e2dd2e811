import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalUserId, readIdentity } from '../../../src/providers/exact-online/identity.ts'
import { answer, GUID, ODD, rows } from './answers.ts'

const me = {
  UserID: GUID,
  UserName: 'koppeling@bakker.nl',
  Email: 'post@bakker.nl',
  CurrentDivision: 123,
  IsClientUser: false,
  IsEmployeeSelfServiceUser: false,
  IsMyFirmLiteUser: false,
  IsMyFirmPortalUser: false,
  IsStarterUser: false,
}
const read = (deviation: object) => readIdentity(answer(200, rows({ ...me, ...deviation })))

describe('identity', () => {
  it('reads who consented', () => {
    expect(read({})).toEqual({
      userId: GUID,
      username: 'koppeling@bakker.nl',
      email: 'post@bakker.nl',
      kind: 'full_user',
      currentAdministration: '123',
    })
  })

  it('EOL-09 brings every writing of a UserID to one form', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (id, braces, upper) => {
        const cased = upper ? id.toUpperCase() : id
        expect(read({ UserID: braces ? `{${cased}}` : ` ${cased} ` })?.userId).toBe(id)
        expect(normalUserId(normalUserId(`{${cased}}`))).toBe(id)
      }),
    )
  })

  it.each([
    [{ IsClientUser: true }, 'client_user'],
    [{ IsMyFirmPortalUser: true }, 'client_user'],
    [{ IsMyFirmLiteUser: true, IsStarterUser: true }, 'client_user'],
    [{ IsStarterUser: true }, 'starter_user'],
    [{ IsEmployeeSelfServiceUser: true }, 'self_service_user'],
    [{ IsClientUser: 1 }, 'client_user'],
    [{ IsClientUser: undefined }, 'unknown'],
    [{ IsClientUser: null }, 'unknown'],
  ])('EOL-06 tells the user kind from %j', (flags, kind) => {
    expect(read(flags)?.kind).toBe(kind)
  })

  it('EOL-06 says unknown when Me has no flags', () => {
    expect(readIdentity(answer(200, rows({ UserID: GUID })))).toEqual({
      userId: GUID,
      username: '',
      email: '',
      kind: 'unknown',
      currentAdministration: null,
    })
  })

  it.each([null, '', '{}', 7, '00000000-0000-0000-0000-000000000000'])('seats nobody under UserID %j', UserID => {
    expect(read({ UserID })).toBeNull()
  })

  it('seats nobody when Me names two', () => {
    expect(readIdentity(answer(200, rows(me, me)))).toBeNull()
  })

  it.each(ODD)('reads nobody from %s', (_what, body) => {
    expect(readIdentity(answer(200, body))).toBeNull()
  })

  it('reads nobody from a refusal', () => {
    expect(readIdentity(answer(401, rows(me)))).toBeNull()
  })
})
