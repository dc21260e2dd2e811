// Hrana over HTTP, JSON encoding: the shapes that travel and how a request body is read. A body that is not Hrana is
// refused whole (400); what SQLite refuses is an answer inside a 200, which is what HranaError is for.

export type Value =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

/** What SQLite is handed and gives back for one value. */
export type Bound = null | bigint | number | string | Buffer

export type SqlRef = { sql: string } | { sqlId: number }
export type Stmt = { sql: SqlRef; args: Bound[]; named: Map<string, Bound>; wantRows: boolean }

export type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }
  | { type: 'is_autocommit' }

export type Step = { stmt: Stmt; condition: Condition | undefined }

export type StreamRequest =
  | { type: 'execute'; stmt: Stmt }
  | { type: 'batch'; steps: Step[] }
  | { type: 'sequence' | 'describe'; sql: SqlRef }
  | { type: 'store_sql'; sqlId: number; sql: string }
  | { type: 'close_sql'; sqlId: number }
  | { type: 'get_autocommit' | 'close' }

export type Column = { name: string; decltype: string | null }

export type StmtResult = {
  cols: Column[]
  rows: Value[][]
  affected_row_count: number
  last_insert_rowid: string | null
}

/** A refusal the client meets as one result: a `LibsqlError` with this code. */
export class HranaError extends Error {
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
  get wire() {
    return { message: this.message, code: this.code }
  }
}

/** A refusal of the whole HTTP request. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, message: string, code: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Read the body of a pipeline request; throws `HttpRefusal` 400 for anything that is not one. */
export function readPipeline(body: string): { baton: string | undefined; requests: StreamRequest[] } {
  const root = object(parseJson(body))
  return {
    baton: root.baton === undefined || root.baton === null ? undefined : string(root.baton),
    requests: array(root.requests).map(readRequest),
  }
}

/** Write one SQLite value as Hrana sends it: integers as decimal strings, blobs as unpadded base64. */
export function toWire(value: Bound): Value {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: value.toString() }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: value.toString('base64').replace(/=+$/, '') }
}

function readRequest(input: unknown): StreamRequest {
  const request = object(input)
  switch (request.type) {
    case 'execute':
      return { type: 'execute', stmt: readStmt(request.stmt) }
    case 'batch':
      return { type: 'batch', steps: array(object(request.batch).steps).map(readStep) }
    case 'sequence':
    case 'describe':
      return { type: request.type, sql: readSql(request) }
    case 'store_sql':
      return { type: 'store_sql', sqlId: integer(request.sql_id), sql: string(request.sql) }
    case 'close_sql':
      return { type: 'close_sql', sqlId: integer(request.sql_id) }
    case 'get_autocommit':
    case 'close':
      return { type: request.type }
    default:
      throw malformed('unknown stream request')
  }
}

function readStep(input: unknown): Step {
  const step = object(input)
  const condition = step.condition === undefined || step.condition === null ? undefined : readCondition(step.condition)
  return { stmt: readStmt(step.stmt), condition }
}

function readCondition(input: unknown): Condition {
  const condition = object(input)
  switch (condition.type) {
    case 'ok':
    case 'error':
      return { type: condition.type, step: integer(condition.step) }
    case 'not':
      return { type: 'not', cond: readCondition(condition.cond) }
    case 'and':
    case 'or':
      return { type: condition.type, conds: array(condition.conds).map(readCondition) }
    case 'is_autocommit':
      return { type: 'is_autocommit' }
    default:
      throw malformed('unknown batch condition')
  }
}

function readStmt(input: unknown): Stmt {
  const stmt = object(input)
  const named = new Map<string, Bound>()
  for (const entry of array(stmt.named_args ?? []).map(object)) named.set(string(entry.name), readValue(entry.value))
  return { sql: readSql(stmt), args: array(stmt.args ?? []).map(readValue), named, wantRows: stmt.want_rows !== false }
}

function readSql(input: Record<string, unknown>): SqlRef {
  if (typeof input.sql === 'string') return { sql: input.sql }
  return { sqlId: integer(input.sql_id) }
}

function readValue(input: unknown): Bound {
  const value = object(input)
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return int64(string(value.value))
    case 'float':
      if (typeof value.value !== 'number') throw malformed('expected a number')
      return value.value
    case 'text':
      return text(string(value.value))
    case 'blob':
      return Buffer.from(string(value.base64), 'base64')
    default:
      throw malformed('unknown type of value')
  }
}

// The native driver cuts text at a NUL without a word: better an error here than a difference from production.
function text(value: string): string {
  if (value.includes('\0')) throw malformed('the local server takes no text with a NUL in it')
  return value
}

function int64(digits: string): bigint {
  if (!/^-?\d{1,19}$/.test(digits)) throw malformed('expected a 64-bit integer')
  const value = BigInt(digits)
  if (BigInt.asIntN(64, value) !== value) throw malformed('expected a 64-bit integer')
  return value
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw malformed('not JSON')
  }
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('expected an object')
  return { ...value }
}

function array(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw malformed('expected an array')
  return value
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw malformed('expected a string')
  return value
}

function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw malformed('expected an integer')
  return value
}

function malformed(reason: string): HttpRefusal {
  return new HttpRefusal(400, `The request body is not a Hrana pipeline: ${reason}`, 'HRANA_BODY_MALFORMED')
}
