/** What stands on the onboarding pages. */
export type OnboardingWords = { title: string }
