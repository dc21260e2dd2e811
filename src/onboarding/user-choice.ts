import type { Failure } from '../failure.ts'
import { invalid } from '../http/input.ts'
import type { ServiceAccountId } from '../id.ts'
import { ok, type Result } from '../result.ts'
import { nameKey } from '../seats/account-lines.ts'
import { type Assignment, type Candidate, plan, type Wanted } from '../seats/plan.ts'
import type { OnboardingWords } from '../words/onboarding-words.ts'

/** A user as the guided flow sees it. */
export type UserSeen = Candidate & {
  email: string
  /** The label of the tenant's integration on whose seat it sits; null when it sits on none, or on this flow's own. */
  sitsOn: string | null
  /** The label of another integration that is being connected with it. */
  promisedTo: string | null
}

/** Why a user cannot be chosen (EOL-11): where it sits is told within the tenant only. */
export type Obstacle =
  | { kind: 'sits_on'; label: string }
  | { kind: 'in_use' }
  | { kind: 'promised'; label: string }
  | { kind: 'out_of_reach'; administration: string }

export type Choosable = { user: UserSeen; caution: Assignment['caution'] }
export type Users = { choosable: Choosable[]; others: { user: UserSeen; obstacle: Obstacle }[] }

/** Tell the users that could sit on a seat from those that cannot: only one that is used for nothing yet will do (EOL-11). */
export function sortUsers(users: readonly UserSeen[], wanted: Wanted): Users {
  const sorted: Users = { choosable: [], others: [] }
  for (const user of users) {
    const obstacle = obstacleFor(user, wanted)
    if (obstacle !== null) sorted.others.push({ user, obstacle })
    else sorted.choosable.push({ user, caution: alone(user, wanted).caution })
  }
  return sorted
}

function obstacleFor(user: UserSeen, wanted: Wanted): Obstacle | null {
  if (user.sitsOn !== null) return { kind: 'sits_on', label: user.sitsOn }
  if (user.seatedAt.includes(wanted.providerAppId)) return { kind: 'in_use' }
  if (user.promisedTo !== null) return { kind: 'promised', label: user.promisedTo }
  const { how } = alone(user, wanted)
  return how === 'new_user' ? { kind: 'out_of_reach', administration: wanted.administration } : null
}

/** What the seat plan would say if there were this one user. */
function alone(user: UserSeen, wanted: Wanted): Assignment {
  const [assignment] = plan([{ ...wanted, seatedAccountId: null }], [user]).assignments
  if (assignment === undefined) throw new Error('A plan for one gives one')
  return assignment
}

/** Who is to sign in, as it was sent: an account's id, `new`, or `anyone`. */
export type UserAsked = { account: string; username?: string | undefined; email?: string | undefined }

export type UserChosen =
  | { kind: 'existing'; id: ServiceAccountId }
  | { kind: 'new'; username: string; email: string }
  /** Whoever opens the link: nobody is named. */
  | { kind: 'anyone' }

/** Decide on a choice of user; refused when that user is used already, in whatever way it was named (EOL-11). */
export function decideUser(asked: UserAsked, users: Users, words: OnboardingWords): Result<UserChosen, Failure> {
  if (asked.account === 'anyone') return ok({ kind: 'anyone' })
  if (asked.account === 'new') return decideNew(asked, users, words)
  const other = users.others.find(({ user }) => user.id === asked.account)
  if (other !== undefined)
    return invalid({ pointer: '/account', message: words.user.refused(other.user.username, other.obstacle) })
  const chosen = users.choosable.find(({ user }) => user.id === asked.account)
  if (chosen === undefined) return invalid({ pointer: '/account', message: { kind: 'not_found_here' } })
  return ok({ kind: 'existing', id: chosen.user.id })
}

const isSame = (one: string, other: string): boolean => nameKey(one) === nameKey(other)

/** A name and an address tell who signed in: neither may be another user's. Sent again, a new user is the one made before. */
function decideNew({ username, email }: UserAsked, users: Users, words: OnboardingWords): Result<UserChosen, Failure> {
  const missing = Object.entries({ username, email }).filter(([, value]) => value === undefined)
  if (username === undefined || email === undefined)
    return invalid(...missing.map(([name]) => ({ pointer: `/${name}`, message: { kind: 'mandatory' } as const })))
  const other = users.others.find(({ user }) => isSame(user.username, username))
  if (other !== undefined)
    return invalid({ pointer: '/username', message: words.user.refused(other.user.username, other.obstacle) })
  const known = users.choosable.find(({ user }) => isSame(user.username, username))?.user
  if (known !== undefined && isSame(known.email, email)) return ok({ kind: 'existing', id: known.id })
  if (known !== undefined) return invalid({ pointer: '/username', message: words.user.nameTaken(known.username) })
  const all = [...users.choosable, ...users.others].map(({ user }) => user)
  const owner = all.find(user => isSame(user.email, email) || isSame(user.username, email))
  if (owner !== undefined) return invalid({ pointer: '/email', message: words.user.emailTaken(owner.username) })
  return ok({ kind: 'new', username, email })
}
