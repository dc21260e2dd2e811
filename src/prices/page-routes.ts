import type { Site } from '../http/site.ts'

/** Pages of prices. */
export function pricePages(_site: Site): void {}
