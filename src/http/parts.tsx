import type { Child, FC } from 'hono/jsx'
import type { HealthVerdict } from '../health/verdict.ts'
import type { Reader } from './reader.ts'

/** What has an icon of its own. */
export type Marked = HealthVerdict | 'held'

/** The states' shapes, in a square of 12: colour is never the only sign, and no font has to have them. */
const SHAPES: Record<Marked, string> = {
  healthy: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  attention: 'M6 1L11.5 11H0.5z',
  broken: 'M1.5 1.5h9v9h-9z',
  unknown: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM6 3a3 3 0 1 1 0 6a3 3 0 1 1 0-6z',
  held: 'M2 1h3v10h-3zM7 1h3v10h-3z',
}

/** The icon of a state, beside the word for it. */
export const Icon: FC<{ state: Marked }> = ({ state }) => (
  <svg class="icon" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
    <path d={SHAPES[state]} fill="currentColor" fill-rule="evenodd" />
  </svg>
)

/** A state as icon and word. */
export const Mark: FC<{ state: Marked; word: string }> = ({ state, word }) => (
  <span class={`state ${state}`}>
    <Icon state={state} />
    {` ${word}`}
  </span>
)

/** A verdict in the reader's words. */
export const Verdict: FC<{ verdict: HealthVerdict; reader: Reader }> = ({ verdict, reader }) => (
  <Mark state={verdict} word={reader.words.states.verdicts[verdict].name} />
)

/** How long ago something was, with the exact time for who wants it; nothing for never. */
export const Ago: FC<{ at: number | null; reader: Reader }> = ({ at, reader }) => {
  if (at === null) return <span class="muted">{reader.words.site.none}</span>
  const { measures } = reader.words
  return (
    <time datetime={new Date(at).toISOString()} title={measures.moment(at, reader.zone)}>
      {measures.ago(Math.max(0, reader.now - at))}
    </time>
  )
}

/** A moment in the reader's zone. */
export const Moment: FC<{ at: number; reader: Reader }> = ({ at, reader }) => (
  <time datetime={new Date(at).toISOString()}>{reader.words.measures.moment(at, reader.zone)}</time>
)

/** A text to be taken along; with scripts a button copies it. */
export const Copyable: FC<{ text: string; reader: Reader; label?: string }> = ({ text, reader, label }) => (
  <span class="copyable">
    {label !== undefined && <span class="unseen">{label}</span>}
    <code>{text}</code>
    <button type="button" class="copy" data-copy={text} data-copied={reader.words.site.copied} hidden>
      {reader.words.site.copy}
    </button>
  </span>
)

/** The provider's own screen, as it is called there in every language. */
export const ScreenPath: FC<{ path: string }> = ({ path }) =>
  path === '' ? null : (
    <p class="path" lang="nl">
      {path}
    </p>
  )

/** What a list says when there is nothing in it yet: what to do first. */
export const Empty: FC<{ text: string; action?: { label: string; url: string } }> = ({ text, action }) => (
  <div class="empty">
    <p>{text}</p>
    {action !== undefined && (
      <a class="button" href={action.url}>
        {action.label}
      </a>
    )}
  </div>
)

export type Column<Row> = { head: string; cell(row: Row): Child; number?: boolean }

/** A table that becomes cards on a telephone: each cell carries its heading. */
export function Table<Row>({
  columns,
  rows,
  caption,
}: {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  caption: string
}) {
  return (
    <table class="cards">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th scope="col" class={number ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr>
            {columns.map(({ head, cell, number }) => (
              <td data-head={head} class={number ? 'number' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Facts in pairs. */
export const Facts: FC<{ facts: readonly (readonly [name: string, value: Child])[] }> = ({ facts }) => (
  <dl>
    {facts.map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** The way to the rest of a list. */
export const Pager: FC<{ next: string | null; first: string | null; reader: Reader }> = ({ next, first, reader }) => (
  <p class="pager">
    {first !== null && <a href={first}>{reader.words.site.first}</a>}
    {next !== null && (
      <a class="button quiet" href={next}>
        {reader.words.site.more}
      </a>
    )}
  </p>
)
