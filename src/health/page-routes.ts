import { z } from '@hono/zod-openapi'
import { HOUR } from '../clock.ts'
import type { Reader } from '../http/reader.ts'
import type { Site } from '../http/site.ts'
import { PROVIDER_NAMES } from '../providers/provider.ts'
import { ok } from '../result.ts'
import { cursorOf, cursorText } from './overview-cursor.ts'
import { overviewBody } from './overview-page.tsx'
import { countVerdicts, readOverview } from './overview-read.ts'
import { daysOf } from './timeline.ts'
import { today } from './today-read.ts'
import { HEALTH_VERDICTS } from './verdict.ts'

/** More than these nobody reads at once, and they keep the page small. */
const ON_A_PAGE = 50

const Query = z.object({
  q: z.string().max(200).catch('').default(''),
  verdict: z
    .union([z.enum(HEALTH_VERDICTS), z.literal('')])
    .catch('')
    .default(''),
  provider: z
    .union([z.enum(PROVIDER_NAMES), z.literal('')])
    .catch('')
    .default(''),
  after: z.string().max(100).catch('').default(''),
})

/** The operator's overview: every connection of every tenant, the worst first. */
export function overviewPages(site: Site): void {
  const { db } = site.ports
  site.page({ path: '/overview', may: 'operate', query: Query }, async ({ reader, query }) => {
    const { q, verdict, provider, after } = query
    const filter = { tenant: null, provider: provider === '' ? null : provider, search: q.trim() === '' ? null : q }
    const page = { after: cursorOf(after), limit: ON_A_PAGE + 1 }
    const [rows, counts, day] = await Promise.all([
      readOverview(db, { ...filter, verdict: verdict === '' ? null : verdict }, page, reader.now),
      countVerdicts(db, filter, reader.now),
      today(db, null, startOfToday(reader)),
    ])
    const shown = rows.slice(0, ON_A_PAGE)
    const last = shown.at(-1)
    const next = rows.length > ON_A_PAGE && last !== undefined ? cursorText(last.cursor) : null
    const body = overviewBody({ reader, asked: query, counts, today: day, rows: shown, next })
    return ok({ title: reader.words.overview.title, place: 'overview', body })
  })
}

/** The moment (Unix ms) at which the reader's day began. */
const startOfToday = ({ now, zone }: Reader): number => (daysOf([], zone, now, 1)[0]?.hours[0]?.hour ?? 0) * HOUR
