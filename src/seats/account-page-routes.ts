import type { Site } from '../http/site.ts'

/** Pages of service accounts. */
export function accountPages(_site: Site): void {}
