import type { Site } from '../http/site.ts'
import { listPages } from './list-page-routes.ts'
import { onePages } from './one-page-routes.ts'

/** Pages of transactions. */
export function transactionPages(site: Site): void {
  listPages(site)
  onePages(site)
}
