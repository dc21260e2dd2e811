import { fail, ok, type Result } from '../result.ts'
import type { DocumentProblem } from './document-problem.ts'
import type { XmlElement } from './xml.ts'

/** An element with the way to it, for problems to name. */
export type Cursor = { element: XmlElement; path: string }

/** A UBL element by its customary prefix, which stands for the namespace and not for what the document writes. */
export type UblName = `cac:${string}` | `cbc:${string}`

const components = 'urn:oasis:names:specification:ubl:schema:xsd:Common'

/** The children of that name in the order of the document. From the second on, their path says which. */
export function children({ element, path }: Cursor, name: UblName): Cursor[] {
  const namespace = `${components}${name.startsWith('cac:') ? 'Aggregate' : 'Basic'}Components-2`
  const local = name.slice('cac:'.length)
  return element.children
    .filter(child => child.name === local && child.namespace === namespace)
    .map((child, index) => ({ element: child, path: `${path}/${name}${index > 0 ? `[${index + 1}]` : ''}` }))
}

/** The first element along these names, whichever others there are. */
export function first(at: Cursor, ...names: UblName[]): Cursor | null {
  let here: Cursor | undefined = at
  for (const name of names) here = here && children(here, name)[0]
  return here ?? null
}

/** The only child of that name, or `null`. */
export function optional(at: Cursor, name: UblName): Result<Cursor | null, DocumentProblem> {
  const [only = null, another] = children(at, name)
  return another ? fail({ kind: 'repeated', path: another.path }) : ok(only)
}

/** The only child of that name. */
export function required(at: Cursor, name: UblName): Result<Cursor, DocumentProblem> {
  const only = optional(at, name)
  if (!only.ok) return only
  return only.value ? ok(only.value) : fail({ kind: 'missing', path: `${at.path}/${name}` })
}

/** The text of an element without the white space around it, `''` where there is no element. */
export const textOf = (at: Cursor | null): string => at?.element.text.trim() ?? ''

/** Every part, or the first problem among them. */
export function together<T extends object>(
  parts: {
    [K in keyof T]: Result<T[K], DocumentProblem>
  },
): Result<T, DocumentProblem> {
  const values: Partial<T> = {}
  for (const key in parts) {
    const part = parts[key]
    if (!part.ok) return part
    values[key] = part.value
  }
  return ok(values as T)
}

/** Every value, or the first problem among them. */
export function each<T>(parts: Result<T, DocumentProblem>[]): Result<T[], DocumentProblem> {
  const values: T[] = []
  for (const part of parts) {
    if (!part.ok) return part
    values.push(part.value)
  }
  return ok(values)
}
