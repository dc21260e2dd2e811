import type { Site } from '../http/site.ts'

/** Pages of provider apps. */
export function appPages(_site: Site): void {}
