import { sql } from 'drizzle-orm'
import type { Db, Statement } from './open.ts'

/** Undo the whole batch when the statement before this one changed nothing: what goes with a compare-and-set goes or stays with it. */
export const orUndoAll = (db: Db): Statement => db.run(sql`select case changes() when 0 then json('') end`)

/** Tell whether a batch was undone by `orUndoAll`: SQLite's words for an empty JSON text. */
export function isOutdated(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at.message.includes('malformed JSON')) return true
  return false
}
