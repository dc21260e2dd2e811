import type { OnboardingWords } from '../onboarding-words.ts'

export const onboarding: OnboardingWords = { title: 'Nieuwe koppeling' }
