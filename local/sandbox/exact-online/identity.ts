import { type Caller, grantedDivisions } from './caller.ts'
import { endpoints } from './endpoints.ts'
import { type Call, html, json, type Reply } from './http.ts'
import type { Action, Division, User } from './model.ts'
import { refusal, results } from './odata.ts'
import { hasRight } from './rights.ts'
import type { World } from './state.ts'

const features: Record<string, [id: number, description: string]> = {
  financial: [1, 'Accounting'],
  crm: [2, 'CRM'],
  sales: [3, 'Sales invoices and orders'],
  logistics: [4, 'Items and stock'],
}

/** Answer current/Me. */
export function me(world: World, { user }: Caller): Reply {
  const client = user.kind === 'client'
  const own = world.divisions.get(String(user.current_division))
  return results([
    {
      ...person(world, user),
      FirstName: user.full_name.split(' ')[0] ?? '',
      MiddleName: '',
      LastName: user.full_name.split(' ').slice(1).join(' '),
      Initials: null,
      Title: null,
      Gender: 'O',
      Nationality: 'NL',
      LanguageCode: user.language === 'nl' ? 'nl-NL' : 'en-GB',
      Mobile: null,
      Phone: null,
      PhoneExtension: null,
      PictureUrl: null,
      EmployeeID: null,
      CurrentDivision: user.current_division,
      AccountingDivision: user.current_division,
      DossierDivision: 0,
      DivisionCustomer: null,
      DivisionCustomerCode: null,
      DivisionCustomerName: own?.name ?? null,
      DivisionCustomerVatNumber: own?.vat_number ?? null,
      DivisionCustomerSiretNumber: null,
      CustomerCode: '              1234',
      PackageCode: 'SANDBOX',
      Legislation: own?.country === 'BE' ? 2 : 1,
      IsClientUser: client,
      IsEmployeeSelfServiceUser: false,
      IsMyFirmLiteUser: false,
      IsMyFirmPortalUser: client,
      IsStarterUser: false,
      IsOEIMigrationMandatory: false,
      ServerTime: `/Date(${world.now()})/`,
      ServerUtcOffset: 0,
    },
  ])
}

/** Answer system/Divisions: the companies this user reaches and has granted to the app. */
export function ownDivisions(world: World, caller: Caller): Reply {
  const reachable = granted(world, caller).filter(division => caller.user.divisions.includes(division.code))
  return results(reachable.map(division => divisionRow(division, caller.user)))
}

/** Answer system/AllDivisions: every company of the licence, access or not, as far as granted. */
export function allDivisions(world: World, caller: Caller): Reply {
  return results(granted(world, caller).map(division => divisionRow(division, caller.user)))
}

/** Answer system/Users. */
export function systemUsers(world: World): Reply {
  return results(
    world.users.values().map(user => ({
      ...person(world, user),
      Customer: null,
      CustomerName: null,
      StartDate: null,
      EndDate: null,
      LastLogin: null,
      UserTypeCode: user.kind === 'client' ? 'CLIENT' : 'FULL',
      ProfileCode: null,
      UserDivisionList: user.divisions.join(','),
      AuthenticationType: 10,
      HasTwoStepVerification: true,
      HasRegisteredForTwoStepVerification: true,
      IsAnonymised: false,
    })),
  )
}

/** Answer system/AvailableFeatures. */
export function availableFeatures(world: World): Reply {
  return results(
    world.modules.flatMap(module => {
      const feature = features[module]
      return feature === undefined ? [] : [{ ID: feature[0], Description: feature[1] }]
    }),
  )
}

/** Answer users/UserHasRights: the user's right alone, blind to licence, scope and grant. */
export function userHasRights(world: World, call: Call, { user }: Caller, division: number): Reply {
  const endpoint = quoted(call.query.get('endpoint'))
  const action = quoted(call.query.get('action'))
  if (endpoint === null || action === null) return refusal(400, 'Bad Request - Error in query syntax.')
  if (!endpoints.has(endpoint) || !isAction(action)) return refusal(400, 'Bad Request - Unknown endpoint or action.')
  const right = hasRight(user, division, endpoint, action)
  const answers = {
    object: () => json(200, { d: { UserHasRights: right } }),
    bare: () => json(200, { d: right }),
    html: () => html(200, '<!doctype html><title>Exact Online</title><p>Even geduld</p>'),
    error: () => refusal(500, 'Object reference not set to an instance of an object.'),
  }
  return answers[world.settings.user_has_rights_shape]()
}

function person(world: World, user: User): Record<string, unknown> {
  return {
    UserID: world.settings.braced_user_ids ? `{${user.user_id.toUpperCase()}}` : user.user_id,
    UserName: user.username,
    Email: user.username,
    FullName: user.full_name,
    Language: user.language === 'nl' ? 'NL-NL' : 'EN-GB',
  }
}

function granted(world: World, caller: Caller): Division[] {
  const list = grantedDivisions(world, caller)
  return world.divisions.values().filter(division => list === null || list.includes(division.code))
}

function divisionRow(division: Division, user: User): Record<string, unknown> {
  return {
    Code: division.code,
    Description: division.name,
    CustomerName: division.name,
    CustomerCode: '              1234',
    Hid: String(division.code),
    Country: division.country,
    Currency: 'EUR',
    Current: division.code === user.current_division,
    Status: 1,
    BlockingStatus: 0,
    IsMainDivision: division.main,
    IsPracticeDivision: false,
    IsDossierDivision: false,
    DivisionMoveDate: null,
    VATNumber: division.vat_number,
    ChamberOfCommerceNumber: null,
  }
}

function quoted(text: string | null): string | null {
  return /^'([^']*)'$/.exec(text ?? '')?.[1] ?? null
}

function isAction(text: string): text is Action {
  return text === 'GET' || text === 'POST' || text === 'PUT' || text === 'DELETE'
}
