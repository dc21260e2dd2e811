// One connection on the file, with its prepared statements. Calls are synchronous and never wait for a lock: a
// statement that meets one throws Busy, and whoever called decides when to try again.
import Database from 'libsql'
import { type Bound, type Column, HranaError, type StmtResult, toWire } from './protocol.ts'
import type { SqlShape } from './sql-shape.ts'
import { Busy, refusalFrom } from './sqlite-errors.ts'

/** What the connections of one file share. */
export type SharedState = {
  file: string
  /** Grows with every statement that may change the schema: column names are cached until then. */
  schemaVersion: number
  /** Called after every statement that may have left a commit in the WAL. */
  committed: () => void
}

type Prepared = { native: Database.Statement; reader: boolean; cols: Column[]; colsOf: number }

const WRITES_ROWS = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const KEEPS_SCHEMA = new Set([...WRITES_ROWS, 'SELECT', 'VALUES', 'EXPLAIN', 'BEGIN', 'COMMIT', 'END', 'SAVEPOINT'])
const COMMITS_NOTHING = new Set(['SELECT', 'VALUES', 'EXPLAIN', 'BEGIN', 'SAVEPOINT', 'ROLLBACK'])
const CHANGES_CONNECTION = /^(?:PRAGMA|ATTACH|DETACH|CREATE\s+TEMP)/i
const PREPARED_STATEMENTS = 256

export class Connection {
  readonly #db: Database.Database
  readonly #shared: SharedState
  readonly #prepared = new Map<string, Prepared>()
  #readonly = false
  #holdsWriteLock = false
  #changed = false

  constructor(shared: SharedState) {
    this.#shared = shared
    this.#db = new Database(shared.file, { timeout: 0 }).defaultSafeIntegers(true)
    // Commits are made durable by WalSync before they are answered: FULL would sync each of them a second time.
    this.#db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON')
    // The first read is what makes the WAL file.
    this.#db.exec('SELECT 1 FROM sqlite_schema')
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  /** Run one statement to its end; throws `Busy` or `HranaError`, and has then changed nothing. */
  run(shape: SqlShape, values: Bound[], wantRows: boolean): StmtResult {
    this.#refuseWriteWhenReadonly(shape)
    if (CHANGES_CONNECTION.test(shape.sql)) this.#changed = true
    try {
      const prepared = this.#prepare(shape.sql)
      if (isWrite(shape) && this.#db.inTransaction) this.#takeWriteLock()
      if (!prepared.reader) return this.#runWithoutRows(prepared, shape, values)
      if (WRITES_ROWS.has(shape.verb)) return this.#runReturning(prepared, shape, values, wantRows)
      return this.#runReader(prepared, values, wantRows)
    } catch (cause) {
      throw cause instanceof Busy || cause instanceof HranaError ? cause : refusalFrom(cause)
    } finally {
      this.#note(shape)
    }
  }

  /** Say what a statement would take and give, without running it. */
  describe(shape: SqlShape) {
    try {
      const prepared = this.#prepare(shape.sql)
      return {
        params: shape.params.map(name => ({ name })),
        cols: this.#columns(prepared),
        is_explain: shape.verb === 'EXPLAIN',
        is_readonly: !isWrite(shape),
      }
    } catch (cause) {
      throw refusalFrom(cause)
    }
  }

  /** Undo what is open; true when the next stream may have this connection as if it were new. */
  reset(): boolean {
    if (this.#db.inTransaction) this.#db.prepare('ROLLBACK').run()
    this.#readonly = false
    return !this.#changed
  }

  close(): void {
    this.#prepared.clear()
    this.#db.close()
  }

  #runWithoutRows({ native }: Prepared, shape: SqlShape, values: Bound[]): StmtResult {
    const { changes, lastInsertRowid } = native.run(values)
    if (shape.verb === 'BEGIN') this.#holdsWriteLock = /IMMEDIATE|EXCLUSIVE/i.test(shape.sql)
    const rowid = shape.verb === 'INSERT' || shape.verb === 'REPLACE' ? this.#exactRowid(lastInsertRowid) : null
    const affected = WRITES_ROWS.has(shape.verb) ? changes : 0
    return { cols: [], rows: [], affected_row_count: affected, last_insert_rowid: rowid }
  }

  #runReader(prepared: Prepared, values: Bound[], wantRows: boolean): StmtResult {
    const rows = this.#all(prepared, values)
    const cols = this.#columns(prepared, rows[0]?.length)
    const sent = wantRows ? rows.map(row => row.map(toWire)) : []
    return { cols, rows: sent, affected_row_count: 0, last_insert_rowid: null }
  }

  #runReturning(prepared: Prepared, shape: SqlShape, values: Bound[], wantRows: boolean): StmtResult {
    const own = !this.#db.inTransaction
    if (own) this.#prepare('BEGIN IMMEDIATE').native.run()
    try {
      const result = this.#runReader(prepared, values, wantRows)
      const rowid = shape.verb === 'INSERT' || shape.verb === 'REPLACE' ? this.#lastRowid() : null
      if (own) this.#prepare('COMMIT').native.run()
      return {
        ...result,
        affected_row_count: wantRows ? result.rows.length : this.#changes(),
        last_insert_rowid: rowid,
      }
    } catch (cause) {
      if (own && this.#db.inTransaction) this.#prepare('ROLLBACK').native.run()
      throw cause
    }
  }

  #all({ native }: Prepared, values: Bound[]): Bound[][] {
    try {
      return native.all(values) as Bound[][]
    } catch (cause) {
      const refusal = refusalFrom(cause)
      if (refusal instanceof Busy) this.#changed = true
      throw refusal
    }
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known) return known
    const native = this.#db.prepare(sql)
    const prepared = { native, reader: native.reader, cols: [], colsOf: -1 }
    if (prepared.reader) native.raw(true)
    const [oldest] = this.#prepared.keys()
    if (oldest !== undefined && this.#prepared.size >= PREPARED_STATEMENTS) this.#prepared.delete(oldest)
    this.#prepared.set(sql, prepared)
    return prepared
  }

