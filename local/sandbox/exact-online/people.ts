import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { inputs } from './control-inputs.ts'
import { endpoints } from './endpoints.ts'
import type { Action, User } from './model.ts'
import type { World } from './state.ts'

type Given<K extends keyof typeof inputs> = z.output<(typeof inputs)[K]>

const everyAction: readonly Action[] = ['GET', 'POST', 'PUT', 'DELETE']

/** The user as it becomes: what is given over what was; a new one has no company until given. */
export function upserted(world: World, given: Given<'user'>): User {
  const username = given.username.toLowerCase()
  const divisions = given.divisions ?? world.users.get(username)?.divisions ?? []
  const before: User = world.users.get(username) ?? {
    user_id: randomUUID(),
    username,
    full_name: username,
    language: 'nl',
    kind: 'full',
    current_division: divisions[0] ?? 1001,
    divisions,
    rights: {},
    block_reason: null,
  }
  return {
    ...before,
    user_id: given.user_id?.toLowerCase() ?? before.user_id,
    full_name: given.full_name ?? before.full_name,
    language: given.language ?? before.language,
    kind: given.kind ?? before.kind,
    current_division: given.current_division ?? before.current_division,
    divisions,
  }
}

/** The user with rights given or taken; later calls win. */
export function withRight(world: World, user: User, given: Given<'right'>): User {
  const { division, endpoint, action, allowed } = given
  const companies = division === undefined ? world.divisions.values().map(({ code }) => code) : [division]
  const paths = endpoint === '*' ? [...endpoints.keys()] : [endpoint]
  const actions = action === '*' ? everyAction : [action]
  const keys = companies.flatMap(code => paths.flatMap(path => actions.map(name => `${code}|${path}|${name}`)))
  return { ...user, rights: { ...user.rights, ...Object.fromEntries(keys.map(key => [key, allowed])) } }
}
