import { z } from '@hono/zod-openapi'
import type { SchemaFault } from '../failure.ts'

/** The cursor is opaque to callers: the last id of a page. */
const encode = (id: string): string => btoa(id).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

function decode(cursor: string): string | null {
  try {
    const id = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return /^[a-z]{3}_[0-9a-z]{26}$/.test(id) ? id : null
  } catch {
    return null
  }
}

const Cursor = z
  .string()
  .max(100)
  .transform((text, context) => {
    const id = decode(text)
    if (id === null) context.addIssue({ code: 'custom', message: 'not_a_cursor' satisfies SchemaFault })
    return id ?? z.NEVER
  })

/** How every list is asked for; put further filters beside these. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
}

export const PageQuery = z.strictObject(pageFields)

/** Which rows of a list: those after an id (null: from the start), one more than a page so as to know of a next one. */
export type Slice = { after: string | null; limit: number }

export const sliceOf = (query: { limit: number; cursor?: string | undefined }): Slice => ({
  after: query.cursor ?? null,
  limit: query.limit + 1,
})

/** How every list is answered. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), next_cursor: z.string().nullable() })

/** Make a page of the rows of a slice. */
export function pageOf<Row extends { id: string }, Item>(
  rows: readonly Row[],
  slice: Slice,
  toItem: (row: Row) => Item,
) {
  const shown = rows.slice(0, slice.limit - 1)
  const last = shown.at(-1)
  return {
    data: shown.map(toItem),
    next_cursor: rows.length < slice.limit || last === undefined ? null : encode(last.id),
  }
}
