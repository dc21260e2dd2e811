import type { Site } from '../http/site.ts'

/** Pages of the API reference. */
export function referencePages(_site: Site): void {}
