import { isDate, parseDate } from './odata.ts'
import type { Data } from './records.ts'

type Literal =
  | { kind: 'guid' | 'text'; value: string }
  | { kind: 'date' | 'number'; value: number }
  | { kind: 'flag'; value: boolean }
  | { kind: 'null' }

interface Clause {
  field: string
  operator: string
  literal: Literal
}

const clauseShape = /^\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+((?:guid|datetime)?'(?:[^']|'')*'|[^\s']+)\s*(?:and\s+|$)/

const guidFields = new Set(
  'ID EntryID InvoiceID OrderID Customer OrderedBy InvoiceTo DeliverTo GLAccount Item Account UserID Creator Modifier GLRevenue'.split(
    ' ',
  ),
)

/** Read a $filter: comparisons joined by `and`. Null when it is anything else. */
export function parseFilter(text: string): Clause[] | null {
  const clauses: Clause[] = []
  let rest = text.trim()
  while (rest !== '') {
    const match = clauseShape.exec(rest)
    if (match === null) return null
    const [whole, field = '', operator = '', raw = ''] = match
    const literal = parseLiteral(raw)
    if (literal === null || !fits(field, literal)) return null
    clauses.push({ field, operator, literal })
    rest = rest.slice(whole.length)
  }
  return clauses.length === 0 ? null : clauses
}

/** Whether an entity meets every clause. */
export function meets(data: Data, clauses: readonly Clause[]): boolean {
  return clauses.every(clause => compares(data[clause.field] ?? null, clause))
}

function parseLiteral(raw: string): Literal | null {
  const quoted = /^(guid|datetime)?'((?:[^']|'')*)'$/.exec(raw)
  if (quoted !== null) return quotedLiteral(quoted[1], (quoted[2] ?? '').replaceAll("''", "'"))
  if (raw === 'true' || raw === 'false') return { kind: 'flag', value: raw === 'true' }
  if (raw === 'null') return { kind: 'null' }
  return /^-?\d+(\.\d+)?[LlMmDdFf]?$/.test(raw) ? { kind: 'number', value: Number.parseFloat(raw) } : null
}

function quotedLiteral(prefix: string | undefined, text: string): Literal | null {
  if (prefix === 'guid') return { kind: 'guid', value: text.replace(/^\{|\}$/g, '').toLowerCase() }
  if (prefix === undefined) return { kind: 'text', value: text }
  const ms = parseDate(text)
  return ms === null ? null : { kind: 'date', value: ms }
}

function fits(field: string, literal: Literal): boolean {
  if (literal.kind === 'null') return true
  if (isDate(field) !== (literal.kind === 'date')) return false
  return guidFields.has(field) === (literal.kind === 'guid')
}

function compares(value: unknown, { field, operator, literal }: Clause): boolean {
  if (literal.kind === 'null') return operator === 'eq' ? value === null : operator === 'ne' && value !== null
  if (value === null) return operator === 'ne'
  const order = compare(comparable(field, value), literal.kind === 'text' ? literal.value.trimEnd() : literal.value)
  if (order === null) return false
  return (
    { eq: order === 0, ne: order !== 0, gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[operator] ??
    false
  )
}

function comparable(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (isDate(field)) return parseDate(value)
  return guidFields.has(field) ? value.toLowerCase() : value.trimEnd()
}

function compare(left: unknown, right: string | number | boolean): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left === right ? 0 : left < right ? -1 : 1
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  return null
}
