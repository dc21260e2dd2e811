/** What a form holds, name by name: a name may stand more than once. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** Longer and deeper than any form of ours. */
const MOST_FIELDS = 1_000
const STEP = /^[a-z0-9_]{1,60}$/i

type Tree = { [key: string]: unknown }

/** Read a form's body (`application/x-www-form-urlencoded`). */
export function fieldsOf(body: string): Fields {
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.size >= MOST_FIELDS) break
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [value])
    else values.push(value)
  }
  return fields
}

export const oneField = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? ''

/**
 * Make of a form's fields the object that a schema checks: `source.kind` stands inside `source`, `roles[]` is a list, and
 * digits number a list's items. A field left empty is a field not given. Errors point back: `/source/kind`.
 */
export function objectOf(fields: Fields, except: readonly string[] = []): Tree {
  const root: Tree = Object.create(null)
  for (const [name, values] of fields) {
    if (except.includes(name)) continue
    const isList = name.endsWith('[]')
    const steps = (isList ? name.slice(0, -2) : name).split('.')
    const given = values.filter(value => value.trim() !== '')
    if (!steps.every(step => STEP.test(step) && step !== '__proto__')) continue
    if (isList) put(root, steps, given)
    else if (given[0] !== undefined) put(root, steps, given[0])
  }
  return listed(root)
}

function put(root: Tree, steps: readonly string[], value: unknown): void {
  let at = root
  for (const step of steps.slice(0, -1)) {
    const next = at[step]
    const inside: Tree = isTree(next) ? next : Object.create(null)
    at[step] = inside
    at = inside
  }
  at[steps.at(-1) ?? ''] = value
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null

/** Turn what is numbered into lists, and the rest into plain objects. */
function listed(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      if (!isTree(value)) return [key, value]
      const numbered = Object.keys(value).every(step => /^\d+$/.test(step))
      return [key, numbered ? Object.values(listed(value)) : listed(value)]
    }),
  )
}
