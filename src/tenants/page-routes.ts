import type { Site } from '../http/site.ts'

/** Pages of tenants and their settings. */
export function tenantPages(_site: Site): void {}
