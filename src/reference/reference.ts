import type { ApiDocument, Operation, Schema } from './api-document.ts'
import { type SchemaRow, schemaRows } from './schema-rows.ts'

/** One call, ready to be shown. */
export type Call = {
  id: string
  method: string
  path: string
  summary: string
  description: string
  /** It needs no key. */
  open: boolean
  parameters: { name: string; where: string; required: boolean; note: string }[]
  body: SchemaRow[]
  answer: { status: string; rows: SchemaRow[] } | null
  refusals: { status: string; text: string }[]
}

/** The calls of one resource, at an address of their own. */
export type Chapter = { tag: string; slug: string; calls: Call[] }

/** Sort the document's calls by resource, in the order in which it names them. */
export function chapters(document: ApiDocument): Chapter[] {
  const found = new Map<string, Call[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? 'Operation'
      found.set(tag, [...(found.get(tag) ?? []), callOf(document, path, method, operation)])
    }
  }
  return [...found].map(([tag, calls]) => ({ tag, slug: slugOf(tag), calls }))
}

export const slugOf = (tag: string): string => tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

function callOf(document: ApiDocument, path: string, method: string, operation: Operation): Call {
  const { schemas } = document.components
  const rows = (schema: Schema | undefined) => (schema === undefined ? [] : schemaRows(schema, schemas))
  const responses = Object.entries(operation.responses)
  const success = responses.find(([status]) => status.startsWith('2'))
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description ?? '',
    open: operation.security?.length === 0,
    parameters: (operation.parameters ?? []).map(({ name, in: where, required, description, schema }) => ({
      name,
      where,
      required: required === true,
      note: [description ?? '', ...(schema?.enum ?? []).map(String)].filter(text => text !== '').join(' · '),
    })),
    body: rows(operation.requestBody?.content?.['application/json']?.schema),
    answer:
      success === undefined
        ? null
        : { status: success[0], rows: rows(success[1].content?.['application/json']?.schema) },
    refusals: responses
      .filter(([status]) => !status.startsWith('2'))
      .map(([status, { description }]) => ({ status, text: description })),
  }
}
