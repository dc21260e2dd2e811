import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chaptersOf, type Happening } from '../../src/connections/history.ts'
import { SIGNAL_KINDS, type SignalKind } from '../../src/health/signal.ts'

const told = (...kinds: SignalKind[]): Happening[] =>
  kinds.map((kind, back) => ({ at: 1_000 - back, kind, words: null }))

describe('a history', () => {
  it('tells each run of what is routine in one line, from its first to its last', () => {
    const chapters = chaptersOf(
      told('probed', 'refreshed', 'refreshed', 'reconnect_required', 'probed', 'connected', 'refreshed'),
    )
    expect(chapters).toEqual([
      {
        type: 'routine',
        since: 998,
        at: 1_000,
        counts: [
          { kind: 'refreshed', count: 2 },
          { kind: 'probed', count: 1 },
        ],
      },
      { type: 'event', at: 997, kind: 'reconnect_required', words: null },
      { type: 'routine', since: 996, at: 996, counts: [{ kind: 'probed', count: 1 }] },
      { type: 'event', at: 995, kind: 'connected', words: null },
      { type: 'routine', since: 994, at: 994, counts: [{ kind: 'refreshed', count: 1 }] },
    ])
  })

  it('leaves nothing out and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SIGNAL_KINDS), { maxLength: 60 }), kinds => {
        const chapters = chaptersOf(told(...kinds))
        const sizes = chapters.map(one =>
          one.type === 'event' ? 1 : one.counts.reduce((sum, { count }) => sum + count, 0),
        )
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(kinds.length)
        const times = chapters.flatMap(one => (one.type === 'event' ? [one.at] : [one.at, one.since]))
        expect(times).toEqual([...times].sort((a, b) => b - a))
        const events = kinds.filter(kind => kind !== 'refreshed' && kind !== 'probed')
        expect(chapters.flatMap(one => (one.type === 'event' ? [one.kind] : []))).toEqual(events)
      }),
    )
  })
})
