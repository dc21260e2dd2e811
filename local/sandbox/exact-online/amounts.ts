import type { BookedLine } from './model.ts'
import { type Decimal, decimal, times, toCents, vatOn, vatWithin } from './money.ts'
import type { DataRecord } from './records.ts'
import type { World } from './state.ts'

export type Body = Record<string, unknown>

interface Priced {
  line: Body
  item: DataRecord | undefined
  glAccount: DataRecord | undefined
  vat: DataRecord | undefined
  amountCents: number
  /** VAT the caller gave for this line; it stands. */
  ownVatCents: number | null
}

/** What a booking comes to, in whole cents. */
export interface Amounts {
  lines: BookedLine[]
  exclCents: number
  vatCents: number
  inclCents: number
}

/** Work out a booking's lines: VAT is rounded once per VAT code, the last line of a code takes the remainder. */
export function amountsOf(world: World, division: number, lines: readonly Body[]): Amounts {
  const priced = lines.map(line => price(world, division, line))
  const shares = vatShares(priced, world.settings.line_amounts === 'including')
  const booked = priced.map((line, index) => book(line, shares[index] ?? 0, includes(line, world)))
  const exclCents = sum(booked.map(line => line.excl_cents))
  const vatCents = sum(booked.map(line => line.vat_cents))
  return { lines: booked, exclCents, vatCents, inclCents: exclCents + vatCents }
}

/** The amount of a line: as given, or price times quantity; null when it cannot be read. */
export function lineAmount(line: Body, item: DataRecord | undefined): Decimal | null {
  if (line.AmountFC !== undefined && line.AmountFC !== null) return decimal(line.AmountFC)
  const unit = decimal(line.NetPrice ?? line.UnitPrice ?? item?.data.StandardSalesPrice ?? 0)
  const quantity = decimal(line.Quantity ?? 1)
  return unit === null || quantity === null ? null : times(unit, quantity)
}

/** The VAT a caller gave on a line, under whichever name this endpoint has for it. */
export function ownVat(line: Body): unknown {
  return line.VATAmountFC ?? line.AmountVATFC ?? line.VATAmount ?? null
}

function price(world: World, division: number, line: Body): Priced {
  const item = typeof line.Item === 'string' ? world.records.find(division, 'logistics/Items', line.Item) : undefined
  const account = line.GLAccount ?? item?.data.GLRevenue
  const vatCode = line.VATCode ?? item?.data.SalesVatCode
  const amount = lineAmount(line, item)
  const own = decimal(ownVat(line))
  return {
    line,
    item,
    glAccount: typeof account === 'string' ? world.records.find(division, 'financial/GLAccounts', account) : undefined,
    vat: typeof vatCode === 'string' ? world.records.byCode(division, 'vat/VATCodes', vatCode) : undefined,
    amountCents: amount === null ? 0 : toCents(amount),
    ownVatCents: own === null ? null : toCents(own),
  }
}

function includes(line: Priced, world: World): boolean {
  return world.settings.line_amounts === 'including' || line.vat?.data.Type === 'I'
}

function vatShares(priced: readonly Priced[], including: boolean): number[] {
  const shares = priced.map(line => line.ownVatCents ?? 0)
  const open = priced.map((_, index) => index).filter(index => priced[index]?.ownVatCents === null)
  for (const group of Map.groupBy(open, index => priced[index]?.vat).entries()) {
    const [vat, indexes] = group
    const rate = decimal(vat?.data.Percentage ?? 0)
    if (vat === undefined || rate === null) continue
    const part = including || vat.data.Type === 'I' ? vatWithin : vatOn
    const amounts = indexes.map(index => priced[index]?.amountCents ?? 0)
    let left = part(sum(amounts), rate)
    indexes.forEach((index, place) => {
      const share = place === indexes.length - 1 ? left : part(amounts[place] ?? 0, rate)
      shares[index] = share
      left -= share
    })
  }
  return shares
}

function book(priced: Priced, vatCents: number, including: boolean): BookedLine {
  const { line, item, glAccount, vat } = priced
  return {
    gl_account: glAccount?.id ?? null,
    gl_code: glAccount === undefined ? null : String(glAccount.data.Code),
    item: item?.id ?? null,
    description: typeof line.Description === 'string' ? line.Description : null,
    excl_cents: including ? priced.amountCents - vatCents : priced.amountCents,
    vat_code: vat === undefined ? null : String(vat.data.Code).trim(),
    vat_cents: vatCents,
  }
}

function sum(cents: readonly number[]): number {
  return cents.reduce((total, part) => total + part, 0)
}
