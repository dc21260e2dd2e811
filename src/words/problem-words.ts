import type { Failure, InvalidField } from '../failure.ts'
import { type Sentences, say } from './sentences.ts'

/** A title that stays the same for one kind of failure, and a detail that says what happened, to what, and what to do next. */
export type Said = { title: string; detail: string }

/** What is wrong with a field, when it is not a schema's own message. */
export type FieldProblem = Exclude<InvalidField['message'], string>

export type ProblemWords = {
  /** `wait` says when to try again, in words. */
  failures: Sentences<Failure, Said, [wait: string]>
  fields: Sentences<FieldProblem>
}

/** The refusals that people meet on the dashboard and before it. */
export type PeopleFailures = Pick<
  ProblemWords['failures'],
  | 'sign_in_over'
  | 'sign_in_declined'
  | 'sign_in_refused'
  | 'issuer_unreachable'
  | 'no_issuer'
  | 'invitation_over'
  | 'role_missing'
  | 'form_outdated'
  | 'last_admin'
>

/** Say one failure. */
export const sayFailure = (words: ProblemWords, failure: Failure, wait: string): Said =>
  say<Failure, Failure['kind'], Said, [string]>(words.failures, failure.kind, failure, wait)

/** Say what is wrong with one field. */
export const sayField = (words: ProblemWords, message: InvalidField['message']): string =>
  typeof message === 'string'
    ? message
    : say<FieldProblem, FieldProblem['kind'], string, []>(words.fields, message.kind, message)
