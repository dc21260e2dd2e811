import type { Site } from '../http/site.ts'

/** Pages of the guided flow. */
export function onboardingPages(_site: Site): void {}
