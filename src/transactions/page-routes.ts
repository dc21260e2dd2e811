import type { Site } from '../http/site.ts'

/** Pages of transactions. */
export function transactionPages(_site: Site): void {}
