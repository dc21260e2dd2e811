import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anna, Caller, ids, message, rows, type Tokens } from './exact-sandbox-caller.ts'

const entries = '1001/salesentry/SalesEntries'

let caller: Caller
let tokens: Tokens
beforeEach(async () => {
  caller = await Caller.start()
  tokens = await caller.signIn(anna)
})
afterEach(() => caller.sandbox.close())

describe('posting', () => {
  it('answers 201 with the key and nulls, or in full when preferred', async () => {
    const bare = await caller.book(tokens)
    expect(bare.status).toBe(201)
    expect(bare.body.d).toMatchObject({ EntryID: expect.any(String), YourRef: null, AmountFC: null })
    const full = await caller.send('POST', entries, tokens, caller.control.ledger()[0]?.body, 'return=representation')
    expect(full.body.d).toMatchObject({ YourRef: 'order-1', AmountFC: 121, EntryDate: '/Date(1777593600000)/' })
  })

  it('keeps who booked what in exact cents', async () => {
    const line = (AmountFC: number, VATCode: string) => ({ AmountFC, GLAccount: ids.revenueHigh, VATCode })
    await caller.book(tokens, { SalesEntryLines: [line(0.1, '2'), line(0.2, '2'), line(1.005, '1'), line(-0.05, '0')] })
    expect(caller.control.ledger()).toMatchObject([
      { user: anna, client_id: 'zetel', division: 1001, journal: '70', your_ref: 'order-1', seq: 1 },
    ])
    const [row] = caller.control.ledger()
    expect(row?.lines.map(booked => [booked.excl_cents, booked.vat_cents])).toEqual([
      [10, 2],
      [20, 4],
      [101, 9],
      [-5, 0],
    ])
    expect([row?.excl_cents, row?.vat_cents, row?.incl_cents]).toEqual([126, 15, 141])
  })

  it('rounds VAT once per code, halves away from zero, and lets a given VAT amount stand', async () => {
    const line = { AmountFC: 0.5, GLAccount: ids.revenueHigh, VATCode: '25' }
    await caller.book(tokens, { SalesEntryLines: [line, line, line, { ...line, VATAmountFC: 0.07 }] })
    await caller.book(tokens, { SalesEntryLines: [{ ...line, AmountFC: -0.1 }] })
    const [first, second] = caller.control.ledger()
    expect(first?.lines.map(booked => booked.vat_cents)).toEqual([13, 13, 12, 7])
    expect(second?.vat_cents).toBe(-3)
  })

  it('names a missing property in the language of the user', async () => {
    expect(message(await caller.book(tokens, { Customer: null }))).toBe('Verplicht: Klant')
    caller.control.users({ username: anna, language: 'en' })
    const refused = await caller.book(tokens, { SalesEntryLines: [{ AmountFC: 1 }] })
    expect([refused.status, message(refused)]).toEqual([400, 'Mandatory: GLAccount'])
    caller.control.settings({ mandatory_status: 500 })
    expect((await caller.book(tokens, { Journal: '' })).status).toBe(500)
    expect(caller.control.ledger()).toEqual([])
  })

  it('answers 500 with a business text to a wrong journal, ledger account, VAT code or customer', async () => {
    const body = { JournalCode: '70', CashEntryLines: [{ AmountFC: 1, GLAccount: ids.cash }] }
    const cash = await caller.send('POST', '1001/financialtransaction/CashEntries', tokens, body)
    expect([cash.status, message(cash)]).toEqual([500, 'Invalid journal. The journal must be a cash journal.'])
    const line = { AmountFC: 1, GLAccount: ids.revenueHigh }
    const wrong = [
      { SalesEntryLines: [{ ...line, GLAccount: ids.item }] },
      { SalesEntryLines: [{ ...line, VATCode: '77' }] },
      { Customer: ids.item },
      { Journal: '71' },
    ]
    for (const change of wrong) {
      const refused = await caller.book(tokens, change)
      expect([refused.status, message(refused).split(':')[0]]).toEqual([500, 'Ongeldige verwijzing'])
    }
  })

  it('takes cash, bank, general, invoice and order bookings', async () => {
    const line = { AmountFC: 1.21, GLAccount: ids.revenueHigh }
    const back = { ...line, AmountFC: -1.21 }
    const bookings: [path: string, body: Record<string, unknown>][] = [
      ['financialtransaction/CashEntries', { JournalCode: '10', CashEntryLines: [line] }],
      ['financialtransaction/BankEntries', { JournalCode: '20', BankEntryLines: [line] }],
      ['generaljournalentry/GeneralJournalEntries', { JournalCode: '90', GeneralJournalEntryLines: [line, back] }],
      ['salesinvoice/SalesInvoices', { OrderedBy: ids.debtor, Journal: '70', SalesInvoiceLines: [{ Item: ids.item }] }],
      ['salesorder/SalesOrders', { OrderedBy: ids.debtor, SalesOrderLines: [{ Item: ids.item, Quantity: 2 }] }],
    ]
    for (const [path, body] of bookings)
      expect((await caller.send('POST', `1001/${path}`, tokens, body)).status).toBe(201)
    expect(caller.control.ledger().map(row => row.incl_cents)).toEqual([121, 121, 0, 12_100, 24_200])
  })

  it('refuses header Description and line VAT on a general entry', async () => {
    const path = '1001/generaljournalentry/GeneralJournalEntries'
    const line = { AmountFC: 0, GLAccount: ids.cash }
    const body = { JournalCode: '90', GeneralJournalEntryLines: [line] }
    expect((await caller.send('POST', path, tokens, { ...body, Description: 'x' })).status).toBe(400)
    const withVat = { ...body, GeneralJournalEntryLines: [{ ...line, VATCode: '2' }] }
    expect((await caller.send('POST', path, tokens, withVat)).status).toBe(500)
  })

  it('creates a relation, apart from the bookings', async () => {
    const made = await caller.send('POST', '1001/crm/Accounts', tokens, { Name: 'Jansen', Status: 'C' })
    expect(made.status).toBe(201)
    expect(caller.control.ledger()).toEqual([])
    expect(caller.control.ledger({ kind: 'master' })).toHaveLength(1)
    const found = rows(await caller.get("1001/crm/Accounts?$filter=Name eq 'Jansen'&$select=Code", tokens))
    expect(String(found[0]?.Code)).toHaveLength(18)
  })
})

