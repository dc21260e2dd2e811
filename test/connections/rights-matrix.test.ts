import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONNECTION_STATES } from '../../src/connections/connection.ts'
import { type Cell, rightsMatrix } from '../../src/connections/rights-matrix.ts'
import { exactOnline } from '../../src/providers/exact-online/exact-online.ts'
import { USER_KINDS } from '../../src/providers/provider.ts'
import { preflight } from '../../src/rights/preflight.ts'
import { requirementsOf } from '../../src/rights/requirements.ts'
import { BOOKING_KINDS, CAUSES, LAYERS, type Verdict } from '../../src/rights/right.ts'
import type { Observation, RightObserved, Standing } from '../../src/rights/standing.ts'

const SALES = { resource: 'salesentry/SalesEntries', action: 'POST' as const }
const needs = requirementsOf(exactOnline, ['sales-entry'])

const right = (observation: Observation, administration = '1001'): RightObserved => ({
  ...SALES,
  administration,
  observation,
  observedAt: 1,
})

const well: Standing = {
  state: 'active',
  userKind: 'full_user',
  registration: 'published',
  appScopes: [],
  reach: ['1001', '1002'],
  rights: [],
}

/** The write is the first row. */
const written = (standing: Standing) => rightsMatrix(standing, needs, '1001').rows[0]?.cells

describe('the grid of rights', () => {
  it('has the integration’s own administration first, then all others within reach', () => {
    const { administrations, more } = rightsMatrix({ ...well, reach: ['1002', '1001', '1003'] }, needs, '1001')
    expect(administrations).toEqual(['1001', '1002', '1003'])
    expect(more).toBe(0)
  })

  it('says how many it leaves out where there are more than anyone compares', () => {
    const reach = [...Array(100).keys()].map(at => String(1001 + at))
    const { administrations, more } = rightsMatrix({ ...well, reach }, needs, '1001')
    expect(administrations.length + more).toBe(100)
    expect(administrations.length).toBeLessThan(20)
  })

  it('has a row for each right once, with all bookings that need it', () => {
    const rows = rightsMatrix(well, requirementsOf(exactOnline, ['sales-entry', 'cash-entry']), '1001').rows
    const journals = rows.filter(({ need }) => need.resource === 'financial/Journals')
    expect(journals).toHaveLength(1)
    expect(journals[0]?.need.bookingKinds).toEqual(['sales-entry', 'cash-entry'])
  })

  it.each<[string, Standing, Cell[]]>([
    [
      'there, where the provider said so',
      { ...well, rights: [right({ by: 'probe', answer: 'yes' })] },
      ['yes', 'unknown'],
    ],
    ['missing, where it said no', { ...well, rights: [right({ by: 'probe', answer: 'no' })] }, ['no', 'unknown']],
    [
      'missing, where a booking was refused although it had said yes',
      {
        ...well,
        rights: [
          right({ by: 'delivery', layer: 'right', cause: 'right_derived', words: 'Forbidden', probed: 'yes' }),
          right({ by: 'probe', answer: 'yes' }, '1002'),
        ],
      },
      ['no', 'yes'],
    ],
    ['missing, where the app does not reach', { ...well, reach: ['1002'] }, ['no', 'unknown']],
    ['of no use while nobody is connected', { ...well, state: 'pending', reach: null }, ['closed']],
    [
      'missing all the same where that is known of a connection that broke',
      { ...well, state: 'reconnect_required', rights: [right({ by: 'probe', answer: 'no' })] },
      ['no', 'closed'],
    ],
  ])('shows a right as %s', (_, standing, cells) => expect(written(standing)).toEqual(cells))

  it('EOL-03 never says otherwise than the check before a booking', () => {
    const answers = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const)
    const observations: fc.Arbitrary<Observation> = fc.oneof(
      answers.map(answer => ({ by: 'probe' as const, answer })),
      fc.record({
        by: fc.constant('delivery' as const),
        layer: fc.constantFrom(...LAYERS),
        cause: fc.constantFrom(...CAUSES),
        words: fc.constant(''),
        probed: fc.option(answers),
      }),
    )
    const standings = fc.record<Standing>({
      state: fc.constantFrom(...CONNECTION_STATES),
      userKind: fc.constantFrom(...USER_KINDS),
      registration: fc.constantFrom('published', 'self_registered'),
      appScopes: fc.subarray(['financial.accounting', 'crm.accounts']),
      reach: fc.option(fc.subarray(['1001', '1002'])),
      rights: fc
        .array(fc.tuple(fc.constantFrom(...requirementsOf(exactOnline, BOOKING_KINDS)), observations))
        .map(found =>
          found.map(([{ resource, action }, observation]) => ({
            resource,
            action,
            administration: '1001',
            observation,
            observedAt: 1,
          })),
        ),
    })
    fc.assert(
      fc.property(standings, fc.subarray([...BOOKING_KINDS], { minLength: 1 }), (standing, kinds) => {
        const { rows } = rightsMatrix(standing, requirementsOf(exactOnline, kinds), '1001')
        for (const kind of kinds) {
          const cells = rows.filter(({ need }) => need.bookingKinds.includes(kind)).map(row => row.cells[0])
          const verdict: Verdict['verdict'] = cells.some(cell => cell === 'no' || cell === 'closed')
            ? 'denied'
            : cells.includes('unknown')
              ? 'unknown'
              : 'allowed'
          expect(verdict).toBe(preflight(standing, exactOnline.needs(kind), '1001').verdict)
        }
      }),
    )
  })
})
