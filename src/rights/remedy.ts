import type { Warning } from '../connections/connection.ts'
import type { ScreenPath } from '../providers/provider.ts'
import { quotable } from '../words/quotable.ts'
import { sayWarning } from '../words/right-words.ts'
import type { Words } from '../words/words.ts'
import { guidance, guidanceOnWarning, newUser, nowhere, type Seen } from './guidance.ts'
import type { Action, Cause, Layer, Missing } from './right.ts'

/** What is known of who is connected; `accountancy` is null when nobody said whether the licence is one of accountants. */
export type RemedyAbout = {
  registration: 'published' | 'self_registered'
  username: string | null
  accountancy: boolean | null
}

/** How to mend something: in a sentence, where (the provider's literal screens, `path` being the first; empty: nowhere), and step by step. */
export type Remedy = { text: string; path: ScreenPath; paths: ScreenPath[]; steps: string[] }

/** A missing right as people read it. `derived`: concluded, not said by the provider (EOL-04). `words`: the provider's own, when they say anything. */
export type ExplainedMissing = {
  layer: Layer
  resource: string
  action: Action
  administration: string
  code: Cause
  reason: string
  derived: boolean
  words: string | null
  remedy: Remedy
}

/** A warning as people read it. */
export type ExplainedWarning = { code: Warning['kind']; reason: string; administration: string | null; remedy: Remedy }

const DERIVED: ReadonlySet<Cause> = new Set<Cause>(['right_derived', 'licence_module'])

/** Explain one thing that stands in a booking's way: why, whether that is certain, and how to mend it. */
export function explain(missing: Missing, about: RemedyAbout, words: Words): ExplainedMissing {
  const { layer, resource, action, administration, cause } = missing
  const seen = seeing(missing, about, words)
  const unknown = resource === '*'
  const said = unknown ? words.rights.unknownBooking(seen) : words.rights.causes[cause](seen)
  const { paths, steps } = unknown ? nowhere(words.rights.steps.otherBookingKind) : guidance[cause](seen)
  return {
    layer,
    resource,
    action,
    administration,
    code: cause,
    reason: said.reason,
    derived: DERIVED.has(cause),
    words: quotable(missing.words ?? ''),
    remedy: remedy(said.remedy, paths, steps),
  }
}

/** Explain a warning on a connection that works. */
export function explainWarning(
  warning: Warning,
  about: Pick<RemedyAbout, 'username' | 'accountancy'>,
  words: Words,
): ExplainedWarning {
  const said = sayWarning(words.rights, warning)
  const { paths, steps } = guidanceOnWarning(warning, about, words.rights)
  const administration = 'administration' in warning ? warning.administration : null
  return { code: warning.kind, reason: said.reason, administration, remedy: remedy(said.remedy, paths, steps) }
}

/** Say how a person finds out what the provider does not say: the same action, as that user, in Exact Online (EOL-05). */
export const manualProbe = (missing: Missing, about: RemedyAbout, words: Words): string[] =>
  words.rights.steps.probe(seeing(missing, about, words))

/** Say how to make a dedicated user for one administration, step by step. */
export const stepsForNewUser = (administration: string, words: Words): string[] =>
  newUser(administration, words.rights).steps

const remedy = (text: string, paths: ScreenPath[], steps: string[]): Remedy => ({
  text,
  path: paths[0] ?? '',
  paths,
  steps,
})

const seeing = (missing: Missing, about: RemedyAbout, words: Words): Seen => ({
  user: words.rights.user(about.username),
  right: words.rights.name(missing),
  administration: missing.administration,
  about,
  rights: words.rights,
})
