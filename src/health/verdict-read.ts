import { type SQL, sql } from 'drizzle-orm'
import { connections } from '../../db/schema/connections.ts'
import { integrations } from '../../db/schema/seats.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { DAY } from '../clock.ts'
import type { WarningKind } from '../connections/connection.ts'
import type { TransactionState } from '../transactions/transaction.ts'
import { type HealthReason, type HealthVerdict, worstFirst } from './verdict.ts'

// `judgeHealth` once more, for the database: it ranks, filters and counts what is too much to be read. The expressions
// are about a row of `integrations` joined with its connection. A test holds both against each other.

type Rule = { verdict: HealthVerdict; when: SQL }

/** Failed transactions count towards health for this long. */
const FAILED_COUNTS_FOR = DAY

const { tenantId, integrationId, state, updatedAt } = transactions
const ofIntegration = sql`${tenantId} = ${integrations.tenantId} and ${integrationId} = ${integrations.id}`

// In the very words of the index `transactions_waiting`, which SQLite takes only when it is asked in them.
const waitingAny = sql`${ofIntegration} and ${state} in ('held', 'uncertain')`

/** Say which transactions of the row's integration are in one of the states that wait for something outside Zetel. */
export const waiting = (which: 'held' | 'uncertain'): SQL => sql`${waitingAny} and ${state} = ${literal(which)}`

const queued = sql`${ofIntegration} and ${state} = 'queued'`
const failedLately = (now: number): SQL =>
  sql`${ofIntegration} and ${state} = 'failed' and ${updatedAt} >= ${now - FAILED_COUNTS_FOR}`

const literal = (known: TransactionState | WarningKind): SQL => sql.raw(`'${known}'`)

const some = (which: SQL): SQL => sql`exists (select 1 from ${transactions} where ${which})`
const howMany = (which: SQL): SQL<number> => sql<number>`(select count(*) from ${transactions} where ${which})`

const warned = (kind: WarningKind): SQL =>
  sql`${connections.warnings} <> '[]' and exists (select 1 from json_each(${connections.warnings}) where value ->> 'kind' = ${literal(kind)})`

/** The reasons in the order in which `judgeHealth` asks for them: the first that holds is the one. */
const rulesAt = (now: number): { [Kind in HealthReason['kind']]: Rule } => ({
  not_connected: { verdict: 'unknown', when: sql`${connections.state} = 'pending'` },
  ended: { verdict: 'unknown', when: sql`${connections.state} = 'ended'` },
  reconnect_required: { verdict: 'broken', when: sql`${connections.state} = 'reconnect_required'` },
  uncertain: { verdict: 'attention', when: some(waiting('uncertain')) },
  held: { verdict: 'attention', when: some(waiting('held')) },
  degraded: { verdict: 'attention', when: sql`${connections.state} = 'degraded'` },
  administration_not_granted: { verdict: 'attention', when: warned('administration_not_granted') },
  rights_missing: { verdict: 'attention', when: warned('rights_missing') },
  failed: { verdict: 'attention', when: some(failedLately(now)) },
  client_user: { verdict: 'attention', when: warned('client_user') },
  not_probed: { verdict: 'unknown', when: sql`${connections.lastProbeAt} is null` },
  fine: { verdict: 'healthy', when: sql`true` },
})

/** The verdict of each rank: 0 is the worst; within a verdict the reason that `judgeHealth` asks for first. */
export const VERDICT_OF_RANK: readonly HealthVerdict[] = Object.values(rulesAt(0))
  .map(rule => rule.verdict)
  .toSorted(worstFirst)

/** Place an integration among all: an index of `VERDICT_OF_RANK`. */
export function rankAt(now: number): SQL<number> {
  const rules = Object.values(rulesAt(now))
  const ranked = rules.toSorted((a, b) => worstFirst(a.verdict, b.verdict))
  const cases = rules.map(rule => sql`when ${rule.when} then ${sql.raw(String(ranked.indexOf(rule)))}`)
  return sql<number>`case ${sql.join(cases, sql` `)} end`
}

/** Later than any moment: since when nothing is wrong. */
export const NEVER = Number.MAX_SAFE_INTEGER

const firstAccepted = (which: 'held' | 'uncertain'): SQL =>
  sql`coalesce((select ${transactions.acceptedAt} from ${transactions} where ${ofIntegration} and ${state} = ${literal(which)} order by ${transactions.sequence} limit 1), ${NEVER})`

/**
 * Since when something is wrong (Unix ms, or `NEVER`): what the connection's trouble says, else when the first held or
 * uncertain transaction of its queue was accepted.
 */
export const troubledSince = sql<number>`coalesce(${connections.trouble} ->> 'since', 
  case when ${some(waitingAny)} then min(${firstAccepted('held')}, ${firstAccepted('uncertain')}) else ${NEVER} end)`

/** How many transactions of an integration wait or have failed lately. */
export const countsAt = (now: number) => ({
  held: howMany(waiting('held')),
  queued: howMany(queued),
  uncertain: howMany(waiting('uncertain')),
  failed: howMany(failedLately(now)),
})
