import { randomUUID } from 'node:crypto'
import { type Amounts, amountsOf, type Body } from './amounts.ts'
import { absent, type Draft, firstProblem } from './booking-checks.ts'
import { bookingData } from './booking-data.ts'
import type { BookingKind } from './booking-kinds.ts'
import { empty, type Reply } from './http.ts'
import type { LedgerRow, User } from './model.ts'
import { asAmount, decimal, toCents } from './money.ts'
import { refusal } from './odata.ts'
import type { DataRecord } from './records.ts'
import { contentRefusals } from './refusals.ts'
import type { World } from './state.ts'
import { ledgerKey, type Written } from './writing.ts'

/** One write by one user, as the rights layers let it through. */
export interface BookingWrite {
  world: World
  kind: BookingKind
  division: number
  user: User
  client_id: string
  body: Body
}

/** Post a booking: into the ledger, or the first refusal. */
export function postBooking(write: BookingWrite): Reply | Written {
  const { world, division, body } = write
  const draft = drafted(write, body)
  const problem = firstProblem(draft) ?? idProblem(write, draft)
  if (problem !== null) return problem
  const amounts = amountsOf(world, division, draft.lines)
  const unbalanced = balanceProblem(draft, amounts)
  if (unbalanced !== null) return unbalanced
  const seq = world.nextSeq()
  const id = chosenId(write) ?? randomUUID()
  const settled = {
    seq,
    id,
    received_at: new Date(world.now()).toISOString(),
    revision: 1,
    number: numberFor(write, seq),
  }
  return { record: keep(write, body, draft.lines, amounts, settled), created: true }
}

/** Change a booking: header properties over the old ones, lines as a whole. */
export function putBooking(write: BookingWrite, record: DataRecord): Reply | Written {
  const row = write.world.ledger.get(ledgerKey(write.division, write.kind.path, record.id))
  if (row === undefined) return refusal(404, 'Not found')
  const body = { ...row.body, ...write.body }
  const draft = drafted(write, body)
  const sameNumber = { ...draft, body: { ...body, [write.kind.numberField]: null } }
  const problem = firstProblem(sameNumber)
  if (problem !== null) return problem
  const amounts = amountsOf(write.world, write.division, draft.lines)
  const unbalanced = balanceProblem(draft, amounts)
  if (unbalanced !== null) return unbalanced
  const settled = { ...row, revision: row.revision + 1, number: row.entry_number ?? row.seq }
  return { record: keep(write, body, draft.lines, amounts, settled), created: false }
}

/** Delete a booking; the ledger keeps the row and says when. */
export function deleteBooking(world: World, record: DataRecord): Reply {
  const key = ledgerKey(record.division, record.endpoint, record.id)
  const row = world.ledger.get(key)
  if (row !== undefined) world.ledger.put(key, { ...row, deleted_at: new Date(world.now()).toISOString() })
  world.records.remove(record)
  return empty(204)
}

type Settled = Pick<LedgerRow, 'seq' | 'id' | 'received_at' | 'revision'> & { number: number }

function keep(write: BookingWrite, body: Body, lines: Body[], amounts: Amounts, settled: Settled): DataRecord {
  const { world, kind, division, user } = write
  const lag = settled.revision === 1 ? world.settings.lookup_lag_ms : 0
  const data = bookingData({ world, kind, division, user, body, lines, amounts, settled })
  const record = { division, endpoint: kind.path, id: settled.id, visible_at: world.now() + lag, data }
  world.records.put(record)
  const row = ledgerRow(write, body, amounts, settled)
  world.ledger.put(ledgerKey(division, kind.path, settled.id), row)
  return record
}

function ledgerRow(write: BookingWrite, body: Body, amounts: Amounts, settled: Settled): LedgerRow {
  const { kind } = write
  return {
    seq: settled.seq,
    kind: 'booking',
    division: write.division,
    endpoint: kind.path,
    id: settled.id,
    user: write.user.username,
    client_id: write.client_id,
    received_at: settled.received_at,
    your_ref: text(body.YourRef),
    entry_number: settled.number,
    journal: kind.journal === null ? null : text(body[kind.journal.field]),
    customer: kind.party === null ? null : text(body[kind.party]),
    currency: text(body.Currency) ?? 'EUR',
    lines: amounts.lines,
    excl_cents: amounts.exclCents,
    vat_cents: amounts.vatCents,
    incl_cents: amounts.inclCents,
    body,
    revision: settled.revision,
    deleted_at: null,
  }
}

function drafted({ world, kind, division, user }: BookingWrite, body: Body): Draft {
  const lines = body[kind.linesField]
  const say = contentRefusals(world, user)
  return { world, division, kind, body, lines: Array.isArray(lines) ? lines.map(asLine) : [], say }
}

function asLine(line: unknown): Body {
  return typeof line === 'object' && line !== null ? (line as Body) : {}
}

function chosenId({ world, kind, body }: BookingWrite): string | null {
  return world.settings.caller_chosen_id === 'honoured' ? (text(body[kind.idField])?.toLowerCase() ?? null) : null
}

function idProblem(write: BookingWrite, draft: Draft): Reply | null {
  const id = chosenId(write)
  if (id === null || !write.world.ledger.has(ledgerKey(write.division, write.kind.path, id))) return null
  return draft.say.exists(write.kind.idField)
}

function numberFor({ world, kind, body }: BookingWrite, seq: number): number {
  const given = body[kind.numberField]
  if (kind.numberSettable && typeof given === 'number') return given
  return (new Date(world.now()).getUTCFullYear() % 100) * 1_000_000 + seq
}

function balanceProblem({ world, kind, body, say }: Draft, amounts: Amounts): Reply | null {
  if (!kind.vatOnLines && world.settings.general_must_balance && amounts.exclCents !== 0) {
    return say.business(`Out of balance: ${asAmount(amounts.exclCents)}`)
  }
  if (absent(body.OpeningBalanceFC) || absent(body.ClosingBalanceFC)) return null
  const opening = decimal(body.OpeningBalanceFC)
  const closing = decimal(body.ClosingBalanceFC)
  if (opening === null || closing === null) return say.unreadable('ClosingBalanceFC')
  if (toCents(opening) + amounts.inclCents === toCents(closing)) return null
  return say.business('Closing balance does not equal opening balance plus lines.')
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
