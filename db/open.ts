import { createClient } from '@libsql/client/web'
import type { BatchItem } from 'drizzle-orm/batch'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { drizzle } from 'drizzle-orm/libsql/web'
import * as schema from './schema/schema.ts'

export type Db = LibSQLDatabase<typeof schema>

/** One write to go into a batch. */
export type Statement = BatchItem<'sqlite'>

/** High enough never to make one request of a Worker wait for another's: that would end both. */
const CONCURRENCY = 10_000

/** A database that has not answered by then is away. */
const PATIENCE_MS = 20_000

/** Open a libSQL database over HTTP: Turso, or the local server. */
export const openDb = (url: string, authToken: string | undefined): Db =>
  drizzle({
    client: createClient({ url, concurrency: CONCURRENCY, fetch: reach, ...(authToken ? { authToken } : {}) }),
    schema,
  })

/** The database did not answer at all. Runtimes name that each in their own way; here it gets one name. */
class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable'
}

/**
 * Ask the database, body and all, within its patience. The timer ends with the answer: left to run out, as those of
 * `AbortSignal.timeout` do, a busy seat's would reach the 10,000 that workerd allows, and the database would seem away.
 */
async function reach(request: Request): Promise<Response> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    const response = await fetch(request, { signal: patience.signal })
    return response.body === null ? response : new Response(await response.arrayBuffer(), response)
  } catch (cause) {
    throw new DatabaseUnreachable('The database cannot be reached', { cause })
  } finally {
    clearTimeout(timer)
  }
}

type Affected = { rowsAffected: number }

/** Run statements as one batch, all or nothing; gives how many rows each of them changed. */
export async function runBatch(db: Db, statements: readonly Statement[]): Promise<number[]> {
  const [first, ...rest] = statements
  if (first === undefined) return []
  const results = await db.batch([first, ...rest])
  return results.map(result => (isAffected(result) ? result.rowsAffected : 0))
}

const isAffected = (result: unknown): result is Affected =>
  typeof result === 'object' && result !== null && 'rowsAffected' in result

/** Tell whether a statement failed on a unique index over this column (`table.column`), however deep the driver hid it. */
export const isTaken = (error: unknown, column: string): boolean =>
  causes(error).some(cause => cause.message.includes('UNIQUE constraint failed') && cause.message.includes(column))

/** Tell whether the database could not be reached or answered that it cannot work now. */
export const isDatabaseDown = (error: unknown): boolean =>
  causes(error).some(cause => ['DatabaseUnreachable', 'LibsqlError', 'LibsqlBatchError'].includes(cause.name)) &&
  !causes(error).some(cause => /constraint failed|syntax error|no such (table|column)/i.test(cause.message))

function causes(error: unknown): Error[] {
  const found: Error[] = []
  for (let at = error; at instanceof Error && found.length < 8; at = at.cause) found.push(at)
  return found
}
