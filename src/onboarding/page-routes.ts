import type { Site } from '../http/site.ts'
import { answerPages } from './answer-routes.ts'
import { checkSteps } from './check-routes.ts'
import { connectSteps } from './connect-step-routes.ts'
import { onboardingListPages } from './list-routes.ts'

/** Pages of the guided flow. */
export function onboardingPages(site: Site): void {
  onboardingListPages(site)
  answerPages(site)
  connectSteps(site)
  checkSteps(site)
}
