import { type Amounts, type Body, lineAmount } from './amounts.ts'
import type { BookingKind } from './booking-kinds.ts'
import type { User } from './model.ts'
import { asAmount, decimal, toCents } from './money.ts'
import type { Data, Line } from './records.ts'
import type { World } from './state.ts'

interface Source {
  world: World
  kind: BookingKind
  division: number
  user: User
  body: Body
  lines: Body[]
  amounts: Amounts
  settled: { id: string; received_at: string; number: number }
}

/** A booking as the interface shows it: what was sent, and what Exact adds. */
export function bookingData(source: Source): Data {
  const { kind, body, settled, user, division, world, amounts } = source
  const data: Data = { [kind.idField]: settled.id }
  for (const name of kind.header) if (name !== kind.idField) data[name] = primitive(body[name])
  const journal =
    kind.journal === null
      ? undefined
      : world.records.byCode(division, 'financial/Journals', String(body[kind.journal.field]))
  return {
    ...data,
    ...(kind.journal === null ? {} : { JournalDescription: primitive(journal?.data.Description) }),
    ...(kind.party === null ? balances(body, amounts) : totals(source, kind.party)),
    ...(kind.dateField === null ? {} : { [kind.dateField]: data[kind.dateField] ?? settled.received_at.slice(0, 10) }),
    ...(kind.path === 'salesentry/SalesEntries' ? { InvoiceNumber: data.InvoiceNumber ?? settled.number } : {}),
    [kind.numberField]: settled.number,
    Currency: primitive(body.Currency) ?? 'EUR',
    Status: kind.numberField === 'OrderNumber' ? 12 : 20,
    Created: settled.received_at,
    Creator: user.user_id,
    CreatorFullName: user.full_name,
    Modified: new Date(world.now()).toISOString(),
    Modifier: user.user_id,
    Division: division,
    [kind.linesField]: source.lines.map((line, index) => lineData(source, line, index)),
  }
}

function totals({ world, division, body, amounts }: Source, party: string): Data {
  const customer = world.records.find(division, 'crm/Accounts', String(body[party]))
  return {
    [`${party}Name`]: primitive(customer?.data.Name),
    AmountDC: asAmount(amounts.inclCents),
    AmountFC: asAmount(amounts.inclCents),
    AmountFCExclVat: asAmount(amounts.exclCents),
    VATAmountDC: asAmount(amounts.vatCents),
    VATAmountFC: asAmount(amounts.vatCents),
  }
}

function balances(body: Body, amounts: Amounts): Data {
  const opening = decimal(body.OpeningBalanceFC ?? 0)
  const openingCents = opening === null ? 0 : toCents(opening)
  return { OpeningBalanceFC: asAmount(openingCents), ClosingBalanceFC: asAmount(openingCents + amounts.inclCents) }
}

function lineData({ kind, division, settled, amounts, world }: Source, line: Body, index: number): Line {
  const out: Line = {}
  for (const name of kind.line) out[name] = primitive(line[name])
  const booked = amounts.lines[index]
  const vat = booked?.vat_code == null ? undefined : world.records.byCode(division, 'vat/VATCodes', booked.vat_code)
  const item = booked?.item == null ? undefined : world.records.find(division, 'logistics/Items', booked.item)
  const amount = lineAmount(line, item)
  const amountFC = amount === null ? 0 : asAmount(toCents(amount))
  return {
    ...out,
    ID: `${settled.id.slice(0, 24)}${String(index + 1).padStart(12, '0')}`,
    [kind.idField]: settled.id,
    LineNumber: typeof line.LineNumber === 'number' ? line.LineNumber : index + 1,
    AmountDC: amountFC,
    AmountFC: amountFC,
    [vatName(kind)]: asAmount(booked?.vat_cents ?? 0),
    GLAccount: booked?.gl_account ?? null,
    GLAccountCode: booked?.gl_code ?? null,
    VATCode: primitive(vat?.data.Code),
    VATPercentage: primitive(vat?.data.Percentage),
    Division: division,
  }
}

function vatName(kind: BookingKind): string {
  return kind.line.has('AmountVATFC') ? 'AmountVATFC' : 'VATAmountFC'
}

function primitive(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
