import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as api from '../../../src/providers/exact-online/api.ts'
import { answer, GUID, ODD, rows } from './answers.ts'

const by = (value: string) => ({ field: 'YourRef', value })

describe('requests', () => {
  it('asks for administrations near any administration', () => {
    expect(api.reach('123')).toMatchObject({ method: 'GET', path: '/api/v1/123/system/Divisions?$select=Code' })
  })

  it('asks for a right with both arguments in quotes', () => {
    const { path } = api.right({ resource: 'salesentry/SalesEntries', action: 'POST' }, '123')
    expect(path.split('?')[0]).toBe('/api/v1/123/users/UserHasRights')
    const asked = new URL(path, 'https://any.invalid').searchParams
    expect(Object.fromEntries(asked)).toEqual({ endpoint: "'salesentry/SalesEntries'", action: "'POST'" })
  })

  it('writes JSON and asks for the whole booking back', () => {
    expect(api.write('sales-invoice', '123', { Journal: '70' })).toEqual({
      method: 'POST',
      path: '/api/v1/123/salesinvoice/SalesInvoices',
      headers: { accept: 'application/json', 'content-type': 'application/json', prefer: 'return=representation' },
      body: '{"Journal":"70"}',
    })
  })

  it.each(['..', '.', '1/../2', '12?x', '', 'current'])('never puts "%s" into a path', administration => {
    expect(api.write('item', administration, {}).path).toBe('/api/v1/0/logistics/Items')
  })

  it('looks up by the reference and asks for nothing but the key and its age', () => {
    const { path } = api.lookUp('sales-order', '123', by("O'Neil & Zn"))
    expect(path).toContain('/api/v1/123/salesorder/SalesOrders?')
    const asked = new URL(path, 'https://any.invalid').searchParams
    expect(Object.fromEntries(asked)).toEqual({ $filter: "YourRef eq 'O''Neil & Zn'", $select: 'OrderID,Created' })
  })

  it('lets no reference break out of its quotes or its query', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['&#%+ or1=]{0,20}$/)), value => {
        const address = new URL(api.lookUp('sales-entry', '123', by(value)).path, 'https://any.invalid')
        expect([...address.searchParams.keys()]).toEqual(['$filter', '$select'])
        expect(address.hash).toBe('')
        const filter = address.searchParams.get('$filter') ?? ''
        expect(filter).toMatch(/^YourRef eq '([^']|'')*'$/su)
        expect(filter.slice(12, -1).replaceAll("''", "'")).toBe(value.toWellFormed())
      }),
    )
  })
})

describe('administrations', () => {
  it('reads numbers, as numbers or as text', () => {
    expect(api.readReach(answer(200, rows({ Code: 12 }, { Code: '34' })))).toEqual({
      administrations: ['12', '34'],
      next: null,
    })
  })

  it.each([
    'https://start.exactonline.nl/api/v1/12/system/Divisions?$skiptoken=60',
    'https://evil.example/api/v1/12/system/Divisions?$skiptoken=60',
    '/api/v1/12/system/Divisions?$skiptoken=60',
    'http://localhost:8080/exact/api/v1/12/system/Divisions?$skiptoken=60',
  ])('goes on below its own base, whatever host __next names: %s', next => {
    const page = api.readReach(answer(200, { d: { results: [{ Code: 12 }], __next: next } }))
    expect(page?.next).toMatchObject({ method: 'GET', path: '/api/v1/12/system/Divisions?$skiptoken=60' })
  })

  it.each([7, 'https://evil.example/log-in', 'https://['])('gives no half list when __next is %s', next => {
    expect(api.readReach(answer(200, { d: { results: [{ Code: 12 }], __next: next } }))).toBeNull()
  })

  it.each([{}, { Code: null }, { Code: 'x' }, { Code: 0 }, { Code: 1.5 }])('gives no half list for a row %j', row => {
    expect(api.readReach(answer(200, rows({ Code: 12 }, row)))).toBeNull()
  })
})

