import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/open.ts'
import { cursorOf, cursorText, type OverviewCursor } from '../../src/health/overview-cursor.ts'
import { countVerdicts, type OverviewFilter, readOverview } from '../../src/health/overview-read.ts'
import { HEALTH_VERDICTS, judgeHealth } from '../../src/health/verdict.ts'
import { anyCase, expectedOrder, factsOf, oneOfEach, REASONS, sinceOf } from './overview-cases.ts'
import {
  type Case,
  integrationAt,
  NOW,
  queued,
  startDatabase,
  tenantAt,
  transactionAt,
  well,
  write,
} from './overview-database.ts'

let db: Db
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await startDatabase())
})
afterAll(() => close())

const everything: OverviewFilter = { tenant: null, verdict: null, provider: null, search: null }
const anyCases = fc.array(anyCase, { maxLength: 14 })

const rowsOf = (filter: Partial<OverviewFilter>, after: OverviewCursor | null = null, limit = 100) =>
  readOverview(db, { ...everything, ...filter }, { after, limit }, NOW)

/** Which connections are shown, by their place in the list that was written. */
const shown = async (filter: Partial<OverviewFilter>): Promise<number[]> =>
  (await rowsOf(filter)).map(row => Number(row.integrationId.slice(4)))

const healthOf = (one: Case) => judgeHealth(factsOf(one))

async function expectCounts(cases: readonly Case[], filter: Partial<OverviewFilter>, at: readonly number[]) {
  const verdicts = at.flatMap(place => cases.slice(place, place + 1)).map(one => healthOf(one).verdict)
  const expected = HEALTH_VERDICTS.map(verdict => [verdict, verdicts.filter(other => other === verdict).length])
  expect(await countVerdicts(db, { ...everything, ...filter }, NOW)).toEqual(Object.fromEntries(expected))
}

