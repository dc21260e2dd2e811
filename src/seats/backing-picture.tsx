import type { Child, FC } from 'hono/jsx'
import type { Words } from '../words/words.ts'
import { fitText } from './backing-fit.ts'
import { type Column, HEAD, LETTER, ROW, SEAT, SOURCE, USER, WIDTH } from './backing-layout.ts'
import type { SaidRow, SaidUser } from './backing-said.ts'
import { Shapes } from './backing-shapes.tsx'

export type PictureProps = { rows: readonly SaidRow[]; unseated: readonly SaidUser[]; words: Words }

/**
 * Draw who backs what. What is no link is hidden from screen readers, who get the table with all of it; the links are met
 * here and only here, for the table has none at the widths at which the picture is shown.
 */
export const Picture: FC<PictureProps> = ({ rows, unseated, words }) => {
  const say = words.tenant
  const places = placesOf(rows)
  const below = HEAD + rows.length * ROW
  const height = below + (unseated.length === 0 ? 0 : HEAD + unseated.length * ROW)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset
    <svg viewBox={`0 0 ${WIDTH} ${height}`} width="100%" role="group" aria-label={say.picture}>
      <Shapes words={words} />
      <Drawn class="muted">
        <Line at={SOURCE.text} y={HEAD - 14} text={say.columns.source} />
        <Line at={SEAT.from} y={HEAD - 14} text={say.columns.seat} />
        <Line at={USER.from} y={HEAD - 14} text={say.columns.account} />
        {unseated.length > 0 && <Line at={USER.from} y={below + HEAD - 14} text={say.unseated.title} />}
      </Drawn>
      {rows.map((row, at) => {
        const place = places.get(row.user.id) ?? at
        return (
          <g transform={`translate(0 ${HEAD + at * ROW})`}>
            <Row row={row} down={(place - at) * ROW} />
            <Source row={row} />
            {place === at && <User user={row.user} />}
          </g>
        )
      })}
      {unseated.map((user, at) => (
        <g transform={`translate(0 ${below + HEAD + at * ROW})`}>
          <Drawn>
            <use href={endOf(user, 'free')} />
          </Drawn>
          <User user={user} />
        </g>
      ))}
    </svg>
  )
}

/** On which row a user is drawn who has to do with several: where they sit, else where they could. */
function placesOf(rows: readonly SaidRow[]): Map<string, number> {
  const places = new Map<string, number>()
  const empty = ([, { seat }]: [number, SaidRow]) => (seat.kind === 'taken' ? 0 : 1)
  const sitting = [...rows.entries()].toSorted((a, b) => empty(a) - empty(b))
  for (const [at, { user }] of sitting) if (!places.has(user.id)) places.set(user.id, at)
  return places
}

/** What only eyes see. */
const Drawn: FC<{ class?: string; children: Child }> = ({ class: name, children }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of shapes takes no focus
  <g class={name} aria-hidden="true">
    {children}
  </g>
)

const Line: FC<{ at: number; y: number; text: string; class?: string }> = ({ at, y, text, class: name }) => (
  <text x={at} y={y} class={name}>
    {text}
  </text>
)

/** What fits of two lines in a column; the first is bold, which is wider. */
const fitted = ({ text, to }: Column, first: string, second: string): [string, string] => [
  fitText(first, (to - text) / LETTER / 1.06),
  fitText(second, (to - text) / LETTER),
]

const Lines: FC<{ column: Column; of: readonly [string, string] }> = ({ column, of: [first, second] }) => (
  <>
    <Line at={column.text} y={23} text={first} class="name" />
    <Line at={column.text} y={44} text={second} class="muted" />
  </>
)

const endOf = ({ warned }: SaidUser, otherwise: 'taken' | 'free'): string => `#end-${warned ? 'warned' : otherwise}`

/** A seat, how its source is, and the way on to who sits there; `down` is how much lower they are drawn. */
const Row: FC<{ row: SaidRow; down: number }> = ({ row: { verdict, seat, user }, down }) => {
  const taken = seat.kind === 'taken'
  const wire = taken ? verdict : 'proposed'
  return (
    <Drawn>
      <use href={`#wire-${verdict}`} />
      <use href={taken ? '#seat-taken' : '#seat-empty'} />
      <Lines column={SEAT} of={fitted(SEAT, seat.provider, seat.about)} />
      {seat.kind !== 'short' && (
        <g class={taken ? verdict : undefined}>
          {down === 0 ? <use href={`#on-${wire}`} /> : <Bend {...{ wire, down }} />}
        </g>
      )}
      {down === 0 && <use href={endOf(user, taken ? 'taken' : 'free')} />}
    </Drawn>
  )
}

const Bend: FC<{ wire: string; down: number }> = ({ wire, down }) => {
  const [y, half] = [ROW / 2, (USER.from - SEAT.to) / 2]
  const end = `${USER.from} ${y + down}`
  return (
    <path class={`wire ${wire}`} d={`M${SEAT.to} ${y}C${SEAT.to + half} ${y} ${USER.from - half} ${y + down} ${end}`} />
  )
}

const Source: FC<{ row: SaidRow }> = ({ row: { id, url, label, about, state, reason, sourceKind } }) => {
  const lines = fitted(SOURCE, label, about)
  const more = reason !== null || lines[0] !== label || lines[1] !== about
  return (
    <a id={`p-${id}`} href={url}>
      {more && <title>{`${label} (${about}): ${state}.${reason === null ? '' : ` ${reason}`}`}</title>}
      <use class="frame" href="#frame-source" />
      <use href={`#icon-${sourceKind}`} />
      <Lines column={SOURCE} of={lines} />
    </a>
  )
}

const User: FC<{ user: SaidUser }> = ({ user: { id, url, name, about, more } }) => {
  const lines = fitted(USER, name, about)
  const drawn = (
    <>
      {(more !== null || lines[0] !== name || lines[1] !== about) && (
        <title>{`${name}: ${about}.${more === null ? '' : ` ${more}`}`}</title>
      )}
      <use class="frame" href="#frame-user" />
      <Lines column={USER} of={lines} />
    </>
  )
  return url === null ? (
    <Drawn>{drawn}</Drawn>
  ) : (
    <a id={`p-${id}`} href={url}>
      {drawn}
    </a>
  )
}
