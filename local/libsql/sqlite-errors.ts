// SQLite's refusals in the words of Turso's server, which sends the primary code only (SQLITE_CONSTRAINT, never
// SQLITE_CONSTRAINT_UNIQUE) and says which constraint it was in the message.
import { HranaError } from './protocol.ts'

/** Somebody else holds the lock this statement needs; it did nothing and may be tried again. */
export class Busy extends Error {}

/** What a statement that could not be run meets: `Busy` when waiting helps, else the refusal for the client. */
export function refusalFrom(cause: unknown): Busy | HranaError {
  if (!(cause instanceof Error)) return new HranaError(String(cause), 'SQLITE_UNKNOWN')
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'SQLITE_UNKNOWN'
  // SQLITE_BUSY_SNAPSHOT is left out: this transaction has read what has since changed, and waiting never helps it.
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_BUSY_RECOVERY') return new Busy()
  if (code === 'SQLITE_ERROR') return fromGenericError(cause.message)
  return new HranaError(`SQLite error: ${cause.message}`, code.split('_').slice(0, 2).join('_'))
}

/** The refusal after waiting in vain for somebody else's lock. */
export function stillBusy(): HranaError {
  return new HranaError('SQLite error: database is locked', 'SQLITE_BUSY')
}

function fromGenericError(message: string): HranaError {
  if (/syntax error$|^incomplete input|^unrecognized token/.test(message))
    return new HranaError(`SQL string could not be parsed: ${message}`, 'SQL_PARSE_ERROR')
  if (message.startsWith('no such column')) return new HranaError(`SQLite input error: ${message}`, 'SQL_INPUT_ERROR')
  return new HranaError(`SQLite error: ${message}`, 'SQLITE_UNKNOWN')
}
