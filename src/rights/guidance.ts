import type { Warning } from '../connections/connection.ts'
import { ACCESS_SCREEN, appScreen, rightsScreen, USERS_SCREEN } from '../providers/exact-online/screens.ts'
import type { ScreenPath } from '../providers/provider.ts'
import type { RightSeen, RightWords } from '../words/right-words.ts'
import type { RemedyAbout } from './remedy.ts'
import type { Cause } from './right.ts'

/** The provider's screens on which something is mended, and what to do there in order. */
export type Guidance = { paths: ScreenPath[]; steps: string[] }

/** What a remedy is about, in words, with the words to say it in. */
export type Seen = RightSeen & { about: RemedyAbout; rights: RightWords }

/** Make of steps that happen on no screen of the provider's. */
export const nowhere = (...steps: string[]): Guidance => ({ paths: [], steps })

const userScreen = ({ about, rights }: Seen): ScreenPath => rightsScreen(about.username ?? rights.inPath.user)

/** A user made for one administration and for nothing else (EOL-07, EOL-11). */
export function newUser(administration: string, { steps, inPath }: RightWords): Guidance {
  const screens = { users: USERS_SCREEN, access: ACCESS_SCREEN, rights: rightsScreen(inPath.user) }
  return { paths: [screens.users, screens.access, screens.rights], steps: steps.newUser(administration, screens) }
}

/** Both paths of EOL-08, the one that matters most first, and the probe of EOL-05. */
function onUser(seen: Seen, first: 'access' | 'rights'): Guidance {
  const { steps } = seen.rights
  const access = { path: ACCESS_SCREEN, step: steps.setAccess(seen, ACCESS_SCREEN) }
  const inside = { path: userScreen(seen), step: steps.setRights(seen, userScreen(seen)) }
  const both = first === 'access' ? [access, inside] : [inside, access]
  return {
    paths: both.map(one => one.path),
    steps: [...both.map(one => one.step), steps.checkAgain, ...steps.probe(seen)],
  }
}

/** EOL-07: exactly two ways out, the second with what an accountancy licence asks besides. */
function officeUser(administration: string | null, accountancy: boolean | null, { steps }: RightWords): string[] {
  const existing = steps.existingOfficeUser(administration)
  const also =
    accountancy === false ? '' : ` ${steps.accountancyLicence(administration, ACCESS_SCREEN, accountancy === true)}`
  return [steps.newOfficeUser(administration, USERS_SCREEN), `${existing}${also}`]
}

/** DIV-08 to DIV-11: give a published app an administration. */
function onApp(administration: string, accountancy: boolean | null, { steps, inPath }: RightWords): Guidance {
  const screen = appScreen(inPath.app)
  return {
    paths: [screen],
    steps: [
      steps.openApp(screen),
      steps.belowTheFold,
      steps.allAdministrations,
      steps.grant(administration),
      steps.newOnesNoLongerAdded,
      ...(accountancy === false ? [] : [steps.linkedEntrepreneurs(accountancy === true)]),
    ],
  }
}

const reconnect = (seen: Seen): Guidance => nowhere(seen.rights.steps.connectAgain(seen.user))

const scope = ({ right, rights }: Seen): Guidance =>
  nowhere(rights.steps.registerScope(right), rights.steps.approveScope)

/** Where and how to mend each cause. */
export const guidance: Record<Cause, (seen: Seen) => Guidance> = {
  not_connected: ({ rights }) => nowhere(rights.steps.connectUnused),
  reconnect_required: reconnect,
  provider_refuses_connection: ({ administration, rights }) => newUser(administration, rights),
  user_blocked: ({ user, rights }) => ({ paths: [USERS_SCREEN], steps: [rights.steps.unblock(user, USERS_SCREEN)] }),
  client_user: seen => ({
    paths: [USERS_SCREEN, ACCESS_SCREEN, userScreen(seen)],
    steps: [...officeUser(seen.administration, seen.about.accountancy, seen.rights), ...seen.rights.steps.probe(seen)],
  }),
  app_scope_missing: scope,
  app_scope_doubtful: scope,
  licence_expired: ({ rights }) => nowhere(rights.steps.renewLicence),
  licence_module: seen => nowhere(seen.rights.steps.checkModule(seen), ...seen.rights.steps.probe(seen)),
  division_out_of_scope: ({ administration, about, rights }) => {
    const { paths, steps } = onApp(administration, about.accountancy, rights)
    const otherwise = about.registration === 'published' ? [rights.steps.selfRegistered] : []
    return { paths, steps: [...steps, rights.steps.checkAgain, ...otherwise] }
  },
  administration_out_of_reach: seen => onUser(seen, 'access'),
  administration_unproven: seen => onUser(seen, 'access'),
  right_missing: seen => onUser(seen, 'rights'),
  right_derived: seen => onUser(seen, 'rights'),
  right_unproven: seen => onUser(seen, 'rights'),
}

/** Where and how to do something about a warning. */
export function guidanceOnWarning(
  warning: Warning,
  { accountancy }: Pick<RemedyAbout, 'username' | 'accountancy'>,
  rights: RightWords,
): Guidance {
  switch (warning.kind) {
    case 'client_user':
      return { paths: [USERS_SCREEN, ACCESS_SCREEN], steps: officeUser(null, accountancy, rights) }
    case 'rights_missing':
      return { paths: [rightsScreen(rights.inPath.user), ACCESS_SCREEN], steps: [rights.steps.checkAgain] }
    case 'user_signed_in_elsewhere':
      return nowhere(rights.steps.connectUnused)
    case 'administration_not_granted':
      return onApp(warning.administration, accountancy, rights)
    case 'administrations_picked_by_hand':
      return onPicked(accountancy, rights)
  }
}

function onPicked(accountancy: boolean | null, { steps, inPath }: RightWords): Guidance {
  const screen = appScreen(inPath.app)
  const entrepreneurs = accountancy === false ? [] : [steps.linkedEntrepreneurs(accountancy === true)]
  return {
    paths: [screen],
    steps: [steps.openApp(screen), steps.belowTheFold, steps.allAdministrations, ...entrepreneurs],
  }
}