describe('the overview', () => {
  it('says of every connection what judgeHealth says, in the order of its reasons', async () => {
    expect(new Set(oneOfEach.map(one => healthOf(one).reason.kind))).toEqual(new Set(REASONS))
    await fc.assert(
      fc.asyncProperty(anyCases, async cases => {
        await write(db, cases)
        const rows = await rowsOf({})
        const order = expectedOrder(cases, () => true)
        expect(rows.map(row => row.integrationId)).toEqual(order.map(integrationAt))
        for (const [index, at] of order.entries()) {
          const one = cases[at] ?? well
          expect(rows[index]).toMatchObject({
            tenantId: tenantAt(one.tenant),
            tenantName: ['A', 'B', 'C'][one.tenant],
            label: one.label,
            administration: { number: String(1000 + at), name: one.books },
            username: one.username,
            provider: 'exact-online',
            facts: factsOf(one),
            health: healthOf(one),
            since: sinceOf(one),
          })
        }
      }),
      { numRuns: 60, examples: [[oneOfEach], [[...oneOfEach].reverse()], [[]]] },
    )
  })

  it('filters and counts by the verdict that judgeHealth gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyCases, async cases => {
        await write(db, cases)
        for (const verdict of HEALTH_VERDICTS)
          expect(await shown({ verdict })).toEqual(expectedOrder(cases, one => healthOf(one).verdict === verdict))
        await expectCounts(
          cases,
          {},
          expectedOrder(cases, () => true),
        )
      }),
      { numRuns: 40, examples: [[oneOfEach]] },
    )
  })

  it('pages through every connection once, in the same order, whatever the sizes of the pages', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(anyCases, sizes, async (cases, limits) => {
        await write(db, cases)
        const paged: string[] = []
        let after: OverviewCursor | null = null
        for (let page = 0; page <= cases.length; page++) {
          const rows = await rowsOf({}, after, limits[page % limits.length])
          const last = rows.at(-1)
          if (last === undefined) break
          paged.push(...rows.map(row => row.integrationId))
          after = cursorOf(cursorText(last.cursor))
          expect(after).toEqual(last.cursor)
        }
        expect(paged).toEqual(expectedOrder(cases, () => true).map(integrationAt))
      }),
      { numRuns: 30, examples: [[oneOfEach, [1, 5]]] },
    )
  })

  it('takes no cursor that it did not give', () => {
    for (const text of ['', '1', `1.2.${tenantAt(1)}`, `x.2.${integrationAt(1)}`, `1.2.${integrationAt(1)}0`])
      expect(cursorOf(text)).toBeNull()
  })

  it('never shows or counts a connection of another tenant, whatever is searched for', async () => {
    const wanted = fc.constantFrom(null, 'A', 'a', '1', tenantAt(1), integrationAt(0), integrationAt(3))
    await fc.assert(
      fc.asyncProperty(anyCases, wanted, async (cases, search) => {
        await write(db, cases)
        for (const tenant of [0, 1, 2]) {
          const theirs = { tenant: tenantAt(tenant), search }
          const all = new Set(await shown({ search }))
          const expected = expectedOrder(cases, (one, at) => one.tenant === tenant && all.has(at))
          expect(await shown(theirs)).toEqual(expected)
          await expectCounts(cases, theirs, expected)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('shows those of a provider only', async () => {
    await write(db, [well, well])
    expect(await shown({ provider: 'exact-online' })).toEqual([0, 1])
  })
})

describe('search in the overview', () => {
  const names = ['Aa%', '_b[', 'c\\']
  const letters = fc.constantFrom('a', 'A', 'b', '%', '_', '\\', '*', '?', '[', ']', '^', '-')

  const holds = (one: Case, at: number, search: string): boolean => {
    const small = search.toLowerCase()
    const texts = [names[one.tenant], one.label, one.sourceRef, one.username, one.email, one.books, String(1000 + at)]
    return (
      texts.some(text => text?.toLowerCase().includes(small)) ||
      one.queue.some(({ reference }) => reference.toLowerCase().startsWith(small))
    )
  }

  it('finds a part of any name and the beginning of a reference, and takes *, ?, [ and % for what they are', async () => {
    await fc.assert(
      fc.asyncProperty(anyCases, fc.string({ unit: letters, minLength: 1, maxLength: 3 }), async (cases, search) => {
        await write(db, cases, names)
        const expected = expectedOrder(cases, (one, at) => holds(one, at, search))
        expect(await shown({ search })).toEqual(expected)
        await expectCounts(cases, { search }, expected)
      }),
      {
        numRuns: 60,
        examples: [
          [oneOfEach, '%'],
          [oneOfEach, '_'],
          [oneOfEach, '\\'],
        ],
      },
    )
  })

  it('finds by number, e-mail and name in small letters and capitals, those of French too', async () => {
    const email = { ...well, email: 'Kassa.Twee@shop.example' }
    await write(db, [{ ...well, label: 'Café Élan' }, email, { ...well, tenant: 1 }], ['A', 'École BV', 'C'])
    expect(await shown({ search: 'CAFÉ ÉLAN' })).toEqual([0])
    expect(await shown({ search: ' café' })).toEqual([0])
    expect(await shown({ search: 'école' })).toEqual([2])
    expect(await shown({ search: 'kassa.twee@' })).toEqual([1])
    expect(await shown({ search: '1002' })).toEqual([2])
    expect(await shown({ search: '  ' })).toEqual([0, 1, 2])
  })

  it('finds a reference by its beginning and not by its middle', async () => {
    await write(db, [{ ...well, queue: [queued('delivered', { reference: 'INVOICE-2026-7' })] }, well])
    expect(await shown({ search: 'inv' })).toEqual([0])
    expect(await shown({ search: 'INVOICE-2026-7' })).toEqual([0])
    expect(await shown({ search: '2026-7' })).toEqual([])
  })

  it('finds by an id pasted in full, and by nothing that merely looks like it', async () => {
    await write(db, [well, { ...well, tenant: 1, queue: [queued('delivered'), queued('held')] }])
    expect(await shown({ search: integrationAt(0) })).toEqual([0])
    expect(await shown({ search: ` ${tenantAt(1).toUpperCase()} ` })).toEqual([1])
    expect(await shown({ search: transactionAt(1, 2) })).toEqual([1])
    expect(await shown({ search: transactionAt(1, 3) })).toEqual([])
    expect(await shown({ search: transactionAt(1, 2), tenant: tenantAt(0) })).toEqual([])
    expect(await shown({ search: integrationAt(0).slice(0, -1) })).toEqual([])
  })
})
