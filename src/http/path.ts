import type { Context } from 'hono'
import { type IdByPrefix, isId } from '../id.ts'

/** What stands in a path between braces, and of which kind of id it must have the form. Other names are any text. */
const PREFIX_OF = {
  tenant: 'ten',
  provider_app: 'app',
  administration: 'adm',
  service_account: 'sva',
  integration: 'int',
  transaction: 'txn',
  api_key: 'key',
  person: 'per',
  invitation: 'inv',
  onboarding: 'onb',
  webhook: 'whk',
  webhook_delivery: 'msg',
} as const satisfies Record<string, keyof IdByPrefix>

type IdName = keyof typeof PREFIX_OF
type Param<Name extends string> = Name extends IdName ? IdByPrefix[(typeof PREFIX_OF)[Name]] : string

/** The parameters of a path template such as `/v1/tenants/{tenant}/api-keys/{api_key}`, by name. */
export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: Param<Name> } & ParamsOf<Rest>
  : unknown

const isIdName = (name: string): name is IdName => Object.hasOwn(PREFIX_OF, name)

/** Name the prefix that a parameter's ids bear; null for a parameter that is no id. */
export const prefixOf = (name: string): keyof IdByPrefix | null => (isIdName(name) ? PREFIX_OF[name] : null)

export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])

/** Read a template's parameters; null when one that is an id has not the form of one: such a thing cannot exist. */
export function paramsReader<Path extends string>(template: Path): (c: Context) => ParamsOf<Path> | null {
  const names = namesIn(template)
  const inForm = (params: Record<string, string>) =>
    names.every(name => {
      const prefix = prefixOf(name)
      return prefix === null || isId(prefix, params[name] ?? '')
    })
  // The template names what is read, and every id among it has just been checked.
  const isParams = (params: unknown): params is ParamsOf<Path> => isTexts(params) && inForm(params)
  return c => {
    const params: unknown = c.req.param()
    return isParams(params) ? params : null
  }
}

const isTexts = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null

/** Write a template as hono does; `{path}` is the rest of the path, slashes included. */
export const honoPath = (template: string): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'path' ? ':path{.+}' : `:${name}`))

/** Tell whether a path could be an instance of a template. */
export function matches(template: string, path: string): boolean {
  const wanted = template.split('/')
  const given = path.split('/')
  if (wanted.at(-1) === '{path}' && given.length >= wanted.length) given.length = wanted.length
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  )
}
