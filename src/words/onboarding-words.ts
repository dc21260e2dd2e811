import type { ConsentProgress } from '../onboarding/consent-progress.ts'
import type { Step } from '../onboarding/onboarding.ts'
import type { Obstacle } from '../onboarding/user-choice.ts'
import type { NeedPurpose } from '../rights/right.ts'
import { type Sentences, say } from './sentences.ts'
import type { Locale } from './words.ts'

/** What stands on the pages of the guided flow. */
export type OnboardingWords = {
  title: string
  start: StartWords
  /** "Stap 3 van 9". */
  progress(at: number, of: number): string
  /** How the list of steps is named to who cannot see it. */
  stepList: string
  steps: Record<Step, { name: string; title: string }>
  next: string
  back: string
  source: {
    lead: string
    kind: string
    provider: string
    providerHint: string
    label: string
    labelHint: string
    ref: string
    refHint: string
  }
  target: TargetWords
  bookings: { lead: string; kinds: string; strict: string; strictHint: string }
  rights: {
    lead(administration: string): string
    writes: string
    reads: string
    /** What a right is needed for, by what it is a right to. */
    toWrite: Record<NeedPurpose, string>
    toRead: Record<NeedPurpose, string>
    given: string
  }
  user: UserWords
  link: LinkWords
  check: {
    lead(username: string): string
    kinds(kinds: string): string
    again: string
    againText: string
    anyway: string
    anywayText: string
  }
  test: {
    lead: string
    kind: string
    action: string
    again: string
    outcome(kind: string): string
    finish: string
    finishText: string
  }
  done: {
    lead(label: string, username: string): string
    next: string
    bookkeeping: string
    send: string
    watch: string
    toIntegration: string
    another: string
  }
}

type StartWords = {
  lead: string
  needed: string
  needs: string[]
  action: string
  unfinished: string
  none: string
  columns: { label: string; at: string; by: string; changed: string; onward: string }
  noLabel: string
  ended: string
  goOn: string
  discard: string
  discardText: string
  alsoEnd: string
  alsoEndHint: string
  /** The button that throws one away; `label` tells which to who hears it without its row. */
  discardThis(label: string): string
}

type TargetWords = {
  lead: string
  app: string
  noApp: string
  administration: string
  choose: string
  none: string
  add: string
  addHint: string
  number: string
  name: string
  notBoth: string
  fixed: string
}

type UserWords = {
  lead: string
  chosen(username: string): string
  account: string
  /** The user whom the seat plan would take. */
  planned: string
  each(money: string): string
  noPrice: string
  make: string
  makeHint: string
  anyone: string
  anyoneHint: string
  username: string
  usernameHint: string
  email: string
  emailHint: string
  how: string
  others: string
  obstacles: Sentences<Obstacle>
  /** Why a choice was refused, with what to do instead. */
  refused(username: string, obstacle: Obstacle): string
  nameTaken(username: string): string
  emailTaken(username: string): string
}

type LinkWords = {
  forUser(username: string): string
  forAnyone: string
  locale: string
  languages: Record<Locale, string>
  make: string
  makeNew: string
  makeText: string
  makeNewText: string
  once: string
  onceText(until: string): string
  address: string
  qr: string
  qrText: string
  mail: string
  mailText: string
  /** The message, in the language of the link. */
  subject(label: string, provider: string): string
  body(about: { label: string; provider: string; url: string; until: string; username: string | null }): string
  state: string
  /** `until` and `at` have been written out as `moment`. */
  progress: Sentences<ConsentProgress, string, [moment: string]>
  otherUser: string
  toCheck: string
  onSeat(label: string): string
}

/** Say why a user cannot be chosen. */
export const sayObstacle = (words: OnboardingWords, obstacle: Obstacle): string =>
  say<Obstacle, Obstacle['kind'], string, []>(words.user.obstacles, obstacle.kind, obstacle)

/** Say how far the other person is; `moment` is when the link ends or ended, written out. */
export const sayProgress = (words: OnboardingWords, progress: ConsentProgress, moment: string): string =>
  say<ConsentProgress, ConsentProgress['kind'], string, [string]>(words.link.progress, progress.kind, progress, moment)
