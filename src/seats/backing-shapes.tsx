import type { FC } from 'hono/jsx'
import { HEALTH_VERDICTS, type HealthVerdict } from '../health/verdict.ts'
import type { Words } from '../words/words.ts'
import { MIDDLE, ROW, SEAT, SOURCE, USER, WIDTH } from './backing-layout.ts'

// Drawn once and used on every row: a row is then half as heavy. Rules of the stylesheet meet what is used only by classes
// of its own, not by what stands around it.

const Y = ROW / 2

/** Everything that rows have in common, each with its name. */
export const Shapes: FC<{ words: Words }> = ({ words }) => (
  <defs>
    {HEALTH_VERDICTS.map(verdict => (
      <>
        <g id={`wire-${verdict}`} class={verdict}>
          <path class={`wire ${verdict}`} d={`M${SOURCE.to} ${Y}H${SEAT.from}`} />
          <g transform={`translate(${MIDDLE} ${Y})`}>
            <Mark of={verdict} />
          </g>
          <text class="wire-word" x={MIDDLE} y={Y - 12} text-anchor="middle">
            {words.states.verdicts[verdict].name}
          </text>
        </g>
        <path id={`on-${verdict}`} class={`wire ${verdict}`} d={`M${SEAT.to} ${Y}H${USER.from}`} />
      </>
    ))}
    <path id="on-proposed" class="wire proposed" d={`M${SEAT.to} ${Y}H${USER.from}`} />
    <Seat id="seat-taken" class="seat taken" />
    <Seat id="seat-empty" class="seat" />
    <circle id="end-taken" class="wire-end" cx={USER.from} cy={Y} r="6" />
    <circle id="end-free" class="wire-end free" cx={USER.from} cy={Y} r="6" />
    <g id="end-warned" class="attention" transform={`translate(${USER.from} ${Y})`}>
      <Mark of="attention" />
    </g>
    <rect id="frame-source" x={SOURCE.from} y="2" width={SOURCE.to - SOURCE.from - 6} height={ROW - 4} rx="6" />
    <rect id="frame-user" x={USER.from + 12} y="2" width={WIDTH - USER.from - 14} height={ROW - 4} rx="6" />
    <Icons />
  </defs>
)

/** The states' marks around their middle: colour is never the only sign. */
const Mark: FC<{ of: HealthVerdict }> = ({ of }) => {
  if (of === 'healthy') return <circle class="wire-mark" r="7" />
  if (of === 'attention') return <path class="wire-mark" d="M0-8 8 7H-8Z" />
  if (of === 'broken') return <rect class="wire-mark" x="-7" y="-7" width="14" height="14" />
  return <circle class="wire-ring" r="6" />
}

const Seat: FC<{ id: string; class: string }> = ({ id, class: name }) => (
  <rect id={id} class={name} x={SEAT.from} y="4" width={SEAT.to - SEAT.from} height={ROW - 8} rx="6" />
)

/** What integrations come from, 24 units square: a shopping cart, a till and a card. */
const Icons: FC = () => (
  <>
    <g id="icon-webshop" class="source-icon" transform="translate(6 14)">
      <path d="M2 4h3l3 11h10l3-8H6" />
      <circle cx="9" cy="19" r="1.5" />
      <circle cx="17" cy="19" r="1.5" />
    </g>
    <g id="icon-pos" class="source-icon" transform="translate(6 14)">
      <path d="M3 14h18v7H3zM5 14l1-6h12l1 6M9 8V3h6v5M10 17.5h4M9 11h6" />
    </g>
    <g id="icon-psp" class="source-icon" transform="translate(6 14)">
      <rect x="2" y="5" width="20" height="14" rx="2" />
      <path d="M2 10h20M6 15h4" />
    </g>
  </>
)
