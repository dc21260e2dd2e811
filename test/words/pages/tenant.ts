import type { Words } from '../../../src/words/words.ts'

/** Sentences of the tenant pages that need an example to be said. */
export const tenantSamples = ({ tenant, measures }: Words): string[] => [
  ...[1, 2].flatMap(count => [
    tenant.integrations(count),
    tenant.free(count),
    tenant.unfinished(count),
    tenant.unseated.more(count),
  ]),
  ...[0, 1, 2].map(without => tenant.cost(measures.money(125_000), without)),
  tenant.make(null),
  tenant.make('webshop.be'),
  tenant.unseated.noAccess('1001'),
]
