import type { Child, FC } from 'hono/jsx'
import type { FormState } from './attempt.ts'
import type { Visit } from './visit.ts'

type Carrying = Pick<Visit, 'csrf' | 'formKey' | 'reader'>

type FormProps = { visit: Carrying; action: string; children?: Child; state?: FormState; class?: string }

/** A form of ours: it carries what proves that, a name of its own, and on top what was wrong with it. */
export const Form: FC<FormProps> = ({ visit, action, children, state, class: name }) => (
  <form method="post" action={action} class={name}>
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="form_key" value={visit.formKey()} />
    {state !== undefined && <Problems state={state} visit={visit} />}
    {children}
  </form>
)

/** What is wrong, on top: every field's fault with the way to it. */
const Problems: FC<{ state: FormState; visit: Carrying }> = ({ state, visit }) => {
  const { site } = visit.reader.words
  if (state.errors.length === 0 && state.refusal === null) return null
  return (
    <div class="problems" role="alert" tabindex={-1}>
      {state.refusal !== null && (
        <>
          <strong>{state.refusal.title}</strong>
          <p>{state.refusal.detail}</p>
          <p class="muted">
            {`${site.code}: `}
            <code>{state.refusal.code}</code>
          </p>
        </>
      )}
      {state.errors.length > 0 && (
        <>
          <strong>{site.errorsAbove(state.errors.length)}</strong>
          <ul>
            {state.errors.map(({ name, message }) => (
              <li>
                <a href={`#${idOf(name)}`}>{message}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** A field's id in the page, made of its name. */
export const idOf = (name: string): string => `f-${name.replaceAll(/[^a-zA-Z0-9_]/g, '-')}`

type FieldProps = { name: string; label: string; state: FormState; hint?: string | undefined }

/** What explains a field, tied to it for who cannot see them side by side. */
const described = ({ name, state, hint }: FieldProps) => {
  const id = idOf(name)
  const by = [hint === undefined ? [] : `${id}-hint`, state.error(name) === undefined ? [] : `${id}-error`].flat()
  return {
    'aria-describedby': by.length === 0 ? undefined : by.join(' '),
    'aria-invalid': state.error(name) === undefined ? undefined : ('true' as const),
  }
}

/** What explains a field, and what is wrong with it. */
const Beside: FC<{ id: string; hint: string | undefined; error: string | undefined }> = ({ id, hint, error }) => (
  <>
    {hint !== undefined && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p class="error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </>
)

const Around: FC<FieldProps & { children?: Child }> = ({ name, label, state, hint, children }) => {
  const id = idOf(name)
  const error = state.error(name)
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      <Beside id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

type TextProps = FieldProps & {
  type?: 'text' | 'email' | 'url' | 'number' | 'date' | 'password'
  required?: boolean
  autocomplete?: string
  /** The id of a `datalist` with suggestions. */
  list?: string
}

/** One line of text. */
export const Text: FC<TextProps> = ({ type = 'text', required, autocomplete = 'off', list, ...field }) => (
  <Around {...field}>
    <input
      id={idOf(field.name)}
      name={field.name}
      type={type}
      value={type === 'password' ? '' : field.state.value(field.name)}
      required={required}
      autocomplete={autocomplete}
      list={list}
      {...described(field)}
    />
  </Around>
)

/** Several lines of text. */
export const Area: FC<FieldProps & { rows?: number; required?: boolean }> = ({ rows = 5, required, ...field }) => (
  <Around {...field}>
    <textarea id={idOf(field.name)} name={field.name} rows={rows} required={required} {...described(field)}>
      {field.state.value(field.name)}
    </textarea>
  </Around>
)

export type Option = { value: string; label: string; hint?: string | undefined }

/** One of a list; `blank` is what stands there when nothing is chosen. */
export const Select: FC<FieldProps & { options: readonly Option[]; blank?: string }> = ({
  options,
  blank,
  ...field
}) => (
  <Around {...field}>
    <select id={idOf(field.name)} name={field.name} {...described(field)}>
      {blank !== undefined && <option value="">{blank}</option>}
      {options.map(({ value, label }) => (
        <option value={value} selected={field.state.value(field.name) === value}>
          {label}
        </option>
      ))}
    </select>
  </Around>
)

type ChoiceProps = FieldProps & { options: readonly Option[]; many?: boolean }

/** One of a few (radio), or any of a few (`many`: checkboxes; the name then ends in `[]`). */
export const Choice: FC<ChoiceProps> = ({ options, many = false, ...field }) => {
  const { name, label, state, hint } = field
  const error = state.error(name.replace('[]', '')) ?? state.error(name)
  const id = idOf(name)
  return (
    <fieldset class={error === undefined ? 'field' : 'field wrong'} {...described(field)}>
      <legend>{label}</legend>
      <Beside id={id} hint={hint} error={error} />
      {options.map((option, at) => (
        <div class="option">
          <input
            id={at === 0 ? idOf(name.replace('[]', '')) : `${id}-${at}`}
            type={many ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            checked={state.values(name).includes(option.value)}
          />
          <label for={at === 0 ? idOf(name.replace('[]', '')) : `${id}-${at}`}>
            {option.label}
            {option.hint !== undefined && <span class="hint">{option.hint}</span>}
          </label>
        </div>
      ))}
    </fieldset>
  )
}

/** One box to tick; sent as `on`. */
export const Tick: FC<FieldProps> = field => (
  <div class="field option">
    <input
      id={idOf(field.name)}
      type="checkbox"
      name={field.name}
      value="on"
      checked={field.state.value(field.name) === 'on'}
      {...described(field)}
    />
    <label for={idOf(field.name)}>
      {field.label}
      {field.hint !== undefined && (
        <span class="hint" id={`${idOf(field.name)}-hint`}>
          {field.hint}
        </span>
      )}
    </label>
  </div>
)

type ButtonProps = { label: string; kind?: 'primary' | 'quiet' | 'danger'; name?: string; value?: string }

/** What sends a form; a page has one primary, marked as such. */
export const Submit: FC<ButtonProps> = ({ label, kind = 'primary', name, value }) => (
  <button
    type="submit"
    class={kind === 'primary' ? 'button' : `button ${kind}`}
    data-primary={kind === 'primary' ? 'true' : undefined}
    name={name}
    value={value}
  >
    {label}
  </button>
)
