import type { SignalKind } from '../health/signal.ts'

/** Something that happened to a connection; `at` is Unix ms. */
export type Happening = { at: number; kind: SignalKind; words: string | null }

/** One event, or a run of what happens all the time by itself, from the first (`since`) to the last. */
export type Chapter =
  | ({ type: 'event' } & Happening)
  | { type: 'routine'; since: number; at: number; counts: { kind: Routine; count: number }[] }

const ROUTINE = ['refreshed', 'probed'] as const satisfies readonly SignalKind[]
export type Routine = (typeof ROUTINE)[number]

/** Tell a history, newest first, so that what is routine does not bury what matters: each run of it is one line. */
export function chaptersOf(happenings: readonly Happening[]): Chapter[] {
  const chapters: Chapter[] = []
  for (const happening of happenings) {
    const kind = ROUTINE.find(one => one === happening.kind)
    const last = chapters.at(-1)
    if (kind === undefined) chapters.push({ type: 'event', ...happening })
    else if (last?.type === 'routine') chapters.splice(-1, 1, extended(last, kind, happening.at))
    else chapters.push({ type: 'routine', since: happening.at, at: happening.at, counts: [{ kind, count: 1 }] })
  }
  return chapters
}

function extended(
  run: Extract<Chapter, { type: 'routine' }>,
  kind: Routine,
  since: number,
): Extract<Chapter, { type: 'routine' }> {
  const counts = ROUTINE.flatMap(one => {
    const before = run.counts.find(other => other.kind === one)?.count ?? 0
    const count = before + (one === kind ? 1 : 0)
    return count === 0 ? [] : [{ kind: one, count }]
  })
  return { ...run, since, counts }
}
