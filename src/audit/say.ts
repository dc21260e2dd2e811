import { TROUBLE_KINDS } from '../connections/connection.ts'
import { ROLES } from '../people/role.ts'
import { isScope } from '../tenants/api-key.ts'
import type { Words } from '../words/words.ts'
import type { Log } from './log-read.ts'
import type { AuditEntry } from './store.ts'

/** Who acted, in words; for a key of the tenant also the characters by which its owners recognise it. */
export type SaidActor = { name: string; prefix: string | null }

/** Say who acted: `key:`, `person:` or `link:` with an id, or Zetel itself. */
export function sayActor(actor: string, { keys, names }: Pick<Log, 'keys' | 'names'>, words: Words): SaidActor {
  const say = words.setting.log.actors
  const [kind, id = ''] = actor.split(':')
  if (kind === 'person') return { name: names.get(id) ?? say.unknownPerson, prefix: null }
  if (kind === 'link') return { name: say.link, prefix: null }
  if (kind !== 'key') return { name: say.zetel, prefix: null }
  const key = keys.get(id)
  if (key === undefined) return { name: say.unknownKey, prefix: null }
  return key.ofOperator ? { name: say.operator, prefix: null } : { name: say.key(key.label), prefix: key.prefix }
}

/** Say the value of a fact: what has a word gets it, the rest stands as it was written. */
export function sayFact(name: string, value: AuditEntry['detail'][string], words: Words): string {
  const { setting, states, site, measures } = words
  if (typeof value === 'boolean') return setting.log.yesNo[value ? 'yes' : 'no']
  if (typeof value === 'number') return measures.number(value)
  const text = value ?? ''
  if (name === 'scopes')
    return text
      .split(' ')
      .map(scope => (isScope(scope) ? setting.keys.scopeNames[scope] : scope))
      .join(', ')
  if (name === 'fields') return text.replaceAll(' ', ', ')
  const role = name === 'role' ? ROLES.find(one => one === text) : undefined
  if (role !== undefined) return site.roles[role]
  const trouble = name === 'cause' ? TROUBLE_KINDS.find(one => one === text) : undefined
  return trouble === undefined ? text : states.troubles[trouble].text
}
