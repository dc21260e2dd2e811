import { preflight } from '../rights/preflight.ts'
import type { Requirement } from '../rights/requirements.ts'
import type { Standing } from '../rights/standing.ts'
import { isLive } from './connection.ts'

/** Whether a right is there: proven, refused, not proven, or of no use because nobody is connected. */
export const CELLS = ['yes', 'no', 'unknown', 'closed'] as const
export type Cell = (typeof CELLS)[number]

/** Rights that bookings need against administrations, by the provider's own numbers, the integration's own first. */
export type RightsMatrix = {
  administrations: string[]
  /** Administrations within reach that are left out. */
  more: number
  rows: { need: Requirement; cells: Cell[] }[]
}

/** More columns than anyone compares. */
const MOST = 12

/** Lay out which of the rights there are where, each cell as the preflight of that one right judges it. */
export function rightsMatrix(standing: Standing, needs: readonly Requirement[], own: string): RightsMatrix {
  const reached = (standing.reach ?? []).filter(number => number !== own)
  const administrations = [own, ...reached.slice(0, MOST - 1)]
  return {
    administrations,
    more: reached.length - (administrations.length - 1),
    rows: needs.map(need => ({
      need,
      cells: administrations.map(administration => cellOf(standing, need, administration)),
    })),
  }
}

function cellOf(standing: Standing, need: Requirement, administration: string): Cell {
  const { verdict, missing } = preflight(standing, [need], administration)
  if (verdict === 'allowed') return 'yes'
  if (verdict === 'unknown') return 'unknown'
  const onlyUnconnected = !isLive(standing.state) && missing.every(({ layer }) => layer === 'connection')
  return onlyUnconnected ? 'closed' : 'no'
}
