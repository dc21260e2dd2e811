import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { migrate } from '../db/migrate.ts'
import { type Db, openDb } from '../db/open.ts'
import { startLibsqlServer } from '../local/libsql-server.ts'
import { HOUR } from '../src/clock.ts'
import type { OverviewCursor } from '../src/health/overview-cursor.ts'
import { countVerdicts, type OverviewFilter, readOverview } from '../src/health/overview-read.ts'
import { today } from '../src/health/today-read.ts'
import { fill, type Size } from './overview-fill.ts'

// Measures what the overview asks of the database, over the local libSQL server, and how that grows with the number of
// connections: medians in ms, and as ratios to the smallest database.

const SIZES: Size[] = [
  { connections: 100, delivered: 20 },
  { connections: 10_000, delivered: 20 },
  { connections: 100_000, delivered: 0 },
]
const ROUNDS = 9
const LIMIT = 50
const LATER = 10

type Medians = Record<string, number>

const everything: OverviewFilter = { tenant: null, verdict: null, provider: null, search: null }

console.log(`${cpus().length} × ${cpus()[0]?.model}; Node ${process.version}; medians of ${ROUNDS}, ms`)
const measured: Medians[] = []
for (const size of SIZES) measured.push(await measureAt(size))
const [smallest = {}] = measured
console.table(
  Object.fromEntries(
    Object.entries(smallest).map(([what, base]) => [
      what,
      Object.fromEntries(
        measured.flatMap((medians, at) => {
          const [name, median] = [SIZES[at]?.connections.toLocaleString('en'), medians[what] ?? 0]
          const ratio: [string, string][] = at === 0 ? [] : [[`× at ${name}`, (median / base).toFixed(1)]]
          return [[`${name}`, median.toFixed(1)], ...ratio]
        }),
      ),
    ]),
  ),
)

async function measureAt(size: Size): Promise<Medians> {
  const folder = await mkdtemp(join(tmpdir(), 'zetel-overview-'))
  const server = await startLibsqlServer({ file: join(folder, 'zetel.db') })
  try {
    await migrate(server.url)
    const now = Date.now()
    await fill(createClient({ url: server.url }), size, now)
    return await measure(openDb(server.url, undefined), now)
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(db: Db, now: number): Promise<Medians> {
  const page = (filter: Partial<OverviewFilter> = {}, after: OverviewCursor | null = null) =>
    readOverview(db, { ...everything, ...filter }, { after, limit: LIMIT }, now)
  const counts = (filter: Partial<OverviewFilter> = {}) => countVerdicts(db, { ...everything, ...filter }, now)
  const ofToday = () => today(db, null, now - 12 * HOUR)
  const later = await cursorBefore(after => page({}, after))
  const tenant = (await page())[0]?.tenantId ?? null
  const asked: Record<string, () => Promise<unknown>> = {
    'page 1': () => page(),
    'a later page': () => page({}, later),
    'page 1 of the healthy': () => page({ verdict: 'healthy' }),
    counts: () => counts(),
    today: ofToday,
    'the whole overview: page 1, counts and today': () => Promise.all([page(), counts(), ofToday()]),
    'search of a name': () => page({ search: 'Bakkerij 7' }),
    'search of a reference': () => page({ search: '2026-77-' }),
    'search of a transaction id': () => page({ search: `txn_${'4'.padEnd(16, '0')}${'1'.padStart(10, '0')}` }),
    'counts of a search': () => counts({ search: 'Bakkerij 7' }),
    'the whole overview of one tenant': () =>
      Promise.all([page({ tenant }), counts({ tenant }), today(db, tenant, now)]),
  }
  const medians: Medians = {}
  for (const [what, ask] of Object.entries(asked)) medians[what] = await median(ask)
  return medians
}

/** Turn pages, at most so many, to one that is full. */
async function cursorBefore(page: (after: OverviewCursor | null) => ReturnType<typeof readOverview>) {
  let cursor: OverviewCursor | null = null
  for (let turned = 1; turned < LATER; turned++) {
    const rows = await page(cursor)
    if (rows.length < LIMIT) break
    cursor = rows.at(-1)?.cursor ?? null
    if ((await page(cursor)).length < LIMIT) break
  }
  return cursor
}

async function median(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  await ask() // To warm up, unmeasured.
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
}
