import { sql } from 'drizzle-orm'
import type { Db, Statement } from './open.ts'

/**
 * Put behind a compare-and-set in a batch: when that changed no row, the whole batch is undone. SQLite has no RAISE outside
 * triggers; reading text that is no JSON fails just as well.
 */
export const mustHaveChanged = (db: Db): Statement => db.run(sql`select json(iif(changes() = 0, 'nothing changed', '1'))`)

/** Tell whether a batch was undone because its compare-and-set changed no row. */
export function isUnchanged(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at.message.includes('malformed JSON')) return true
  return false
}
