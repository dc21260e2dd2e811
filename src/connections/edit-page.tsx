import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import { Choice, Form, idOf, Select, Submit, Text, Tick } from '../http/form.tsx'
import type { View } from '../http/view.ts'
import { type BookingKind, SOURCE_KINDS } from '../rights/right.ts'
import type { IntegrationRow } from '../seats/integration-store.ts'
import { LINE_FIELDS, lineField, SPARE_LINES, withoutGaps } from './edit-form.ts'
import { wayTo } from './overview-page.tsx'
import { type Here, pathOf } from './overview-props.ts'

type EditProps = { visit: Here; state: FormState; kinds: readonly BookingKind[] }

/** Show the form on which an integration is changed; `kinds` are what its provider takes. */
export function editView(visit: Here, row: IntegrationRow, sent: FormState, kinds: readonly BookingKind[]): View {
  const say = visit.reader.words.connection.edit
  const base = pathOf(visit.tenant.id, row.id)
  const { state, lines } = withoutGaps(sent)
  return {
    title: say.heading(row.label),
    place: 'seats',
    trail: [wayTo(visit), { label: row.label, url: base }],
    body: (
      <Form visit={visit} action={`${base}/edit`} state={state}>
        <p>{say.text}</p>
        <input type="hidden" name="row_version" value={state.value('row_version')} />
        <About visit={visit} state={state} kinds={kinds} />
        <Bookkeeping visit={visit} state={state} lines={lines + SPARE_LINES} />
        <Submit label={say.save} />
      </Form>
    ),
  }
}

const About: FC<EditProps> = ({ visit, state, kinds }) => {
  const { connection, rights } = visit.reader.words
  const say = connection.edit
  const named = (name: string, label: string, hint?: string) => ({ name, label, state, hint })
  return (
    <>
      <Text {...named('label', say.label)} required />
      <h2>{say.source}</h2>
      <Select
        {...named('source.kind', say.sourceKind)}
        options={SOURCE_KINDS.map(kind => ({ value: kind, label: rights.sourceKinds[kind] }))}
      />
      <Text {...named('source.provider', say.sourceProvider)} required />
      <Text {...named('source.ref', say.sourceRef, say.sourceRefHint)} required />
      <Choice
        {...named('booking_kinds[]', say.books, say.booksHint)}
        many
        options={kinds.map(kind => ({ value: kind, label: rights.bookingKinds[kind] }))}
      />
      <Tick {...named('strict', say.strict, say.strictHint)} />
    </>
  )
}

const Bookkeeping: FC<Omit<EditProps, 'kinds'> & { lines: number }> = ({ visit, state, lines }) => {
  const say = visit.reader.words.connection.edit
  const fault = state.error('bookkeeping.lines')
  return (
    <>
      <h2>{say.bookkeeping}</h2>
      <p>{say.bookkeepingText}</p>
      <Text name="bookkeeping.journal" label={say.journal} state={state} />
      <Text
        name="bookkeeping.default_customer"
        label={say.defaultCustomer}
        hint={say.defaultCustomerHint}
        state={state}
      />
      <h3 id={idOf('bookkeeping.lines')}>{say.lines}</h3>
      <p class="muted">{`${say.linesText} ${say.vatCategory}: ${say.vatCategoryHint}.`}</p>
      {fault !== undefined && <p class="error">{fault}</p>}
      {[...Array(lines).keys()].map(at => (
        <Line visit={visit} state={state} at={at} />
      ))}
    </>
  )
}

const Line: FC<Omit<EditProps, 'kinds'> & { at: number }> = ({ visit, state, at }) => {
  const say = visit.reader.words.connection.edit
  const labels = {
    vat_category: say.vatCategory,
    vat_rate: say.vatRate,
    gl_account: say.glAccount,
    vat_code: say.vatCode,
  }
  return (
    <fieldset class="field line">
      <legend>{say.line(at + 1)}</legend>
      <div class="row">
        {LINE_FIELDS.map(field => (
          <Text name={lineField(at, field)} label={labels[field]} state={state} />
        ))}
      </div>
    </fieldset>
  )
}
