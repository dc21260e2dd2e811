import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import type { Reader } from '../http/reader.ts'

/** Why a form was refused, on top of its page: the form itself may be gone. */
export const Refused: FC<{ state: FormState | null; reader: Reader }> = ({ state, reader }) =>
  state === null || state.refusal === null ? null : (
    <div class="problems" role="alert" tabindex={-1}>
      <strong>{state.refusal.title}</strong>
      <p>{state.refusal.detail}</p>
      <p class="muted">
        {`${reader.words.site.code}: `}
        <code>{state.refusal.code}</code>
      </p>
    </div>
  )
