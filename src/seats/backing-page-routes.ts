import type { Site } from '../http/site.ts'

/** Pages of who backs what. */
export function backingPages(_site: Site): void {}
