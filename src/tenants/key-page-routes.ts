import type { Site } from '../http/site.ts'

/** Pages of API keys. */
export function keyPages(_site: Site): void {}