  #columns(prepared: Prepared, width = prepared.cols.length): Column[] {
    if (prepared.reader && (prepared.colsOf !== this.#shared.schemaVersion || width !== prepared.cols.length)) {
      prepared.cols = prepared.native.columns().map(({ name, type }) => ({ name, decltype: type }))
      prepared.colsOf = this.#shared.schemaVersion
    }
    return prepared.cols
  }

  #exactRowid(rowid: number | bigint): string {
    return Number.isSafeInteger(rowid) ? String(rowid) : this.#lastRowid()
  }

  #lastRowid(): string {
    return String(this.#all(this.#prepare('SELECT last_insert_rowid()'), [])[0]?.[0])
  }

  #changes(): number {
    return Number(this.#all(this.#prepare('SELECT changes()'), [])[0]?.[0])
  }

  // A statement that meets a lock midway is left hanging by the native driver, with its snapshot, beyond the rollback.
  // So the lock is taken first, by one that writes nothing and that exec() clears away whatever happens.
  #takeWriteLock(): void {
    if (!this.#holdsWriteLock) this.#db.exec('PRAGMA incremental_vacuum')
    this.#holdsWriteLock = true
  }

  // The native driver takes BEGIN … READONLY and then writes all the same.
  #refuseWriteWhenReadonly(shape: SqlShape): void {
    if (shape.verb === 'BEGIN') this.#readonly = /READONLY\W*$/i.test(shape.sql)
    else if (this.#readonly && isWrite(shape) && this.#db.inTransaction)
      throw new HranaError('SQLite error: attempt to write a readonly database', 'SQLITE_READONLY')
  }

  #note(shape: SqlShape): void {
    if (!KEEPS_SCHEMA.has(shape.verb)) this.#shared.schemaVersion++
    if (this.#db.inTransaction) return
    this.#holdsWriteLock = false
    if (!COMMITS_NOTHING.has(shape.verb)) this.#shared.committed()
  }
}

function isWrite({ verb }: SqlShape): boolean {
  return WRITES_ROWS.has(verb) || ['CREATE', 'DROP', 'ALTER', 'REINDEX', 'ANALYZE', 'VACUUM'].includes(verb)
}
