import type { Site } from '../http/site.ts'

/** Pages of the audit log. */
export function auditPages(_site: Site): void {}
