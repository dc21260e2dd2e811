import type { Site } from '../http/site.ts'

/** Pages of one integration and its connection. */
export function connectionPages(_site: Site): void {}
