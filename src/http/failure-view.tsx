import type { Failure } from '../failure.ts'
import { sayFailure } from '../words/problem-words.ts'
import { problem } from './problem.ts'
import type { Reader } from './reader.ts'
import type { View } from './view.ts'

/** Say a refusal as a page: what happened, what to do next, and the code to name when asking about it. */
export function failureView(reader: Reader, failure: Failure, requestId: string): View {
  const { words, locale, now } = reader
  const { status } = problem(failure, locale, { now, requestId })
  const { title, detail } = sayFailure(words.problems, failure, words.measures.wait(60))
  return {
    title,
    place: null,
    status,
    body: (
      <>
        <p>{detail}</p>
        {failure.kind === 'invalid' && (
          <ul>
            {problem(failure, locale, { now, requestId }).body.errors?.map(({ pointer, message }) => (
              <li>{`${pointer.slice(1)}: ${message}`}</li>
            ))}
          </ul>
        )}
        <p class="muted">
          {`${words.site.code}: `}
          <code>{failure.kind}</code>
          {status >= 500 && <code>{` ${requestId}`}</code>}
        </p>
        <p>
          <a class="button" href="/">
            {words.pages.toStart}
          </a>
        </p>
      </>
    ),
  }
}
