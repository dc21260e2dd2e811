import { type Body, lineAmount, ownVat } from './amounts.ts'
import type { BookingKind } from './booking-kinds.ts'
import type { Reply } from './http.ts'
import { decimal } from './money.ts'
import { isDate, parseDate } from './odata.ts'
import type { ContentRefusals } from './refusals.ts'
import type { World } from './state.ts'

export interface Draft {
  world: World
  division: number
  kind: BookingKind
  body: Body
  lines: Body[]
  say: ContentRefusals
}

type Check = (draft: Draft) => Reply | null

/** The first thing wrong with a booking; null when Exact would take it. */
export function firstProblem(draft: Draft): Reply | null {
  for (const check of checks) {
    const problem = check(draft)
    if (problem !== null) return problem
  }
  return null
}

/** Whether a property counts as not given. */
export function absent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The first property whose name is not known here; undefined when all are, or when nobody minds. */
export function strange(world: World, body: Body, known: ReadonlySet<string>): string | undefined {
  return world.settings.unknown_property === 'ignored' ? undefined : Object.keys(body).find(name => !known.has(name))
}

/** The first property that holds a date nobody can read. */
export function badDate(body: Body): string | undefined {
  return Object.keys(body).find(
    name => isDate(name) && !absent(body[name]) && (typeof body[name] !== 'string' || parseDate(body[name]) === null),
  )
}

const knownProperties: Check = ({ world, kind, body, lines, say }) => {
  const name =
    strange(world, body, kind.header) ??
    lines.map(line => strange(world, line, kind.line)).find(found => found !== undefined)
  return name === undefined ? null : say.unknownProperty(name)
}

const mandatoryProperties: Check = ({ kind, body, lines, say }) => {
  const name =
    kind.mandatory.find(property => absent(body[property])) ??
    lines.map(line => kind.lineMandatory.find(property => absent(line[property]))).find(found => found !== undefined)
  return name === undefined ? null : say.mandatory(name)
}

const readableValues: Check = ({ body, lines, say }) => {
  const date = badDate(body) ?? lines.map(badDate).find(found => found !== undefined)
  if (date !== undefined) return say.unreadable(date)
  const badAmount = lines.some(line => lineAmount(line, undefined) === null)
  const badVat = lines.some(line => ownVat(line) !== null && decimal(ownVat(line)) === null)
  return badAmount || badVat ? say.unreadable(badAmount ? 'AmountFC' : 'VATAmountFC') : null
}

const journalFits: Check = ({ world, division, kind, body, say }) => {
  if (kind.journal === null) return null
  const journal = world.records.byCode(division, 'financial/Journals', String(body[kind.journal.field]))
  if (journal === undefined) return say.unknownReference(kind.journal.field)
  if (kind.journal.types.includes(Number(journal.data.Type))) return null
  return say.business(`Invalid journal. The journal must be a ${kind.journal.name} journal.`)
}

const partyExists: Check = ({ world, division, kind, body, say }) => {
  if (kind.party === null) return null
  const found = world.records.find(division, 'crm/Accounts', String(body[kind.party]))
  return found === undefined ? say.unknownReference(kind.party) : null
}

const lineReferencesExist: Check = ({ world, division, lines, say }) => {
  const missing = (endpoint: string, id: unknown) =>
    !absent(id) && world.records.find(division, endpoint, String(id)) === undefined
  for (const line of lines) {
    if (missing('financial/GLAccounts', line.GLAccount)) return say.unknownReference('GLAccount')
    if (missing('logistics/Items', line.Item)) return say.unknownReference('Item')
    if (missing('crm/Accounts', line.Account)) return say.unknownReference('Account')
    const code = line.VATCode
    if (!absent(code) && world.records.byCode(division, 'vat/VATCodes', String(code)) === undefined) {
      return say.unknownReference('VATCode')
    }
  }
  return null
}

const noVatWhereJournalHasNone: Check = ({ kind, lines, say }) =>
  !kind.vatOnLines && lines.some(line => !absent(line.VATCode))
    ? say.business('VAT code is not allowed: VAT is not enabled for this general journal.')
    : null

const referenceFits: Check = ({ world, body, say }) => {
  const longest = world.settings.your_ref_max_length
  if (longest === null || typeof body.YourRef !== 'string' || body.YourRef.length <= longest) return null
  return say.tooLong('YourRef', longest)
}

const numberIsFree: Check = ({ world, division, kind, body, say }) => {
  const number = body[kind.numberField]
  if (world.settings.duplicate_entry_number === 'accepted' || !kind.numberSettable || absent(number)) return null
  const field = kind.journal?.field
  const taken = world.records
    .all(division, kind.path)
    .some(({ data }) => data[kind.numberField] === number && (field === undefined || data[field] === body[field]))
  return taken ? say.exists(kind.numberField) : null
}

const checks: Check[] = [
  knownProperties,
  mandatoryProperties,
  readableValues,
  journalFits,
  partyExists,
  lineReferencesExist,
  noVatWhereJournalHasNone,
  referenceFits,
  numberIsFree,
]