describe('rights', () => {
  it.each([
    [{ d: { UserHasRights: true } }, 'yes'],
    [{ d: { UserHasRights: false } }, 'no'],
    [{ d: true }, 'yes'],
    [{ d: false }, 'no'],
    [{ d: { UserHasRights: 'false' } }, 'unknown'],
    [{ d: { UserHasRights: null } }, 'unknown'],
    [{ d: 0 }, 'unknown'],
    [{ UserHasRights: false }, 'unknown'],
    [false, 'unknown'],
  ])('reads %j as %s', (body, verdict) => {
    expect(api.readRight(answer(200, body))).toBe(verdict)
  })

  it.each([403, 401, 404, 500, 302])('takes nothing said with status %i for a no', status => {
    expect(api.readRight(answer(status, { d: false }))).toBe('unknown')
  })

  it('never says no unless the answer is literally false', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.jsonValue().map(d => JSON.stringify({ d })),
    )
    fc.assert(
      fc.property(bodies, body => {
        // Nothing may stand for a no but the word itself, as the value of `d` or of the property asked for.
        const literallyNo = /"d"\s*:\s*(false|\{.*"UserHasRights"\s*:\s*false.*\})/s.test(body)
        if (!literallyNo) expect(api.readRight(answer(200, body))).not.toBe('no')
      }),
    )
  })
})

describe('bookings', () => {
  it.each([
    ['sales-entry', 'EntryID'],
    ['sales-invoice', 'InvoiceID'],
    ['sales-order', 'OrderID'],
    ['cash-entry', 'EntryID'],
    ['bank-entry', 'EntryID'],
    ['general-journal-entry', 'EntryID'],
    ['customer', 'ID'],
    ['item', 'ID'],
  ] as const)('reads the id of a %s from %s, written or found', (kind, key) => {
    expect(api.readWritten(kind, answer(201, { d: { [key]: GUID, Other: 1 } }))).toBe(GUID)
    expect(api.readWritten(kind, answer(201, rows({ [key]: GUID })))).toBe(GUID)
    expect(api.readLookUp(kind, answer(200, rows({ [key]: GUID }, { [key]: 'b' })))).toEqual([GUID, 'b'])
    expect(api.readLookUp(kind, answer(200, rows()))).toEqual([])
  })

  it.each([
    {},
    { EntryID: null },
    { EntryID: '' },
    { EntryID: 7 },
    { EntryID: '00000000-0000-0000-0000-000000000000' },
  ])('takes %j for no id', row => {
    expect(api.readWritten('sales-entry', answer(201, { d: row }))).toBeNull()
    expect(api.readLookUp('sales-entry', answer(200, rows({ EntryID: GUID }, row)))).toBeNull()
  })

  it('does not take an empty page that has a next one for "not there"', () => {
    expect(api.readLookUp('sales-entry', answer(200, { d: { results: [], __next: '/api/v1/1/x' } }))).toBeNull()
  })

  it('P46 leaves out what was made before our own sending, and counts what does not say when', () => {
    const found = rows(
      { EntryID: GUID, Created: '/Date(999)/' },
      { EntryID: 'b', Created: '/Date(1000)/' },
      { EntryID: 'c' },
    )
    expect(api.readLookUp('sales-entry', answer(200, found), 1000)).toEqual(['b', 'c'])
  })

  it('takes no list said with a refusal for "not there"', () => {
    expect(api.readLookUp('sales-entry', answer(403, rows()))).toBeNull()
  })
})

describe('odd answers', () => {
  it.each(ODD)('reads nothing from %s', (_what, body) => {
    const odd = answer(200, body)
    expect(api.readReach(odd)).toBeNull()
    expect(api.readRight(odd)).toBe('unknown')
    expect(api.readWritten('sales-entry', odd)).toBeNull()
    expect(api.readLookUp('sales-entry', odd)).toBeNull()
  })
})
