import type { Site } from '../http/site.ts'

/** Pages of webhooks. */
export function webhookPages(_site: Site): void {}
