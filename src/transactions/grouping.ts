import type { IntegrationId } from '../id.ts'
import type { Missing } from '../rights/right.ts'

/** So many held transactions of one integration that wait for exactly this. */
export type HeldRow = { integrationId: IntegrationId; missing: readonly Missing[]; count: number }

/** One thing that is missing, and how many transactions of one integration wait for it. */
export type CauseGroup = { integrationId: IntegrationId; missing: Missing; waiting: number }

/** Group what is held by what it waits for, the most first. What waits for two things is counted with both. */
export function groupByCause(rows: readonly HeldRow[]): CauseGroup[] {
  const causes = new Map<string, CauseGroup>()
  for (const { integrationId, missing, count } of rows) {
    const each = new Map(missing.map(one => [keyOf(integrationId, one), one]))
    for (const [key, one] of each) {
      const known = causes.get(key)
      if (known === undefined) causes.set(key, { integrationId, missing: one, waiting: count })
      else known.waiting += count
    }
  }
  return [...causes.values()].toSorted((a, b) => b.waiting - a.waiting)
}

/** The provider's words are not in it: it may say the same thing twice in other words. */
const keyOf = (integration: IntegrationId, { layer, cause, resource, action, administration }: Missing): string =>
  JSON.stringify([integration, layer, cause, resource, action, administration])
