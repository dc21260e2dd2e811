import type { Failure } from '../failure.ts'
import { sayFailure, sayField } from '../words/problem-words.ts'
import type { Words } from '../words/words.ts'
import type { Fields } from './fields-of.ts'

/** How a form stands: what is in its fields and what is wrong with them. */
export type FormState = {
  /** The value of a field, as it was sent or as it is now. */
  value(name: string): string
  /** All values of a field that may have several, such as `roles[]`. */
  values(name: string): readonly string[]
  /** What is wrong with a field, in words; undefined for nothing. */
  error(name: string): string | undefined
  /** Fields that are wrong, for the list on top. */
  errors: readonly { name: string; message: string }[]
  /** What was refused that is no field's fault. */
  refusal: { title: string; detail: string; code: string } | null
}

export type Values = Record<string, string | readonly string[] | null | undefined>

/** A form that nobody has sent yet. */
export function blank(values: Values = {}): FormState {
  const all = (name: string): readonly string[] => {
    const value = values[name]
    return value === undefined || value === null ? [] : typeof value === 'string' ? [value] : value
  }
  return { value: name => all(name)[0] ?? '', values: all, error: () => undefined, errors: [], refusal: null }
}

/** A form as it was sent, with why it was refused: nothing that was typed is lost. */
export function attempted(fields: Fields, failure: Failure, words: Words): FormState {
  const errors =
    failure.kind === 'invalid'
      ? failure.errors.map(({ pointer, message }) => ({
          name: fieldAt(nameOf(pointer), fields),
          message: sayField(words.problems, message),
        }))
      : []
  const said = sayFailure(words.problems, failure, words.measures.wait(60))
  return {
    value: name => fields.get(name)?.[0] ?? '',
    values: name => fields.get(name) ?? [],
    error: name => errors.find(error => error.name === name || `${error.name}[]` === name)?.message,
    errors,
    refusal: failure.kind === 'invalid' ? null : { ...said, code: failure.kind },
  }
}

/** The field that was sent for a value: an item's fault is its list's, when the list was one field. */
function fieldAt(name: string, fields: Fields): string {
  const steps = name.split('.')
  const names = steps.map((_, at) => steps.slice(0, steps.length - at).join('.'))
  return names.find(one => fields.has(one) || fields.has(`${one}[]`)) ?? name
}

/** A field's name from where its value stands (RFC 6901): `/source/kind` is `source.kind`. */
export const nameOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
