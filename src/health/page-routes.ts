import type { Site } from '../http/site.ts'

/** Pages of the overview. */
export function overviewPages(_site: Site): void {}
