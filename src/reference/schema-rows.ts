import type { Schema } from './api-document.ts'

/** One field of an object: where it stands (`source.kind`, `lines[].vat_code`), what it holds, and whether it must be there. */
export type SchemaRow = { path: string; type: string; required: boolean; note: string }

type Schemas = Readonly<Record<string, Schema>>

/** Objects within objects: no field of ours stands deeper. */
const DEEPEST = 6

/** List every field of a schema, an object's own before those inside it. */
export function schemaRows(schema: Schema, schemas: Schemas): SchemaRow[] {
  return rowsBelow(schema, schemas, '', 0)
}

function rowsBelow(given: Schema, schemas: Schemas, at: string, depth: number): SchemaRow[] {
  const schema = resolved(given, schemas)
  if (depth > DEEPEST) return []
  if (schema.items !== undefined && schema.properties === undefined)
    return rowsBelow(schema.items, schemas, `${at}[]`, depth + 1)
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = at === '' ? name : `${at}.${name}`
    const inside = resolved(field, schemas)
    const row = {
      path,
      type: typeOf(inside, schemas),
      required: (schema.required ?? []).includes(name),
      note: noteOf(inside),
    }
    return [row, ...rowsBelow(field, schemas, path, depth + 1)]
  })
}

/** Follow a reference; of `X | null` and of parts put together, take what has fields. */
function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref !== undefined) return resolved(schemas[nameIn(schema.$ref)] ?? {}, schemas)
  const parts = schema.allOf ?? []
  if (parts.length > 0) {
    const all = parts.map(part => resolved(part, schemas))
    return {
      ...Object.assign({}, ...all),
      properties: Object.assign({}, ...all.map(part => part.properties ?? {}), schema.properties ?? {}),
      required: all.flatMap(part => part.required ?? []).concat(schema.required ?? []),
    }
  }
  const choices = schema.anyOf ?? schema.oneOf ?? []
  const real = choices.map(choice => resolved(choice, schemas)).filter(choice => choice.type !== 'null')
  const nullable = real.length < choices.length
  const [only] = real
  if (real.length === 1 && only !== undefined)
    return { ...only, type: [typeName(only), ...(nullable ? ['null'] : [])].flat() }
  return schema
}

export const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)

const typeName = ({ type, enum: values }: Schema): string[] =>
  [type ?? (values === undefined ? 'object' : 'string')].flat()

function typeOf(schema: Schema, schemas: Schemas): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined)
    return [...new Set(choices.map(choice => typeOf(resolved(choice, schemas), schemas)))].join(' | ')
  return typeName(schema)
    .map(type =>
      type === 'array' ? `${typeOf(resolved(schema.items ?? {}, schemas), schemas)}[]` : (schema.format ?? type),
    )
    .join(' | ')
}

/** What a type alone does not say: values, limits, what is taken when nothing is given. */
function noteOf(schema: Schema): string {
  const values = schema.enum ?? schema.items?.enum
  return [
    schema.description,
    values === undefined ? undefined : values.map(value => String(value)).join(' · '),
    schema.const === undefined ? undefined : String(schema.const),
    idForm(schema.pattern ?? schema.items?.pattern),
    schema.minimum === undefined ? undefined : `≥ ${schema.minimum}`,
    schema.maximum === undefined ? undefined : `≤ ${schema.maximum}`,
    schema.maxLength === undefined ? undefined : `≤ ${schema.maxLength}`,
    schema.maxItems === undefined ? undefined : `≤ ${schema.maxItems} ×`,
    schema.default === undefined ? undefined : `= ${JSON.stringify(schema.default)}`,
  ]
    .filter(part => part !== undefined && part !== '')
    .join(', ')
}

const idForm = (pattern: string | undefined): string | undefined => {
  const prefix = /^\^([a-z]{3}_)/.exec(pattern ?? '')?.[1]
  return prefix === undefined ? undefined : `${prefix}…`
}
