// Answers the requests of one pipeline on one stream, in order. Nothing here awaits: a pipeline that meets no lock runs
// from its first statement to its last without anything in between, and one that does yields until it is its turn.
import type { Connection } from './connection.ts'
import type { Pool } from './pool.ts'
import {
  type Bound,
  type Condition,
  HranaError,
  type SqlRef,
  type Step,
  type Stmt,
  type StmtResult,
  type StreamRequest,
} from './protocol.ts'
import { type SqlShape, shapesOf } from './sql-shape.ts'
import { Busy, stillBusy } from './sqlite-errors.ts'
import type { Stream } from './streams.ts'
import type { Work } from './turns.ts'

type Wire = { message: string; code: string }
type BatchOutcome = { step_results: (StmtResult | null)[]; step_errors: (Wire | null)[] }

/** Answer every request of a pipeline; a refusal is a result, and the requests after it still run. */
export function* runPipeline(pool: Pool, stream: Stream, requests: StreamRequest[]): Work<unknown[]> {
  const results: unknown[] = []
  for (const request of requests) {
    try {
      const connection = yield* connectionOf(pool, stream)
      results.push({ type: 'ok', response: yield* answer(stream, connection, request) })
    } catch (error) {
      if (!(error instanceof HranaError)) throw error
      results.push({ type: 'error', error: error.wire })
    }
  }
  return results
}

function* connectionOf(pool: Pool, stream: Stream): Work<Connection> {
  if (stream.closed) throw new HranaError('The stream is closed', 'STREAM_CLOSED')
  while (!stream.connection) {
    stream.connection = pool.acquire()
    if (!stream.connection && !(yield)) throw stillBusy()
  }
  return stream.connection
}

function* answer(stream: Stream, connection: Connection, request: StreamRequest): Work<unknown> {
  const { type } = request
  switch (type) {
    case 'execute':
      return { type, result: yield* execute(stream, connection, request.stmt) }
    case 'batch':
      return { type, result: yield* runBatch(stream, connection, request.steps) }
    case 'sequence':
      for (const shape of shapesOf(textOf(stream, request.sql))) yield* run(connection, shape, unbound(shape), false)
      return { type }
    case 'describe':
      return { type, result: connection.describe(onlyStatement(textOf(stream, request.sql))) }
    case 'store_sql':
      stream.storedSql.set(request.sqlId, request.sql)
      return { type }
    case 'close_sql':
      stream.storedSql.delete(request.sqlId)
      return { type }
    case 'get_autocommit':
      return { type, is_autocommit: !connection.inTransaction }
    case 'close':
      stream.closed = true
      return { type }
  }
}

function* runBatch(stream: Stream, connection: Connection, steps: Step[]): Work<BatchOutcome> {
  const outcome: BatchOutcome = { step_results: [], step_errors: [] }
  for (const { stmt, condition } of steps) {
    let result: StmtResult | null = null
    let refusal: Wire | null = null
    if (!condition || holds(condition, outcome, connection)) {
      try {
        result = yield* execute(stream, connection, stmt)
      } catch (error) {
        if (!(error instanceof HranaError)) throw error
        refusal = error.wire
      }
    }
    outcome.step_results.push(result)
    outcome.step_errors.push(refusal)
  }
  return outcome
}

function holds(condition: Condition, outcome: BatchOutcome, connection: Connection): boolean {
  switch (condition.type) {
    case 'ok':
      return earlier(outcome.step_results, condition.step) !== null
    case 'error':
      return earlier(outcome.step_errors, condition.step) !== null
    case 'not':
      return !holds(condition.cond, outcome, connection)
    case 'and':
      return condition.conds.every(each => holds(each, outcome, connection))
    case 'or':
      return condition.conds.some(each => holds(each, outcome, connection))
    case 'is_autocommit':
      return !connection.inTransaction
  }
}

function earlier<Entry>(entries: Entry[], step: number): Entry {
  const entry = entries[step]
  if (entry === undefined) throw new HranaError('Invalid reference to step in a condition', 'BATCH_COND_BAD_STEP')
  return entry
}

function* execute(stream: Stream, connection: Connection, stmt: Stmt): Work<StmtResult> {
  const shape = onlyStatement(textOf(stream, stmt.sql))
  return yield* run(connection, shape, bind(shape, stmt), stmt.wantRows)
}

function* run(connection: Connection, shape: SqlShape, values: Bound[], wantRows: boolean): Work<StmtResult> {
  for (;;) {
    try {
      return connection.run(shape, values, wantRows)
    } catch (error) {
      if (!(error instanceof Busy)) throw error
    }
    if (!(yield)) throw stillBusy()
  }
}

function textOf(stream: Stream, ref: SqlRef): string {
  if ('sql' in ref) return ref.sql
  const sql = stream.storedSql.get(ref.sqlId)
  if (sql === undefined) throw new HranaError(`SQL text ${ref.sqlId} not found`, 'SQL_NOT_FOUND')
  return sql
}

function onlyStatement(sql: string): SqlShape {
  const [shape, second] = shapesOf(sql)
  if (!shape) throw new HranaError('SQL string does not contain any statement', 'SQL_NO_STATEMENT')
  if (second) throw new HranaError('SQL string contains more than one statement', 'SQL_MANY_STATEMENTS')
  return shape
}

// Every parameter gets a value, always: the native driver would otherwise keep the one of the run before.
function bind({ params }: SqlShape, { args, named }: Stmt): Bound[] {
  if (args.length > params.length) throw argsInvalid(`expected ${params.length} parameters, found ${args.length}`)
  return params.map((name, index) => {
    const value = name === null ? args[index] : byName(name, named, args[index])
    if (value === undefined) throw argsInvalid(`value for parameter ${name ?? index + 1} not found`)
    return value
  })
}

function byName(name: string, named: Map<string, Bound>, otherwise: Bound | undefined): Bound | undefined {
  const key = [name, name.slice(1)].find(each => named.has(each))
  return key === undefined ? otherwise : named.get(key)
}

function unbound({ params }: SqlShape): Bound[] {
  return params.map(() => null)
}

function argsInvalid(reason: string): HranaError {
  return new HranaError(`Arguments do not match SQL parameters: ${reason}`, 'ARGS_INVALID')
}
