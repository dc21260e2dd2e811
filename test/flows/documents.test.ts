import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRow } from '../../local/sandbox/exact-online.ts'
import { bookkeeping } from '../support/exact.ts'
import { Seats } from '../support/seats.ts'
import { calm, Till } from '../support/till.ts'
import { fixture, read } from '../support/ubl.ts'

let seats: Seats
let till: Till
beforeAll(async () => {
  seats = await Seats.start()
  till = await Till.open(seats)
})
afterEach(() => calm(seats))
afterAll(() => seats.close())

const shared = fileURLToPath(new URL('../../../shared/data/ubl/', import.meta.url).href)
const foreign = existsSync(shared) ? readdirSync(shared).filter(name => name.endsWith('.xml')) : []
const own = ['invoice-two-rates', 'credit-note', 'invoice-allowances-exempt']

const document = (content: string) => ({ content: { document: { format: 'ubl' as const, content } } })

const cents = (amount: string | undefined): number => Math.round(Number(amount) * 100)

/** The booking in the provider's books against what the document says of itself. */
function expectBooked(row: LedgerRow | undefined, xml: string, reference: string): void {
  const { type, groups, totals, currency } = read(xml)
  const [exclusive, vat, inclusive] = totals.map(cents)
  expect(row).toMatchObject({
    your_ref: reference,
    journal: '70',
    currency,
    excl_cents: exclusive,
    vat_cents: vat,
    incl_cents: inclusive,
  })
  expect(row?.lines.map(line => [line.excl_cents, line.vat_cents])).toEqual(
    groups.map(group => [cents(group[2]), cents(group[3])]),
  )
  if (type === 'credit_note') expect(row?.incl_cents).toBeLessThan(0)
  else expect(row?.incl_cents).toBeGreaterThan(0)
}

describe('a document that becomes a booking', () => {
  it.each(own)('books our %s to the cent', async name => {
    const id = await till.book(`own-${name}`.slice(0, 30), document(fixture(name)))
    await till.ring()
    expect(await till.row(id)).toMatchObject({ state: 'delivered' })
    expectBooked(till.ledger().at(-1), fixture(name), `own-${name}`.slice(0, 30))
  })

  it.skipIf(foreign.length === 0).each(foreign)('books %s, written by others, to the cent', async name => {
    const xml = readFileSync(`${shared}${name}`, 'utf8')
    const reference = name.slice(0, 30)
    const accepted = await till.submit(reference, document(xml))
    if (!accepted.ok) throw new Error(`${name}: ${JSON.stringify(accepted.failure)}`)
    await till.ring()
    expectBooked(till.ledger().at(-1), xml, reference)
  })

  it("finds a document's booking back when its answer was lost", async () => {
    till.fault('drop_after')
    await till.book('document-lost', document(fixture('credit-note')))
    await till.run(300_000)
    expectBooked(till.ledger().at(-1), fixture('credit-note'), 'document-lost')
    expect(till.references().filter(reference => reference === 'document-lost')).toHaveLength(1)
  })

  it('names every VAT category and rate that the bookkeeping does not map, and keeps nothing', async () => {
    const lines = bookkeeping().lines.filter(line => line.vat_rate === '21')
    const poor = await Till.open(seats, { bookkeeping: { ...bookkeeping(), lines } })
    expect(await poor.submit('unmapped', document(fixture('invoice-allowances-exempt')))).toEqual({
      ok: false,
      failure: {
        kind: 'invalid',
        errors: [
          { pointer: '/document', message: { kind: 'unknown_mapping', vatCategory: 'S', vatRate: '9' } },
          { pointer: '/document', message: { kind: 'unknown_mapping', vatCategory: 'E', vatRate: '0' } },
        ],
      },
    })
    expect(await poor.rows()).toEqual([])
  })

  it('wants bookkeeping, a sales entry and a readable document', async () => {
    const plain = await Till.open(seats, { bookkeeping: null, bookingKinds: ['sales-entry', 'cash-entry'] })
    const xml = fixture('credit-note')
    expect(await plain.submit('none', document(xml))).toMatchObject({
      failure: { errors: [{ pointer: '/document', message: { kind: 'no_bookkeeping' } }] },
    })
    expect(await plain.submit('kind', { bookingKind: 'cash-entry', ...document(xml) })).toMatchObject({
      failure: { errors: [{ pointer: '/booking_kind' }] },
    })
    expect(await till.submit('torn', document(xml.slice(0, 400)))).toMatchObject({
      failure: { kind: 'invalid', errors: [{ pointer: '/document/content' }] },
    })
  })
})
