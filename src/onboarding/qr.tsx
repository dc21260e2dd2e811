import type { FC } from 'hono/jsx'
import { encode } from 'uqr'

/** Light modules around the code, without which scanners do not find it (ISO/IEC 18004: 4). */
const QUIET = 4

/** Draw a text as a QR code, dark on light in every theme; `title` says what it is to who cannot see it. */
export const Qr: FC<{ text: string; title: string }> = ({ text, title }) => {
  const rows = encode(text, { ecc: 'M', border: QUIET }).data
  const size = rows.length
  return (
    <svg class="qr" role="img" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <title>{title}</title>
      <rect width={size} height={size} fill="#ffffff" />
      <path fill="#000000" d={rows.flatMap((row, y) => runs(row).map(([x, width]) => bar(x, y, width))).join('')} />
    </svg>
  )
}

const bar = (x: number, y: number, width: number): string => `M${x} ${y}h${width}v1h-${width}z`

/** Where dark modules stand side by side in a row: from where, and how many. */
function runs(row: readonly boolean[]): [from: number, width: number][] {
  const found: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    const last = found.at(-1)
    if (!isDark) continue
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  }
  return found
}
