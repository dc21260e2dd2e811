import type { FormState } from '../http/attempt.ts'
import { Area, Form, Submit } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { type Known, NameFields, PriceField, ProviderField, SharedFields } from './account-fields.tsx'
import { MOST_LINES } from './account-lines.ts'

/** A form for new accounts. `base` is the tenant's address. */
export type NewAccountProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>
  base: string
  known: readonly Known[]
  state: FormState
}

/** Ask for one new account. */
export function newAccountBody({ visit, base, known, state }: NewAccountProps): View['body'] {
  const { reader } = visit
  const { account: say } = reader.words
  return (
    <Form visit={visit} action={`${base}/service-accounts/new`} state={state}>
      <p>{say.add.text}</p>
      <ProviderField reader={reader} state={state} />
      <NameFields reader={reader} state={state} />
      <SharedFields reader={reader} state={state} known={known} />
      <PriceField reader={reader} state={state} />
      <Submit label={say.add.action} />
    </Form>
  )
}

/** Ask for several at once: the list, and what they have in common. */
export function severalAccountsBody({ visit, base, known, state: typed }: NewAccountProps): View['body'] {
  const { reader } = visit
  const { account: say } = reader.words
  const wrong = typed.errors.filter(({ name }) => name === 'lines').map(({ message }) => message)
  const state = inOne(typed, wrong, say.several.wrong)
  return (
    <Form visit={visit} action={`${base}/service-accounts/several`} state={state}>
      <p>{say.several.text(MOST_LINES)}</p>
      <ProviderField reader={reader} state={state} />
      {wrong.length > 1 && (
        <div class="panel">
          <p>{say.several.nothingMade}</p>
          <ul>
            {wrong.map(message => (
              <li>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <Area name="lines" label={say.several.lines} hint={say.several.linesHint} state={state} rows={12} required />
      <SharedFields reader={reader} state={state} known={known} />
      <Submit label={say.several.action} />
    </Form>
  )
}

/** Several lines may be wrong, but they are one field: on top it is named once. */
function inOne(state: FormState, wrong: readonly string[], say: (count: number) => string): FormState {
  if (wrong.length <= 1) return state
  const message = say(wrong.length)
  return {
    ...state,
    error: name => (name === 'lines' ? message : state.error(name)),
    errors: [{ name: 'lines', message }, ...state.errors.filter(({ name }) => name !== 'lines')],
  }
}