describe('reading back', () => {
  const byRef = `${entries}?$filter=YourRef eq 'order-1'`

  it('finds a booking by reference, by id and by line text', async () => {
    const line = { AmountFC: 1, GLAccount: ids.revenueHigh, Description: "it's 1 and 2" }
    await caller.book(tokens, { SalesEntryLines: [line] })
    const [found] = rows(await caller.get(`${byRef} and Journal eq '70'&$select=EntryID`, tokens))
    expect(rows(await caller.get(`${entries}?$filter=EntryID eq guid'${found?.EntryID}'`, tokens))).toHaveLength(1)
    expect((await caller.get(`${entries}(guid'${found?.EntryID}')`, tokens)).body.d).toMatchObject({
      YourRef: 'order-1',
    })
    const lines = await caller.get("1001/salesentry/SalesEntryLines?$filter=Description eq 'it''s 1 and 2'", tokens)
    expect(rows(lines)).toMatchObject([{ EntryID: found?.EntryID, AmountFC: 1 }])
  })

  it('refuses a filter it cannot read', async () => {
    expect((await caller.get(`${entries}?$filter=YourRef like 'x'`, tokens)).status).toBe(400)
    expect((await caller.get(`${entries}?$filter=EntryID eq 'x'`, tokens)).status).toBe(400)
  })

  it('pages by 60 with a full next address', async () => {
    caller.control.settings({ minute_limit: null })
    await Promise.all(Array.from({ length: 61 }, (_, index) => caller.book(tokens, { YourRef: `r${index}` })))
    const first = await caller.get(`${entries}?$select=EntryID`, tokens)
    const { __next } = first.body.d as { __next: string }
    const second = await caller.get(__next.replace(`${caller.sandbox.url}/api/v1/`, ''), tokens)
    expect([rows(first).length, rows(second).length]).toEqual([60, 1])
    expect(JSON.stringify(second.body)).not.toContain('__next')
  })

  it('shows a new booking in lists only after the lag', async () => {
    caller.control.settings({ lookup_lag_ms: 30_000 })
    await caller.book(tokens)
    expect(rows(await caller.get(byRef, tokens))).toEqual([])
    caller.control.clock({ advance_ms: 30_000 })
    expect(rows(await caller.get(byRef, tokens))).toHaveLength(1)
  })

  it('changes and deletes a booking, and the ledger says so', async () => {
    await caller.book(tokens)
    const id = caller.control.ledger()[0]?.id
    const lines = [{ AmountFC: 50, GLAccount: ids.revenueLow, VATCode: '1' }]
    expect((await caller.send('PUT', `${entries}(guid'${id}')`, tokens, { SalesEntryLines: lines })).status).toBe(204)
    expect(caller.control.ledger()[0]).toMatchObject({ revision: 2, incl_cents: 5450, deleted_at: null })
    expect((await caller.send('DELETE', `${entries}(guid'${id}')`, tokens, {})).status).toBe(204)
    expect((await caller.get(`${entries}(guid'${id}')`, tokens)).status).toBe(404)
    expect(caller.control.ledger()[0]?.deleted_at).not.toBeNull()
  })
})
