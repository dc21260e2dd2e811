import type { FC } from 'hono/jsx'
import { blank, type FormState } from '../http/attempt.ts'
import { Area, Choice, Form, Select, Submit, Text } from '../http/form.tsx'
import { mayWrite, type Visit } from '../http/visit.ts'
import { choicesOn } from './choice.ts'
import type { Whole } from './one-read.ts'
import type { TransactionState } from './transaction.ts'

/** The forms on the page of a transaction, named as in their addresses. */
export type ChoiceForm = 'retry' | 'cancel' | 'resolve' | 'tried-by-hand'

/** A form that was sent and refused: which, and how it stands. */
export type Sent = { form: ChoiceForm; state: FormState }

type ChoiceProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role'>
  url: string
  whole: Whole
  sent: Sent | null
}

/** How a form stands. Why a decision was refused stands on top of the page, for its own form may be gone. */
const stateOf = (form: ChoiceForm, sent: Sent | null): FormState =>
  sent?.form === form ? { ...sent.state, refusal: null } : blank()

/** In these a person may find out more by doing the same in the provider's own screens (EOL-05). */
const BY_HAND: readonly TransactionState[] = ['held', 'failed', 'uncertain']

/** What a person may decide on a transaction as it stands, each with what will happen; none for who may only look. */
export const Choices: FC<ChoiceProps> = props => {
  const { visit, whole } = props
  const { row } = whole
  const choices = choicesOn(row)
  const byHand = BY_HAND.includes(row.state)
  if (choices.length === 0 && !byHand) return null
  if (!mayWrite(visit)) return <p class="muted">{visit.reader.words.site.onlyLook}</p>
  return (
    <>
      <h2>{visit.reader.words.booking.one.choices}</h2>
      {choices.includes('resolve') && <Resolving {...props} />}
      {choices.includes('retry') && <Retrying {...props} />}
      {byHand && <ByHand {...props} />}
      {choices.includes('cancel') && <Cancelling {...props} />}
    </>
  )
}

const Retrying: FC<ChoiceProps> = ({ visit, url, whole: { row } }) => {
  const { retry } = visit.reader.words.booking.one
  const of = row.state === 'held' || row.state === 'uncertain' ? row.state : 'failed'
  return (
    <section class="panel">
      <h3>{retry[of].action}</h3>
      <p>{retry[of].text}</p>
      <Form visit={visit} action={`${url}/retry`}>
        <Submit label={retry[of].action} kind={of === 'uncertain' ? 'quiet' : 'primary'} />
      </Form>
    </section>
  )
}

/** What cannot be undone is folded away. */
const Cancelling: FC<ChoiceProps> = ({ visit, url }) => {
  const { cancel } = visit.reader.words.booking.one
  return (
    <details class="panel">
      <summary>{cancel.title}</summary>
      <p>{cancel.text}</p>
      <Form visit={visit} action={`${url}/cancel`}>
        <Submit label={cancel.action} kind="danger" />
      </Form>
    </details>
  )
}

/** Only a person can say what became of it, and either answer has its consequence (P46). */
const Resolving: FC<ChoiceProps> = ({ visit, url, whole: { row }, sent }) => {
  const { resolve } = visit.reader.words.booking.one
  const state = stateOf('resolve', sent)
  const found = row.reason?.kind === 'several_found' ? row.reason.ids : []
  const field = { name: 'provider_id', hint: resolve.providerIdHint, state }
  return (
    <section class="panel">
      <h3>{resolve.title}</h3>
      <p>{resolve.text(row.reference, row.administration)}</p>
      <Form visit={visit} action={`${url}/resolve`} state={state}>
        <Choice
          name="outcome"
          label={resolve.question}
          state={state}
          options={[
            { value: 'delivered', ...resolve.there },
            { value: 'not_delivered', ...resolve.notThere },
          ]}
        />
        {found.length === 0 ? (
          <Text {...field} label={resolve.providerId} />
        ) : (
          <Select
            {...field}
            label={resolve.whichOne}
            blank={visit.reader.words.site.none}
            options={found.map(id => ({ value: id, label: id }))}
          />
        )}
        <Submit label={resolve.action} />
      </Form>
    </section>
  )
}

const ByHand: FC<ChoiceProps> = ({ visit, url, sent }) => {
  const { byHand } = visit.reader.words.booking.one
  const state = stateOf('tried-by-hand', sent)
  return (
    <section class="panel">
      <h3>{byHand.title}</h3>
      <p>{byHand.text}</p>
      <Form visit={visit} action={`${url}/tried-by-hand`} state={state}>
        <Area name="words" label={byHand.label} state={state} rows={3} />
        <Submit label={byHand.action} kind="quiet" />
      </Form>
    </section>
  )
}
